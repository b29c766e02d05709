import { describe, expect, it } from '@jest/globals';
import { type Action, authorise } from '../../src/approvals/authorise.ts';
import type { ClusterConfig } from '../../src/config/config.ts';
import { sampleNow, sampleProposal } from '../support/sample-proposal.ts';
import { clusterConfig, fakeDirectory, person, policyConfig } from './sample-authority.ts';

const ask = (
  action: Action,
  user: string,
  more: { cluster?: Partial<ClusterConfig>; team?: string; name?: string; down?: boolean } = {},
) => {
  const directory = fakeDirectory();
  directory.down = more.down ?? false;
  return authorise(
    { config: policyConfig(more.cluster), directory, now: () => sampleNow },
    { action, who: person(user, more.team), cluster: more.name ?? 'cluster-x' },
  );
};

const changing = ['approve', 'reject', 'abort', 'mute'] as const;

describe('approvers', () => {
  it.each(changing)('listed by account or by user group may %s', async (action) => {
    expect(await ask(action, 'U0BOSS')).toEqual({ ok: true });
    expect(await ask(action, 'U0NET')).toEqual({ ok: true });
  });

  it.each(changing)('are named to whoever may not %s', async (action) => {
    expect(await ask(action, 'U0STRANGER')).toMatchObject({
      ok: false,
      reason: 'Only approvers of cluster-x can do that.',
      entitled: clusterConfig().approvers,
    });
  });

  it.each(changing)('are nobody where none are listed, so nobody may %s', async (action) => {
    const nobody = { approvers: { users: [], groups: [] } };
    expect(await ask(action, 'U0BOSS', { cluster: nobody })).toMatchObject({
      ok: false,
      reason: expect.stringContaining('Nobody can do that'),
    });
  });
});

describe('an account that Slack names no workspace of', () => {
  it.each([
    ['may ask from here', {}, true],
    ['is refused from another workspace', { team: 'T0OTHER' }, false],
  ])('%s', async (_what, more, ok) => {
    expect(await ask('ask', 'U0BARE', more)).toMatchObject({ ok });
  });
});

describe('whatever the lists say', () => {
  const everyAction = [...changing, 'undo', 'ask', 'maintain'] as const;
  const refusals = [
    ['a guest', 'U0GUEST', {}, 'Guests cannot do that.'],
    ['a deactivated account', 'U0GONE', {}, 'This account is deactivated.'],
    ['a bot', 'U0BOT', {}, 'Bots cannot do that.'],
    ['an unknown account', 'U0NOBODY', {}, 'Slack does not know this account.'],
    [
      'a click from another workspace',
      'U0BOSS',
      { team: 'T0OTHER' },
      'Only members of this workspace can do that.',
    ],
    ['an account of another workspace', 'U0OTHER', {}, 'Only members of this workspace can do that.'],
    [
      'an account of another workspace that says so',
      'U0OTHER',
      { team: 'T0OTHER' },
      'Only members of this workspace can do that.',
    ],
  ] as const;
  const cases = everyAction.flatMap((action) =>
    refusals.map(([what, ...rest]) => [action, what, ...rest] as const),
  );

  it.each(cases)('%s is refused to %s', async (action, _what, user, more, reason) => {
    expect(await ask(action, user, more)).toMatchObject({ ok: false, reason });
  });

  it.each(everyAction)(
    '%s is refused, and open to a later try, when Slack cannot say who it is',
    async (action) => {
      expect(await ask(action, 'U0BOSS', { down: true })).toMatchObject({ ok: false, undecided: true });
    },
  );

  it('an unreadable user group is a no, not a yes', async () => {
    const cluster = { approvers: { users: [], groups: ['S0UNREADABLE'] } };
    expect(await ask('approve', 'U0NET', { cluster })).toMatchObject({ ok: false, undecided: true });
  });

  it.each(['cluster-z', '__proto__', 'constructor'])(
    'cluster %s, which is not configured, is a no',
    async (name) => {
      expect(await ask('approve', 'U0BOSS', { name })).toMatchObject({ ok: false });
      expect(await ask('ask', 'U0BOSS', { name })).toMatchObject({ ok: false });
    },
  );
});

