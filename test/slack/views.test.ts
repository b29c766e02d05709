import { describe, expect, it } from '@jest/globals';
import { checkView } from '../../sandbox/slack/limits/check-view.js';
import { checks } from '../../src/checks/index.js';
import type { CheckResult, CheckRun } from '../../src/engine/checking/check-run.js';
import { findingKey } from '../../src/engine/checking/finding-key.js';
import { AcknetError } from '../../src/errors.js';
import { mayBeUndone } from '../../src/proposals/may-be-undone.js';
import { proposalStates } from '../../src/proposals/proposal.js';
import { remediations } from '../../src/remediations/index.js';
import {
  type OutcomeList,
  outcomeLists,
  outcomeListView,
} from '../../src/slack/checks/views/outcome-lists.js';
import { progressView } from '../../src/slack/checks/views/progress.js';
import { resultView } from '../../src/slack/checks/views/result.js';
import { helpView } from '../../src/slack/commands/help.js';
import {
  checksView,
  clustersView,
  explainCheckView,
  historyView,
  pendingView,
  questionsView,
  statusView,
} from '../../src/slack/commands/lists.js';
import { parameterFields } from '../../src/slack/fixes/parameter-fields.js';
import { cardView } from '../../src/slack/fixes/views/card/card.js';
import { lostCardView } from '../../src/slack/fixes/views/lost-card.js';
import { parametersModal, reasonModal } from '../../src/slack/fixes/views/modals.js';
import { errorView, noticeView, refusalView } from '../../src/slack/kit/notices.js';
import { exhaustedView, tornView, unplacedView } from '../../src/slack/questions/views/candidates.js';
import { tellApartView } from '../../src/slack/questions/views/tell-apart.js';
import { actionsOf, plainText } from '../support/read-message.js';
import { sampleProposal, sampleStep } from '../support/sample-proposal.js';
import { wholeMatrix } from '../support/whole-matrix.js';
import { expectSendable, hostile, huge, messagesOf } from './expect-sendable.js';

const longName = 'a'.repeat(63);
const many = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));
const users = many(60, (n) => `U${String(n).padStart(10, '0')}`);
const entitled = { users, groups: many(60, (n) => `S${String(n).padStart(10, '0')}`) };

const finding = (n: number): CheckResult['findings'][number] => ({
  id: 'flannel-cni-version.missing',
  check: 'flannel-cni-version',
  severity: n % 3 === 0 ? 'advice' : 'problem',
  message: huge.slice(0, 3500),
  data: {},
  about: { kind: 'ConfigMap', namespace: longName, name: 'n'.repeat(253) },
  evidence: many(wholeMatrix ? 30 : 8, (m) => ({
    where: huge.slice(0, 900 + m),
    value: huge,
    at: '2026-11-24T03:00:00Z',
  })),
});
const outcomes = ['clear', 'found', 'unknown', 'not-applicable'] as const;
const result = (n: number): CheckResult => ({
  id: `${longName}-${n}`,
  title: hostile.repeat(5),
  area: 'flannel',
  intents: [`entry-${n}`],
  outcome: outcomes[n % 4] ?? 'clear',
  findings: n % 4 === 1 ? many(n === 1 ? 60 : 4, finding) : [],
  facts: [{ label: 'label', value: huge.slice(0, 4000) }],
  unknown: { code: 'cluster.forbidden', detail: huge.slice(0, 4000) },
  reason: huge.slice(0, 4000),
});
const run: CheckRun = {
  schema: 1,
  cluster: longName,
  startedAt: '2026-11-24T03:00:00Z',
  durationMs: 123_456,
  identity: { plugin: { known: true, name: 'flannel' }, flavor: 'managed', dualStack: false },
  checks: many(40, result),
  symptoms: many(90, (n) => ({
    kind: 'pod-waiting',
    about: { kind: 'Pod', namespace: longName, name: `${n}${'n'.repeat(250)}` },
    words: huge,
    by: findingKey(finding(1)),
  })),
};
const mute = {
  cluster: longName,
  finding: 'flannel-cni-version.missing',
  reason: huge.slice(0, 500),
  by: { user: 'U0BO', team: 'T0ACK' },
  at: '2026-11-24T03:00:00Z',
  until: '2026-12-24T03:00:00Z',
};
const resultOf = (muted: (typeof mute)[]) =>
  resultView({
    runId: 'r'.repeat(40),
    run,
    requestedBy: 'U0ANA',
    scope: huge.slice(0, 300),
    changes: { since: '2026-11-23T03:00:00Z', fresh: [], gone: many(50, finding), unchanged: 7 },
    muted,
    offers: many(30, (n) => ({
      proposal: `${'p'.repeat(30)}-${n}`,
      finding: 'flannel-cni-version.missing',
      about: finding(0).about,
      link: `https://x.y/${'l'.repeat(200)}`,
    })),
    refusals: many(30, () => ({
      remediation: longName,
      finding: 'flannel-cni-version.missing',
      reason: huge.slice(0, 900),
      hint: huge.slice(0, 300),
    })),
    entries: new Map(
      many(40, (n) => [
        `entry-${n}`,
        { title: `${n} ${hostile.repeat(4)}`, links: [{ title: hostile, url: 'https://x.y/?a=1&b=2' }] },
      ]),
    ),
    blind: 24,
  });

