import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { compileProgram, type WorkerProcess, type WorkerProgram } from '../../scenarios/worker-program.js';
import { openIntake, webhookBody } from '../../support/alert-sender.js';
import { patience } from '../../support/patience.js';
import { type Sandbox, startSandbox } from '../../support/start-sandbox.js';
import { waitFor } from '../../support/wait-for.js';

let program: WorkerProgram;
let sandbox: Sandbox;
let victim: WorkerProcess;
let redis: Redis;
beforeAll(async () => {
  program = await compileProgram();
}, patience(60_000));
afterAll(() => program.remove());

beforeEach(async () => {
  sandbox = await startSandbox({
    ownRedis: true,
    replicas: 0,
    prefix: '{acknet}',
    file: {
      ...{ fixes: { lockSeconds: 1.5 }, http: { port: 0, host: '127.0.0.1' } },
      alerts: { channel: 'C0OPS', perMinute: 6000 },
    },
  });
  redis = new Redis(sandbox.world.redisUrl, { maxRetriesPerRequest: null });
  victim = await program.start(sandbox);
}, patience(60_000));
afterEach(async () => {
  await victim.kill();
  redis.disconnect();
  await sandbox.close();
});

const cluster = () => {
  const simulator = sandbox.world.clusters.get('cluster-x');
  if (simulator === undefined) throw new TypeError('no cluster-x');
  return simulator;
};
const roots = (text: RegExp) =>
  sandbox.slack
    .messages({ channel: 'C0OPS' })
    .filter((message) => text.test(message.text) && (message.thread_ts ?? message.ts) === message.ts);
const connections = async (): Promise<number> =>
  Number(/connected_clients:(\d+)/.exec(await redis.info('clients'))?.[1]);

describe('a worker that is killed', () => {
  const GROUPS = 50;
  const EACH = 8;
  const MANY = GROUPS * EACH;

  it(
    `in a storm of ${MANY} alerts leaves them to another: one thread with all of them, one check, and nothing is left over`,
    async () => {
      const app = sandbox.build();
      await app.bot.start();
      const intake = await openIntake({ apps: [app] });
      cluster().faults.add({ path: /\/nodes$/, effect: { kind: 'hang' } });
      const storm = Array.from({ length: GROUPS }, (_group, group) =>
        Array.from({ length: EACH }, (_alert, at) => ({
          name: 'KubeNodeNotReady',
          labels: { cluster: 'cluster-x', instance: `10.0.${group}.${at}` },
        })),
      );
      const tell = async (
        status: 'firing' | 'resolved',
        startsAt = '2026-11-24T03:00:00Z',
      ): Promise<void> => {
        for (const [at, alerts] of storm.entries()) {
          const told = alerts.map((alert) => ({ ...alert, status, startsAt }));
          const body = webhookBody(told, `g${at}`);
          expect((await intake.post(body)).status).toBe(200);
        }
      };
      const told = tell('firing');
      await sandbox.message(/^Checking cluster-x/);
      await victim.kill();
      await told;
      await app.worker.start();
      await sandbox.message(new RegExp(`^cluster-x: ${MANY} alerts firing .*\\d+ causes?`));
      expect(roots(/alerts? firing/)).toHaveLength(1);
      const checks = sandbox.slack.calls.filter(
        ({ method, args }) => method === 'chat.postMessage' && /^Checking cluster-x/.test(String(args.text)),
      );
      expect(checks).toHaveLength(1);

      await tell('resolved');
      const root = await sandbox.message(/^cluster-x: resolved after/);
      const replies = (text: RegExp) =>
        sandbox.slack
          .messages({ channel: 'C0OPS', threadTs: root.ts })
          .filter((message) => text.test(message.text));
      await waitFor('it is resolved', () => replies(/^Resolved after/).length === 1);

      const base = { connections: await connections(), keys: await redis.dbsize() };
      await tell('firing', '2026-11-24T04:00:00Z');
      await waitFor('it fires again', () => replies(/^It fires again/).length === 1);
      await waitFor('all of it', () => roots(new RegExp(`${MANY} alerts firing`)).length === 1);
      await tell('resolved', '2026-11-24T04:00:00Z');
      await waitFor('connections and keys are what they were', async () => {
        const keys = await redis.dbsize();
        return (await connections()) <= base.connections && keys <= base.keys + 20;
      });
      await intake.close();
    },
    patience(120_000),
  );

  it(
    'in the middle of a scheduled check leaves it to another: told once, and the next run waits, once',
    async () => {
      const app = sandbox.build();
      await app.bot.start();
      const schedules = new Queue('schedules', { connection: redis, prefix: '{acknet}' });
      const checks = new Queue('checks', { connection: redis, prefix: '{acknet}' });
      cluster().faults.add({ path: /\/nodes$/, effect: { kind: 'hang' } });
      await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet schedule cluster-x every 6h' });
      await waitFor('the check runs', async () => (await checks.getActiveCount()) === 1);
      await victim.kill();

      await app.worker.start();
      await sandbox.message(/^cluster-x, first scheduled check: \d+ causes?/);
      await waitFor('idle queues', async () => {
        const counts = Object.values(await app.queues.counts());
        return counts.every(({ waiting, active }) => waiting + active === 0);
      });
      expect(roots(/first scheduled check/)).toHaveLength(1);
      expect(await schedules.getJobSchedulersCount()).toBe(1);
      expect(await schedules.getDelayedCount()).toBe(1);
      await schedules.close();
      await checks.close();
    },
    patience(60_000),
  );
});