describe('a cluster', () => {
  const freeze = {
    from: '2026-03-01T11:00:00Z',
    to: '2026-03-01T13:00:00Z',
    why: 'end of quarter',
  };
  const closed: [string, Partial<ClusterConfig>, string][] = [
    ['that is read-only', { readOnly: true }, 'read-only'],
    ['without a fixer', { fixer: undefined }, 'no credential'],
    ['that is frozen', { freezes: [freeze] }, 'frozen until 2026-03-01T13:00:00Z: end of quarter'],
  ];

  it.each(closed)(
    '%s takes no approval and no undo, but lets changes be stopped',
    async (_what, cluster, reason) => {
      for (const action of ['approve', 'undo'] as const)
        expect(await ask(action, 'U0BOSS', { cluster })).toMatchObject({
          ok: false,
          reason: expect.stringContaining(reason),
        });
      for (const action of ['reject', 'abort', 'mute'] as const)
        expect(await ask(action, 'U0BOSS', { cluster })).toEqual({ ok: true });
    },
  );

  it('outside its freeze takes approvals', async () => {
    const over = { ...freeze, to: '2026-03-01T12:00:00Z' };
    expect(await ask('approve', 'U0BOSS', { cluster: { freezes: [over] } })).toEqual({ ok: true });
  });

  it('may be asked about by every full member, unless askers are listed', async () => {
    expect(await ask('ask', 'U0STRANGER')).toEqual({ ok: true });
    const askers = { users: [], groups: ['S0NET'] };
    expect(await ask('ask', 'U0STRANGER', { cluster: { askers } })).toMatchObject({
      ok: false,
      entitled: askers,
    });
    expect(await ask('ask', 'U0NET', { cluster: { askers } })).toEqual({ ok: true });
    const nobody = { askers: { users: [], groups: [] } };
    expect(await ask('ask', 'U0BOSS', { cluster: nobody })).toMatchObject({ ok: false });
  });
});

describe('who asked for a change', () => {
  const approve = (user: string, asker: string, selfApproval = false) =>
    authorise(
      {
        config: policyConfig({ policy: { quorum: {}, requireReason: {}, selfApproval } }),
        directory: fakeDirectory(),
        now: () => sampleNow,
      },
      {
        action: 'approve',
        who: person(user),
        cluster: 'cluster-x',
        proposal: sampleProposal({ requestedBy: person(asker) }),
      },
    );

  it('cannot approve it', async () => {
    expect(await approve('U0BOSS', 'U0BOSS')).toMatchObject({
      ok: false,
      reason: expect.stringContaining('You asked'),
    });
  });

  it('cannot approve it with another account of the same person', async () => {
    expect(await approve('U0ANN2', 'U0ANN')).toMatchObject({ ok: false });
  });

  it('can where the policy allows it', async () => {
    expect(await approve('U0BOSS', 'U0BOSS', true)).toEqual({ ok: true });
  });

  it('is another person unless the configuration says otherwise', async () => {
    expect(await approve('U0NET', 'U0ANN')).toEqual({ ok: true });
  });
});

describe('Undo', () => {
  const askers = { users: ['U0ASKER'], groups: [] };

  it.each([
    ['whoever may ask, where all may', 'U0STRANGER', {}, true],
    ['whoever may ask, where some may', 'U0ASKER', { askers }, true],
    ['an approver who may not ask', 'U0BOSS', { askers }, true],
    ['nobody else', 'U0STRANGER', { askers }, false],
  ] as const)('may be pressed by %s', async (_who, user, cluster, ok) => {
    expect(await ask('undo', user, { cluster })).toMatchObject({ ok });
  });
});

describe('maintainers', () => {
  it('are listed apart from approvers', async () => {
    expect(await ask('maintain', 'U0KEEPER')).toEqual({ ok: true });
    expect(await ask('maintain', 'U0BOSS')).toMatchObject({ ok: false, entitled: { users: ['U0KEEPER'] } });
  });
});