const proposal = (fields: Parameters<typeof sampleProposal>[0] = {}) =>
  sampleProposal({
    id: 'p'.repeat(40),
    cluster: longName,
    title: huge.slice(0, 900),
    finding: {
      id: longName,
      check: longName,
      message: huge.slice(0, 3500),
      about: { kind: 'ConfigMap', name: 'n'.repeat(253) },
    },
    diffs: many(9, (n) => ({ title: `${n} ${hostile}`, diff: huge })),
    rollouts: many(4, () => ({
      daemonSet: longName,
      pods: 5000,
      strategy: 'OnDelete',
      alsoChanges: many(300, (n) => ({ node: `node-${n}`, from: huge.slice(0, 300), to: 'b' })),
    })),
    warnings: many(60, () => huge.slice(0, 2000)),
    notRecommended: huge.slice(0, 3000),
    dryRun: { ok: true, detail: huge.slice(0, 3000) },
    detail: huge.slice(0, 5000),
    votes: many(10, (n) => ({
      ...{ user: `U0${n}`, team: 'T0ACK', decision: 'approve' as const },
      at: '2026-11-24T03:00:00Z',
      reason: huge.slice(0, 500),
    })),
    quorum: 10,
    requireReason: true,
    steps: many(5000, (n) =>
      sampleStep({
        id: `s${n}`,
        title: huge.slice(0, 400),
        state: n < 2500 ? 'done' : 'pending',
        detail: huge.slice(0, 400),
      }),
    ),
    recheckAt: '2026-11-24T04:00:00Z',
    endedAt: '2026-11-24T04:00:00Z',
    abortRequestedBy: { user: 'U0BO', team: 'T0ACK' },
    ...fields,
  });

