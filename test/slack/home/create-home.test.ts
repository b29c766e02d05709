import { describe, expect, it } from '@jest/globals';
import { createHome } from '../../../src/slack/home/create-home.js';
import { createHomeWatchers } from '../../../src/slack/home/home-watchers.js';
import { quietLogger } from '../../support/quiet-logger.js';
import { redisForTest } from '../../support/redis-for-test.js';

const { connect, newPrefix } = redisForTest();
const redis = connect();

function stand() {
  const published: string[] = [];
  const state = { names: ['cluster-x'], ahead: 0, refuse: undefined as string | undefined, pauses: 0 };
  const now = () => new Date(Date.now() + state.ahead);
  const watchers = createHomeWatchers({ redis, prefix: newPrefix(), now });
  const publish = async ({ user_id }: { user_id: string }) => {
    published.push(user_id);
    if (state.refuse !== undefined) throw Object.assign(new Error('no'), { data: { error: state.refuse } });
    return { ok: true };
  };
  const home = createHome({
    ...{ watchers, now, logger: quietLogger(), client: { views: { publish } } as never },
    approvals: { maySee: async () => ({ ok: true }), mayApprove: async () => ({ ok: true }) },
    clusters: {
      get names() {
        return state.names;
      },
    },
    queues: { running: async () => [] },
    store: { open: async () => [] },
    runs: { last: async () => undefined },
    mutes: { active: async () => [] },
    permalink: async () => undefined,
    pause: async () => {
      state.pauses += 1;
    },
  });
  const refresh = () => home.refresh(new AbortController().signal);
  return { home, refresh, published, state, watchers };
}

const ana = { user: 'U0ANA', team: 'T0HOME' };

describe('an open Home', () => {
  it('is shown again to who has it open when it changed, and only then', async () => {
    const { home, refresh, published, state } = stand();
    await home.open(ana);
    await refresh();
    expect(published).toEqual(['U0ANA']);
    state.names = ['cluster-x', 'cluster-y'];
    await refresh();
    await refresh();
    expect(published).toEqual(['U0ANA', 'U0ANA']);
    expect(state.pauses).toBe(1);
  });

  it('is forgotten after an hour', async () => {
    const { home, refresh, published, state } = stand();
    await home.open(ana);
    Object.assign(state, { ahead: 3_700_000, names: ['another'] });
    await refresh();
    expect(published).toEqual(['U0ANA']);
  });

  it('is forgotten where Slack refuses to show it', async () => {
    const { home, published, state, watchers } = stand();
    state.refuse = 'not_enabled';
    await home.open(ana);
    expect(published).toEqual(['U0ANA']);
    expect(await watchers.all()).toEqual([]);
  });

  it('is kept current for the fifty who opened it last, and no more', async () => {
    const { home, watchers, state } = stand();
    for (let n = 0; n < 60; n += 1) {
      state.ahead += 1000;
      await home.open({ user: `U${n}`, team: 'T0HOME' });
    }
    const users = (await watchers.all()).map(({ user }) => user);
    expect([users.length, users[0], users.at(-1)]).toEqual([50, 'U59', 'U10']);
  });

  it('says so where what goes on cannot be read', async () => {
    const { home, published, state } = stand();
    Object.defineProperty(state, 'names', {
      get: () => {
        throw new Error('away');
      },
    });
    await home.open(ana);
    expect(published).toEqual(['U0ANA']);
  });
});
