import { afterEach, describe, expect, it } from '@jest/globals';
import { createOpsServer, type Probes } from '../../src/ops/http-server.js';
import { createMetrics } from '../../src/ops/metrics.js';

const open: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));

function serverWith(probes: Probes) {
  const metrics = createMetrics();
  const server = createOpsServer({ probes, registry: metrics.registry, probeTimeoutMs: 50 });
  open.push(server);
  return { server, metrics };
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
    const response = await serverWith(probes).server.inject('/readyz');
    expect(response.statusCode).toBe(status);
    expect(response.json()).toEqual({ ok: status === 200, parts: { redis: text } });
  });
});

describe('/healthz', () => {
  it('stays well while a part is down, so that nothing restarts the process for it', async () => {
    const { server } = serverWith({ slack: () => Promise.reject(new Error('down')) });
    expect((await server.inject('/healthz')).statusCode).toBe(200);
  });
});

describe('/metrics', () => {
  it('counts what happened', async () => {
    const { server, metrics } = serverWith({});
    metrics.questions.inc({ kind: 'torn' });
    expect((await server.inject('/metrics')).body).toContain('acknet_questions_total{kind="torn"} 1');
  });
});