describe('every view fits in Slack with the longest values', () => {
  it.each([
    ['with problems', []],
    ['with everything muted', [mute]],
  ])('a result %s', (_title, muted) => {
    const posting = resultOf(muted);
    expectSendable(...messagesOf(posting));
    for (const file of posting.files) expect(file.content).not.toBe('');
  });

  it.each(Object.keys(outcomeLists) as OutcomeList[])('the list of %s', (list) => {
    const blind = many(60, () => ({ title: hostile, blind: huge.slice(0, 2000) }));
    expectSendable(...outcomeListView({ run, list, muted: [mute], blind }));
  });

  it.each(proposalStates)('a card that is %s', (state) => {
    const shown = proposal({ state });
    const posting = cardView({
      proposal: shown,
      approvers: entitled,
      undoable: mayBeUndone(shown),
      podReadySeconds: 180,
      selfApproval: false,
      sealed: true,
      entry: { title: huge.slice(0, 300), url: 'https://x.y/' },
      hasParameters: true,
    });
    expectSendable(...messagesOf(posting));
  });

  it('a card whose record is lost', () => {
    expectSendable(lostCardView(proposal({ state: 'applying' })));
  });

  it('progress', () => {
    const areas = (['cluster', 'terway', 'flannel', 'kube-proxy', 'ipv6', 'across'] as const).map((area) => ({
      ...{ area, done: 10_000, total: 10_000, found: 10_000 },
    }));
    const view = { run: 'r'.repeat(64), cluster: longName, requestedBy: 'U0ANA', startedAt: new Date(0) };
    expectSendable(progressView(view), progressView({ ...view, progress: { areas } }));
  });

  it('candidates and refusals to place', () => {
    const entries = many(4, (n) => ({ id: `entry-${n}`, title: hostile.repeat(6), summary: hostile }));
    const view = {
      exchange: 'C0123456789-1795400000.000100',
      entries,
      clusters: many(150, (n) => `${longName.slice(0, 50)}-${n}`),
    };
    expectSendable(
      tornView({ ...view, tellable: true }),
      tornView({ ...view, cluster: longName, tellable: true }),
      ...[[], many(4, (n) => ({ id: `check-${n}`, title: hostile }))].map((looks) =>
        unplacedView({
          ...{ ...view, looks },
          topics: many(150, (n) => ({ id: `e${n}`, title: hostile.repeat(6) })),
        }),
      ),
      exhaustedView(),
    );
  });

  it('which of these is it', () => {
    const entries = many(4, (n) => ({ id: `entry-${n}`, title: hostile, blind: huge.slice(0, 2000) }));
    expectSendable(...tellApartView(run, entries, 'run-1'));
  });

  it('help, notices, refusals, errors', () => {
    expectSendable(
      helpView(longName),
      noticeView(huge, hostile.slice(30)),
      refusalView({ ok: false, reason: huge, entitled }),
      errorView(new AcknetError('plan.refused', huge, { hint: huge.slice(0, 2000) })),
      errorView(new Error(huge)),
    );
  });

  it('the overviews', () => {
    const open = many(60, () => ({ proposal: proposal(), link: `https://x.y/${'p'.repeat(200)}` }));
    expectSendable(
      ...checksView(checks),
      ...clustersView(
        many(200, (n) => ({ name: `${longName}${n}`, readOnly: false, hasFixer: true })),
        200,
      ),
      ...statusView(
        many(80, () => ({ cluster: longName, state: 'running' as const, requestedBy: 'U0ANA' })),
        open,
      ),
      ...pendingView(open),
      ...historyView(open),
      ...questionsView(
        'Questions',
        many(300, () => ({
          example: huge,
          times: 3,
          entry: longName,
          score: 0.5,
          last: '2026-11-24T03:00:00Z',
        })),
      ),
      ...checks.flatMap((check) =>
        explainCheckView(check, {
          remediations,
          byCommand: remediations.map(({ id }) => id),
          entries: [hostile],
        }),
      ),
    );
  });

  it.each(remediations.map((remediation) => [remediation.id, remediation] as const))(
    'the form of %s, and the questions why',
    (_id, { params }) => {
      const shown = proposal();
      const modals = [
        reasonModal(shown, 'approve'),
        reasonModal(shown, 'reject'),
        parametersModal(shown, parameterFields(params, {})),
      ];
      for (const modal of modals)
        expect(() => checkView(JSON.parse(JSON.stringify(modal)), 'modal')).not.toThrow();
    },
  );
});

