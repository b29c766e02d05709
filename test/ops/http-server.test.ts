import { afterEach, describe, expect, it } from '@jest/globals';
import { createOpsServer, type Probes } from '../../src/ops/http-server.js';
import { createMetrics } from '../../src/ops/metrics.js';

const open: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));

async function serverWith(probes: Probes) {
  const metrics = createMetrics();
  const server = createOpsServer({ probes, registry: metrics.registry, probeTimeoutMs: 50 });
  open.push(server);
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  return { get: (path: string) => fetch(`${url}${path}`, { headers: { connection: 'close' } }), metrics };
}

describe('/readyz', () => {
  it.each([
    ['every part works', { redis: async () => {} }, 200, 'ok'],
    [
      'a part fails',
      { redis: () => Promise.reject(new Error('connection refused')) },
      503,
      'connection refused',
    ],
    ['a part hangs', { redis: () => new Promise<void>(() => {}) }, 503, 'no answer within 50 ms'],
  ])('answers for itself when %s', async (_title, probes: Probes, status, text) => {
    const response = await (await serverWith(probes)).get('/readyz');
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ ok: status === 200, parts: { redis: text } });
  });
});

describe('/healthz', () => {
  it('stays well while a part is down, so that nothing restarts the process for it', async () => {
    const { get } = await serverWith({ slack: () => Promise.reject(new Error('down')) });
    expect((await get('/healthz')).status).toBe(200);
  });
});

describe('/metrics', () => {
  it('counts what happened', async () => {
    const { get, metrics } = await serverWith({});
    metrics.questions.inc({ kind: 'torn' });
    expect(await (await get('/metrics')).text()).toContain('acknet_questions_total{kind="torn"} 1');
  });
});
