import { afterEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { type Sandbox, type SandboxOptions, startSandbox } from '../support/start-sandbox.js';

let sandbox: Sandbox;
const open = async (options: SandboxOptions = {}) => {
  sandbox = await startSandbox(options);
};
afterEach(() => sandbox.close());

async function onRedis<T>(work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(sandbox.world.redisUrl);
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}

describe('a Redis that takes no more', () => {
  it.each([
    ['a mention', 'C0OPS', '@acknet nodes went NotReady after we bumped the flannel image'],
    ['a direct message', 'D0ANA', 'nodes went NotReady after we bumped the flannel image'],
  ])('is told of to whoever asks by %s', async (_what, channel, text) => {
    await open({ ownRedis: true });
    await onRedis((redis) => redis.config('SET', 'maxmemory', '1'));
    await sandbox.ana.say({ channel, text });
    const told = await sandbox.message(/^Redis could not/, { channel, as: 'U0ANA' });
    expect(told.text).toMatch(/has memory left/);
    await onRedis((redis) => redis.config('SET', 'maxmemory', '0'));
  });
});

describe('a modal', () => {
  it('that is submitted after its card was forgotten is answered', async () => {
    await open();
    await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet check cluster-x' });
    const card = await sandbox.message(/^Fix for cluster-x: Add cniVersion.*Waiting/);
    await sandbox.bo.click({ channel: 'C0OPS', ts: card.ts, actionId: 'proposal_reject' });
    const modal = await sandbox.slack.waitFor(() => sandbox.slack.state('U0BO').views[0]);
    await onRedis(async (redis) => redis.del(...(await redis.keys(`${sandbox.prefix}:proposal:*`))));
    await sandbox.bo.submit({ viewId: modal.id, values: { reason: { text: 'not now' } } });
    await sandbox.message(/^This card is out of date/, { channel: sandbox.slack.dmOf('U0BO'), as: 'U0BO' });
  });
});

describe('a command with more answers than its response_url takes', () => {
  it('gives the rest in person', async () => {
    const names = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'];
    await open({
      clusters: Object.fromEntries(names.map((name) => [name, 'flannel-healthy'])),
      clusterFile: { askers: { users: ['U0BO'] } },
    });
    await sandbox.eve.command({ channel: 'C0OPS', text: `/acknet check ${names.join(' ')}` });
    const refusals = await sandbox.slack.waitFor(() => {
      const told = ['C0OPS', sandbox.slack.dmOf('U0EVE')].flatMap((channel) =>
        sandbox.slack
          .messages({ channel, as: 'U0EVE' })
          .filter(({ text }) => /^Not everybody may/.test(text)),
      );
      return told.length === names.length ? told : undefined;
    });
    expect(refusals).toHaveLength(names.length);
  });
});
