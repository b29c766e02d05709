import { describe, expect, it } from '@jest/globals';
import { createHome } from '../../../src/slack/home/create-home.js';
import { unreadableHome } from '../../../src/slack/home/home-view.js';
import { createHomeWatchers } from '../../../src/slack/home/home-watchers.js';
import { quietLogger } from '../../support/quiet-logger.js';
import { plainText } from '../../support/read-message.js';
import { redisForTest } from '../../support/redis-for-test.js';

const { connect, newPrefix } = redisForTest();
const redis = connect();

function stand() {
  const published: string[] = [];
  const views: string[] = [];
  const state = {
    ...{ names: ['cluster-x'], ahead: 0, refuse: undefined as string | undefined, pauses: 0, queued: 0 },
    /** Whose Home cannot be gathered. */
    broken: undefined as string | undefined,
  };
  const now = () => new Date(Date.now() + state.ahead);
  const prefix = newPrefix();
  const watchers = createHomeWatchers({ redis, prefix, now });
  const publish = async ({ user_id, view }: { user_id: string; view: object }) => {
    published.push(user_id);
    views.push(plainText(view));
    if (state.refuse !== undefined) throw Object.assign(new Error('no'), { data: { error: state.refuse } });
    return { ok: true };
  };
  const home = createHome({
    ...{ watchers, now, logger: quietLogger(), client: { views: { publish } } as never },
    approvals: {
      maySee: async ({ user }) => {
        if (user === state.broken) throw new Error('Slack is away');
        return { ok: true };
      },
      mayApprove: async () => ({ ok: true }),
    },
    clusters: {
      get names() {
        return state.names;
      },
    },
    queues: {
      running: async () => [],
      home: async () => {
        state.queued += 1;
      },
    },
    store: { open: async () => [] },
    runs: { last: async () => undefined },
    mutes: { active: async () => [] },
    schedules: { all: async () => [], next: async () => undefined },
    permalink: async () => undefined,
    pause: async () => {
      state.pauses += 1;
    },
  });
  const refresh = () => home.refresh(new AbortController().signal);
  return { home, refresh, published, views, state, watchers, prefix };
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

  it.each(['ratelimited', 'internal_error'])(
    'that Slack does not show in passing (%s) is shown later, and is not held to be shown',
    async (code) => {
      const { home, refresh, published, state, watchers } = stand();
      state.refuse = code;
      await home.open(ana);
      expect([state.queued, await watchers.all()]).toEqual([1, [ana]]);
      await expect(refresh()).rejects.toMatchObject({ code: 'slack.failed', retry: true });
      state.refuse = undefined;
      await refresh();
      await refresh();
      expect(published).toEqual(['U0ANA', 'U0ANA', 'U0ANA']);
      expect(state.pauses).toBe(2);
    },
  );

  it('that cannot be gathered keeps nobody else from theirs, and is tried again', async () => {
    const { home, refresh, published, state } = stand();
    const users = ['U0CID', 'U0BO', 'U0ANA'];
    for (const user of users) {
      state.ahead += 1000;
      await home.open({ user, team: 'T0HOME' });
    }
    Object.assign(state, { broken: 'U0ANA', names: ['cluster-y'] });
    await expect(refresh()).rejects.toThrow('Slack is away');
    expect(published.slice(3)).toEqual(['U0BO', 'U0CID']);
    state.broken = undefined;
    await refresh();
    expect(published.slice(5)).toEqual(['U0ANA']);
  });

  it('is kept current though somebody else wrote among those who have it open', async () => {
    const { home, watchers, prefix } = stand();
    await home.open(ana);
    await redis.zadd(`${prefix}:home:open`, Date.now() + 1000, '{not json', Date.now() + 1000, '{"user":1}');
    expect(await watchers.all()).toEqual([ana]);
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
    const { home, refresh, published, views, state } = stand();
    await home.open(ana);
    state.broken = ana.user;
    await home.open(ana);
    expect(views[1]).toBe(plainText(unreadableHome()));
    state.broken = undefined;
    await refresh();
    expect(views[2]).toBe(views[0]);
    expect(published).toEqual(['U0ANA', 'U0ANA', 'U0ANA']);
  });
});
