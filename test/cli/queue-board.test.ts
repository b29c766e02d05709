import { afterEach, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { addQueueBoard } from '../../src/cli/ops/add-queue-board.js';
import { createOpsServer } from '../../src/ops/http-server.js';
import { createMetrics } from '../../src/ops/metrics.js';

const password = 'a-password-for-tests-1';
const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`;
const right = basic(`ana:${password}`);
const wrong = basic('ana:another-password-1');

const open: FastifyInstance[] = [];
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));

async function board() {
  const warnings: object[] = [];
  const clock = { ms: Date.parse('2026-11-30T03:00:00Z') };
  const metrics = createMetrics();
  const server = createOpsServer({ probes: {}, registry: metrics.registry, probeTimeoutMs: 50 });
  open.push(server);
  await addQueueBoard(
    server,
    { queues: [] },
    { password, now: () => new Date(clock.ms), logger: { warn: (data) => warnings.push(data) } },
  );
  const get = async (url: string, authorization?: string) =>
    server.inject({ url, headers: authorization === undefined ? {} : { authorization } });
  return { get, clock, warnings };
}

describe('the queue board', () => {
  it.each(['/queues', '/queues/api/queues', '/queues/static/css/main.css', '/queues/queue/checks'])(
    'asks for its password at %s, and shows nothing without',
    async (url) => {
      const { get } = await board();
      const answer = await get(url);
      expect([answer.statusCode, answer.body]).toEqual([401, '']);
      expect(answer.headers['www-authenticate']).toMatch(/^Basic realm=/);
    },
  );

  it('is shown to who knows it', async () => {
    const { get } = await board();
    const page = await get('/queues', right);
    expect([page.statusCode, page.headers['content-type']]).toEqual([
      200,
      expect.stringContaining('text/html'),
    ]);
    expect((await get('/queues/api/queues', right)).json()).toMatchObject({ queues: [] });
  });

  it.each([
    ['another password', wrong],
    ['a part of it', basic(`ana:${password.slice(0, -1)}`)],
    ['it with more behind', basic(`ana:${password}x`)],
    ['an empty one', basic('ana:')],
    ['it as the user', basic(`${password}:`)],
    ['no colon', basic(password)],
    ['another scheme', `Bearer ${password}`],
    ['what is no base64', 'Basic ????'],
  ])('is not shown for %s', async (_what, header) => {
    const { get } = await board();
    expect((await get('/queues', header)).statusCode).toBe(401);
  });

  it('lets nobody try on for ever: after ten wrong ones a minute all wait, also who knows it', async () => {
    const { get, clock, warnings } = await board();
    const first = [];
    for (let tries = 0; tries < 10; tries += 1) first.push((await get('/queues', wrong)).statusCode);
    expect(first).toEqual(Array(10).fill(401));
    const held = await get('/queues', right);
    expect([held.statusCode, held.headers['retry-after']]).toEqual([429, '6']);
    clock.ms += 6000;
    expect((await get('/queues', right)).statusCode).toBe(200);
    expect(warnings).toEqual(Array(10).fill({ from: '127.0.0.1' }));
  });

  it('counts neither those who know it nor who has not been asked yet', async () => {
    const { get } = await board();
    for (let visits = 0; visits < 30; visits += 1) await get('/queues', visits % 2 === 0 ? right : undefined);
    expect((await get('/queues', right)).statusCode).toBe(200);
  });

  it.each(['/healthz', '/metrics'])('asks nothing at %s', async (url) => {
    const { get } = await board();
    expect((await get(url)).statusCode).toBe(200);
  });
});
