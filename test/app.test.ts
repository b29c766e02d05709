import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { openOpsServer } from '../src/cli/ops/open-ops-server.js';
import { createMetrics } from '../src/ops/metrics.js';
import { type Sandbox, startSandbox } from './support/start-sandbox.js';

let sandbox: Sandbox;
afterEach(() => sandbox.close());

describe('the application', () => {
  it('when built starts nothing: no socket, no call, no job taken', async () => {
    sandbox = await startSandbox({ replicas: 0 });
    const app = sandbox.build();
    await app.queues.question({
      ...{ channel: 'C0OPS', ts: '1.000001', text: 'hi', surface: 'mention' as const },
      asker: { user: 'U0ANA', team: 'T0ACK' },
    });
    expect(sandbox.slack.sockets()).toBe(0);
    expect(sandbox.slack.calls).toEqual([]);
    expect((await app.queues.counts()).questions).toMatchObject({ waiting: 1, active: 0 });
    expect(Object.keys(app.probes())).toEqual(['redis']);
  });

  it.each([
    { unkeyed: false, level: 'info', says: 'audit checkpoints are signed' },
    {
      unkeyed: true,
      level: 'warn',
      says: 'no ACKNET_AUDIT_KEY: whoever can write to Redis can forge approvals',
    },
  ])('says at its start what its audit log is worth: unkeyed $unkeyed', async ({ unkeyed, level, says }) => {
    sandbox = await startSandbox({ replicas: 0, unkeyed });
    sandbox.build();
    const said = sandbox.log.lines.filter(({ message }) => /audit/i.test(message));
    expect(said).toEqual([{ level, message: expect.stringContaining(says), data: expect.any(Object) }]);
    const publicKey = expect.stringMatching(/^ed25519:[\w-]{43}$/);
    expect(said[0]?.data).toEqual(unkeyed ? {} : { publicKey });
  });

  it('is ready while Slack is connected, Redis takes writes and the worker lives', async () => {
    sandbox = await startSandbox();
    const [app] = sandbox.apps;
    if (app === undefined) throw new TypeError('no app');
    const http = { ...sandbox.config.http, port: 0, host: '127.0.0.1' };
    const config = { ...sandbox.config, http };
    const server = await openOpsServer(app, {
      config,
      metrics: createMetrics(),
      logger: sandbox.log,
      now: () => new Date(),
    });
    const port = portOf(server.server.address());
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    try {
      const ready = await get('/readyz');
      expect(await ready.json()).toEqual({ ok: true, parts: { redis: 'ok', slack: 'ok', worker: 'ok' } });

      await app.worker.stop(100);
      const late = await get('/readyz');
      expect(late.status).toBe(503);
      expect(await late.json()).toMatchObject({ parts: { worker: 'the worker does not run', redis: 'ok' } });
    } finally {
      await server.close();
    }
  });

  it('stopping lets an acknowledged question be answered first', async () => {
    sandbox = await startSandbox();
    const [app] = sandbox.apps;
    const { ts } = await sandbox.ana.say({
      channel: 'C0OPS',
      text: '@acknet how do I switch from Flannel to Terway?',
    });
    await sandbox.slack.waitFor(async () => {
      const counts = await app?.queues.counts();
      return (
        (counts?.questions.active ?? 0) > 0 ||
        sandbox.slack.messages({ channel: 'C0OPS', threadTs: ts }).length > 1
      );
    });
    await app?.bot.stop(2000);
    await app?.worker.stop(5000);
    expect(sandbox.slack.messages({ channel: 'C0OPS', threadTs: ts })).toHaveLength(2);
  });
});

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new TypeError('not listening on a port');
  return address.port;
}
