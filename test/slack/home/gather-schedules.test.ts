import { describe, expect, it } from '@jest/globals';
import type { Schedule } from '../../../src/jobs/schedule/schedule.js';
import { type GatherPorts, gatherHome, SHOWN } from '../../../src/slack/home/gather-home.js';

const ana = { user: 'U0ANA', team: 'T0HOME' };
const bo = { user: 'U0BO', team: 'T0HOME' };
const base: Schedule = {
  ...{ id: '', cluster: 'mine', when: 'every 6h', channel: 'C0OPS', always: false, at: '', by: bo },
};
const ended = { at: '2026-11-24T03:00:00Z', why: 'removed' } as const;

/** What Ana sees, who may see the clusters of `mine`. */
async function seen(all: readonly Schedule[], mine: readonly string[] = ['mine']) {
  const asked: string[] = [];
  const ports: GatherPorts = {
    approvals: {
      maySee: async (_who, cluster) => (mine.includes(cluster) ? { ok: true } : refused),
      mayApprove: async () => refused,
    },
    clusters: { names: ['mine', 'other'] },
    queues: { running: async () => [] },
    store: { open: async () => [] },
    runs: { last: async () => undefined },
    mutes: { active: async () => [] },
    schedules: {
      all: async () => all,
      next: async ({ id }) => {
        asked.push(id);
        return new Date('2026-11-24T09:00:00Z');
      },
    },
    permalink: async () => undefined,
  };
  const { schedules } = await gatherHome(ports, ana);
  return { schedules, asked };
}
const refused = { ok: false, reason: 'no' } as const;

describe('Home lists a schedule', () => {
  it.each<[string, Partial<Schedule>, boolean]>([
    ['of a cluster that one may see', {}, true],
    ['of acknet.yaml', { by: undefined, name: 'morning' }, true],
    ['of all clusters', { cluster: 'all' }, true],
    ['of a cluster that one may not see', { cluster: 'other' }, false],
    ['of acknet.yaml, of a cluster that one may not see', { cluster: 'other', by: undefined }, false],
    ['of a cluster that is no longer configured', { cluster: 'gone' }, false],
    ['that ended', { ended }, false],
    ['in one’s own direct message', { channel: 'D0ANA', by: ana }, true],
    ['in the direct message of another', { channel: 'D0BO' }, false],
  ])('%s: %j', async (_what, change, isListed) => {
    const { schedules } = await seen([{ ...base, ...change }]);
    expect(schedules).toHaveLength(isListed ? 1 : 0);
  });

  it('of all clusters to nobody who may see none', async () => {
    expect((await seen([{ ...base, cluster: 'all' }], [])).schedules).toEqual([]);
  });

  it('with when it runs next, which is looked up for as many as are shown', async () => {
    const many = Array.from({ length: 20 }, (_, n) => ({ ...base, id: `${n}` }));
    const { schedules, asked } = await seen(many);
    expect(schedules).toHaveLength(20);
    expect(asked).toHaveLength(SHOWN.schedules);
    expect(schedules[0]?.next).toEqual(new Date('2026-11-24T09:00:00Z'));
  });
});