describe('a card', () => {
  const small = (fields: Parameters<typeof sampleProposal>[0]) => {
    const shown = sampleProposal({ id: 'p'.repeat(20), ...fields });
    return cardView({
      proposal: shown,
      approvers: { users: ['U0BO'], groups: [] },
      undoable: mayBeUndone(shown),
      podReadySeconds: 180,
      selfApproval: false,
      sealed: true,
      entry: { title: huge.slice(0, 300), url: 'https://x.y/' },
      hasParameters: true,
    }).first;
  };
  const applied = {
    changes: [
      {
        verb: 'set' as const,
        about: { kind: 'ConfigMap' as const, name: 'a' },
        path: ['data', 'k'],
        from: 'x',
        to: 'y',
      },
    ],
    steps: [sampleStep({ id: 's', title: 'Write', state: 'done' })],
  };

  it.each([
    ['proposed', {}, ['proposal_approve', 'proposal_reject', 'proposal_edit']],
    ['proposed', { dryRun: { ok: false, detail: 'denied' } }, ['proposal_reject', 'proposal_edit']],
    ['proposed', { undoes: 'q'.repeat(20) }, ['proposal_approve', 'proposal_reject']],
    ['approved', {}, ['proposal_abort']],
    ['applying', {}, ['proposal_abort']],
    ['applying', { abortRequestedBy: { user: 'U0BO', team: 'T' } }, []],
    ['verifying', {}, []],
    ['fixed', applied, ['proposal_undo']],
    ['fixed', { ...applied, undo: 'none' as const }, []],
    ['fixed', { ...applied, undoneBy: 'q'.repeat(20) }, []],
    ['failed', applied, ['proposal_undo', 'proposal_check']],
    ['failed', { steps: [] }, ['proposal_replan', 'proposal_check']],
    ['still-found', applied, ['proposal_undo', 'proposal_check']],
    ['unproven', applied, ['proposal_undo', 'proposal_check']],
    ['aborted', { ...applied, undoneBy: 'q'.repeat(20) }, ['proposal_check']],
    ['fixed', { ...applied, undoes: 'q'.repeat(20) }, ['proposal_replan', 'proposal_check']],
    ['failed', { ...applied, undoes: 'q'.repeat(20) }, ['proposal_replan', 'proposal_check']],
    [
      'failed',
      { undoes: 'q'.repeat(20), steps: [sampleStep({ state: 'failed' })] },
      ['proposal_replan', 'proposal_undo', 'proposal_check'],
    ],
    ['stale', { undoes: 'q'.repeat(20) }, ['proposal_undo']],
    ['rejected', {}, ['proposal_check']],
    ['superseded', {}, []],
    ['stale', {}, ['proposal_replan']],
    ['expired', {}, ['proposal_replan']],
  ] as const)('that is %s with %j offers %j', (state, fields, offered) => {
    expect(actionsOf(small({ state, ...(fields as object) }))).toEqual(offered);
  });

  it('puts only an opaque id in its buttons', () => {
    const values = JSON.stringify(small({ state: 'proposed' })).match(/"value":"[^"]*"/g);
    expect(new Set(values)).toEqual(new Set([`"value":"${'p'.repeat(20)}"`]));
  });

  it.each([true, false])('says whether somebody else could have altered it: sealed %s', (sealed) => {
    const posting = cardView({
      proposal: proposal({ state: 'proposed' }),
      approvers: entitled,
      undoable: false,
      podReadySeconds: 180,
      selfApproval: false,
      sealed,
      hasParameters: false,
    });
    expect(plainText(posting.first).includes('can forge an approval')).toBe(!sealed);
  });

  it('whose diff is long says so and brings it as a file, whole', () => {
    const shown = proposal({ state: 'proposed', diffs: [{ title: 'a', diff: huge }] });
    const posting = cardView({
      proposal: shown,
      approvers: entitled,
      undoable: false,
      podReadySeconds: 180,
      selfApproval: false,
      sealed: true,
      hasParameters: false,
    });
    expect(plainText(posting.first)).toContain('stands whole in the file');
    expect(posting.files[0]?.content).toContain(huge);
  });
});

describe('a result', () => {
  it('puts evidence that is too long in a file, and names the file', () => {
    const { more, files } = resultOf([]);
    const text = more.map((message) => plainText(message)).join('\n');
    expect(files.length).toBeGreaterThan(0);
    for (const { name } of files) expect(text).toContain(name);
  });
});
