import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import type { AcknetApp } from '../../src/app.js';
import { type Sandbox, startSandbox } from '../support/start-sandbox.js';

let sandbox: Sandbox;
let app: AcknetApp;
let redis: Redis;
beforeAll(async () => {
  sandbox = await startSandbox({ replicas: 0 });
  app = sandbox.build();
  redis = new Redis(sandbox.world.redisUrl);
});
afterAll(async () => {
  redis.disconnect();
  await sandbox.close();
});

const isSoon = (seconds: number): boolean => seconds >= 0 && seconds <= 60;

describe('a bot and a worker that run themselves in before they start', () => {
  beforeAll(async () => {
    const { signal } = new AbortController();
    await Promise.all([app.warmUp(app.bot, signal), app.warmUp(app.worker, signal)]);
  });

  it('call nobody, and say nothing', () => {
    expect(sandbox.slack.calls).toEqual([]);
    const said = sandbox.log.lines.filter(({ level }) => level !== 'debug').map(({ message }) => message);
    // Once the keys are known, and as the cluster is read for the first time.
    expect(said).toEqual([expect.stringContaining('audit checkpoints'), 'audit']);
  });

  it('leave nothing of it behind, and count no question', async () => {
    const keys = await redis.keys(`${sandbox.prefix}:rehearsal:*`);
    const ends = await Promise.all(keys.map((key) => redis.ttl(key)));
    const staying = keys.filter((_, at) => !isSoon(ends[at] ?? -1));
    expect(staying).toEqual([`${sandbox.prefix}:rehearsal:posting-token`]);
    const questions = sandbox.parts[0]?.metrics.registry.getSingleMetric('acknet_questions_total');
    expect((await questions?.get())?.values).toEqual([]);
  });

  it('answer the first person from what they looked up', async () => {
    const requests = sandbox.parts[0]?.metrics.registry.getSingleMetric('acknet_cluster_requests_total');
    const made = async () => JSON.stringify((await requests?.get())?.values);
    const before = await made();
    expect(before).toContain('cluster-x');
    await app.worker.start();
    await app.bot.start();
    const { ts } = await sandbox.ana.say({
      channel: 'C0OPS',
      text: '@acknet network type of the cluster and its vSwitches',
    });
    const answer = await sandbox.slack.waitFor(
      () => sandbox.slack.messages({ channel: 'C0OPS', threadTs: ts })[1],
    );
    expect(JSON.stringify(answer)).toContain('kube-flannel-ds');
    expect(await made()).toBe(before);
  });
});
