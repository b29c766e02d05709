import { describe, expect, it } from '@jest/globals';
import { endedChanges } from '../../../src/jobs/check/ended-changes.ts';
import type { Proposal } from '../../../src/proposals/proposal.ts';
import { sampleProposal } from '../../support/sample-proposal.ts';

const step = {
  kind: 'write',
  id: 'w',
  title: 'Write',
  state: 'done',
  about: { kind: 'Node', name: 'n1' },
} as const;
const changed = (fields: Partial<Proposal>) => sampleProposal({ state: 'fixed', steps: [step], ...fields });
/** The newest first, as the store keeps them. */
const storeOf = (all: readonly Proposal[]) => ({
  history: async (cluster: string | undefined, limit: number) =>
    all.filter((each) => cluster === undefined || each.cluster === cluster).slice(0, limit),
});

describe('what was changed because of a run', () => {
  it('is found though other clusters had many changes since', async () => {
    const own = changed({ run: 'run-1' });
    const others = Array.from({ length: 60 }, () => changed({ cluster: 'cluster-y', run: 'run-2' }));
    const of = { cluster: 'cluster-x', run: 'run-1' };
    expect(await endedChanges(storeOf([...others, own]), of)).toEqual([own]);
  });

  it('is told with what put it back, the newest first, and without what changed nothing', async () => {
    const fix = changed({ run: 'run-1', endedAt: '2026-03-01T12:00:00Z' });
    const undo = changed({ undoes: fix.id, endedAt: '2026-03-01T13:00:00Z' });
    const idle = changed({ run: 'run-1', steps: [] });
    const of = { cluster: 'cluster-x', run: 'run-1' };
    expect(await endedChanges(storeOf([idle, undo, fix]), of)).toEqual([undo, fix]);
  });
});
