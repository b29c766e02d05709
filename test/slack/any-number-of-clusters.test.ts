import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { checkView, viewFaults } from '../../sandbox/slack/limits/check-view.js';
import { checks } from '../../src/checks/index.js';
import type { CheckRun } from '../../src/engine/checking/check-run.js';
import { composeAnswer } from '../../src/intents/compose-answer.js';
import type { Intent } from '../../src/intents/intent.js';
import { loadIntents } from '../../src/intents/load-intents.js';
import type { FleetRow } from '../../src/jobs/fleet/fleet-row.js';
import { remediations } from '../../src/remediations/index.js';
import { causeDetailView } from '../../src/slack/checks/views/causes/cause-detail.js';
import { outcomeListView } from '../../src/slack/checks/views/outcome-lists.js';
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
import { knownClusters, unknownCluster } from '../../src/slack/commands/pick-clusters.js';
import { explainFixView } from '../../src/slack/fixes/explain-fix.js';
import { parameterFields } from '../../src/slack/fixes/parameter-fields.js';
import { cardView } from '../../src/slack/fixes/views/card/card.js';
import { fillView } from '../../src/slack/fixes/views/fill-in.js';
import { lostCardView } from '../../src/slack/fixes/views/lost-card.js';
import {
  doneModal,
  parametersModal,
  reasonModal,
  startFixModal,
  waitModal,
} from '../../src/slack/fixes/views/modals.js';
import { refusedCardView } from '../../src/slack/fixes/views/refused-card.js';
import { fleetProgressView, fleetResultView } from '../../src/slack/fleets/views/fleet.js';
import { homeView } from '../../src/slack/home/home-view.js';
import { listView } from '../../src/slack/kit/list-view.js';
import type { SlackMessage } from '../../src/slack/kit/message.js';
import { errorView, incompleteView, noticeView, refusalView } from '../../src/slack/kit/notices.js';
import { onWireView } from '../../src/slack/kit/on-wire.js';
import { answerView, moreView } from '../../src/slack/questions/views/answer.js';
import { exhaustedView, tornView, unplacedView } from '../../src/slack/questions/views/candidates.js';
import { entryView } from '../../src/slack/questions/views/entry.js';
import { passageView } from '../../src/slack/questions/views/passage.js';
import { tellApartView } from '../../src/slack/questions/views/tell-apart.js';
import { approversView } from '../../src/slack/talk/approvers-view.js';
import { plainText } from '../support/read-message.js';
import { sampleProposal } from '../support/sample-proposal.js';
import { sampleFinding, sampleRun } from '../support/sample-run.js';
import { expectSendable, messagesOf } from './expect-sendable.js';
import { scheduleOf, unaskedMessages } from './unasked-messages.js';

const longest = (n: number) => `${'c'.repeat(59)}-${String(n).padStart(3, '0')}`;
const short = (n: number) => `c${n}`;
const namesOf = (count: number, name = longest) => Array.from({ length: count }, (_, n) => name(n));

let intents: readonly Intent[];
beforeAll(async () => {
  intents = await loadIntents('intents');
});

const exchange = 'C0123456789-1795400000.000100';
const who = 'U0ANA';
const at = '2026-11-24T03:00:00Z';
const runOn = (cluster: string): CheckRun => ({
  schema: 1,
  cluster,
  startedAt: at,
  durationMs: 1,
  identity: {
    plugin: { known: false, code: 'cluster.forbidden', detail: 'no' },
    flavor: 'unknown',
    dualStack: false,
  },
  checks: [],
});
const some = (clusters: readonly string[]) => clusters[0] ?? 'gone';

const resultOf = (cluster: string) =>
  resultView({
    ...{ runId: 'run-1', run: runOn(cluster), requestedBy: who, muted: [], offers: [], refusals: [] },
    ...{ entries: new Map(), blind: 0 },
  });
const cardOf = (cluster: string) =>
  cardView({
    proposal: sampleProposal({ cluster }),
    approvers: { users: [], groups: [] },
    ...{ undoable: false, podReadySeconds: 180, selfApproval: false, sealed: true, hasParameters: true },
  });
const listed = (clusters: readonly string[]) =>
  clusters.map((cluster) => ({ proposal: sampleProposal({ cluster }), link: 'https://x.y/p1' }));
const answerOf = (intent: Intent, clusters: readonly string[], cluster?: string) => ({
  ...{ intent, answer: composeAnswer(intent, undefined), exchange, clusters, hasOthers: true },
  blind: intent.blind,
  cluster: cluster === undefined ? undefined : { name: cluster, ageSeconds: 1 },
  checks: intent.checks.map((id) => ({ id, title: id })),
  alike: intents.slice(0, 3),
});
const rowOf = (cluster: string, n: number): FleetRow => ({
  ...{ cluster, runId: `run-${n}`, problems: n % 2, advice: 0, muted: 0, unread: 0 },
  outcome: n % 2 === 0 ? 'clear' : 'found',
});
const fleetOf = (clusters: readonly string[]) => ({
  ...{ fleetId: 'fleet-1', checks: ['a-check'], leftOut: [], channel: 'C0OPS', startedAt: at },
  clusters: clusters.map((name, n) => ({ name, runId: `run-${n}` })),
  requestedBy: { user: who, team: 'T0HOME' },
});
const candidates = (clusters: readonly string[], cluster?: string) => ({
  ...{ exchange, entries: intents.slice(0, 4), clusters, cluster },
});

/** Every message of acknet, as an install with these clusters gets it. */
const messages: Readonly<Record<string, (clusters: readonly string[]) => readonly SlackMessage[]>> = {
  ...unaskedMessages,
  listView: (clusters) => listView('Clusters', clusters, 'None.'),
  causeDetailView: (clusters) => {
    const finding = sampleFinding({ id: 'flannel-cni-version.missing' });
    const run = sampleRun({ cluster: some(clusters), findings: [finding], symptoms: [2] });
    return (
      causeDetailView({
        run,
        findings: [finding],
        steps: '1. Look.',
        doc: { title: 'FAQ', url: 'https://x.y/' },
      }) ?? []
    );
  },
  tornView: (clusters) =>
    [undefined, clusters[0]].flatMap((cluster) =>
      [true, false].map((tellable) => tornView({ ...candidates(clusters, cluster), tellable })),
    ),
  unplacedView: (clusters) => [
    ...[undefined, clusters[0]].map((cluster) =>
      unplacedView({ ...candidates(clusters, cluster), topics: intents, looks: [{ id: 'a', title: 'A' }] }),
    ),
    unplacedView({ ...candidates(clusters), entries: [], topics: [], looks: [] }),
  ],
  exhaustedView: () => [exhaustedView()],
  answerView: (clusters) =>
    intents.flatMap((intent) =>
      [undefined, clusters[0]].flatMap((cluster) =>
        messagesOf(answerView(answerOf(intent, clusters, cluster))),
      ),
    ),
  entryView: (clusters) =>
    intents.flatMap((intent) =>
      entryView({
        ...{ intent, answer: answerOf(intent, clusters).answer },
        facts: { name: some(clusters), ageSeconds: 0 },
      }),
    ),
  moreView: (clusters) => intents.flatMap((intent) => messagesOf(moreView(answerOf(intent, clusters)))),
  passageView: (clusters) =>
    intents.flatMap((intent) =>
      [true, false].map((stillBroken) =>
        passageView({
          ...{ intent, passages: [], exchange, cluster: clusters[0], shown: false, hasMore: true },
          ...{ checks: intent.checks.map((id) => ({ id })), others: intents.slice(0, 2), stillBroken },
        }),
      ),
    ),
  approversView: (clusters) => [
    approversView(clusters.map((cluster) => ({ cluster, approvers: { users: [who], groups: [] } }))),
  ],
  tellApartView: (clusters) => tellApartView(runOn(some(clusters)), intents.slice(0, 4), 'run-1'),
  helpView: (clusters) => [helpView(clusters[0])],
  clustersView: (clusters) =>
    clustersView(
      clusters.map((name) => ({ name, readOnly: false, hasFixer: true })),
      clusters.length,
    ),
  statusView: (clusters) =>
    statusView(
      clusters.map((cluster) => ({ cluster, state: 'running' as const, requestedBy: who })),
      listed(clusters),
    ),
  pendingView: (clusters) => pendingView(listed(clusters)),
  historyView: (clusters) => historyView(listed(clusters)),
  fleetProgressView: (clusters) => [fleetProgressView(fleetOf(clusters), clusters.slice(1).map(rowOf))],
  fleetResultView: (clusters) => messagesOf(fleetResultView(fleetOf(clusters), clusters.map(rowOf))),
  progressView: (clusters) => [
    progressView({ run: 'run-1', cluster: some(clusters), requestedBy: who, startedAt: new Date(0) }),
  ],
  resultView: (clusters) => messagesOf(resultOf(some(clusters))),
  outcomeListView: (clusters) => [
    ...outcomeListView({ run: runOn(some(clusters)), list: 'unknown', muted: [], blind: [] }),
  ],
  cardView: (clusters) => messagesOf(cardOf(some(clusters))),
  lostCardView: (clusters) => [lostCardView(sampleProposal({ cluster: some(clusters) }))],
  refusedCardView: () => [refusedCardView('p'.repeat(20), 'altered')],
  noticeView: (clusters) => [noticeView(`Known: ${knownClusters(clusters)}.`)],
  errorView: (clusters) => [errorView(unknownCluster('prod', clusters))],
  incompleteView: (clusters) => [incompleteView(unknownCluster('prod', clusters))],
  refusalView: () => [refusalView({ ok: false, reason: 'no', entitled: { users: [], groups: [] } })],
  checksView: () => checksView(checks),
  explainCheckView: () =>
    checks.flatMap((check) => explainCheckView(check, { remediations, byCommand: [], entries: [] })),
  questionsView: () => questionsView('Questions', []),
  explainFixView: (clusters) =>
    remediations.map((fix) =>
      explainFixView(fix, {
        approvers: clusters.map((cluster) => ({ cluster, approvers: { users: [who], groups: [] } })),
        cluster: clusters[0],
      }),
    ),
  fillView: (clusters) => [fillView('A fix', some(clusters), 'v')],
};

const modals: Readonly<Record<string, (cluster: string) => readonly unknown[]>> = {
  reasonModal: (cluster) => [
    reasonModal(sampleProposal({ cluster }), 'approve'),
    reasonModal(sampleProposal({ cluster }), 'reject'),
  ],
  parametersModal: (cluster) =>
    remediations.map(({ params }) =>
      parametersModal(sampleProposal({ cluster }), parameterFields(params, {})),
    ),
  startFixModal: (cluster) =>
    remediations.map(({ params }) =>
      startFixModal({ title: 'A fix', cluster, value: 'v' }, parameterFields(params, {})),
    ),
  waitModal: (cluster) => [waitModal(cluster)],
  doneModal: () => [doneModal()],
};

const homes: Readonly<Record<string, (clusters: readonly string[]) => ReturnType<typeof homeView>>> = {
  homeView: (clusters) => {
    const cards = clusters.map((cluster) => ({ proposal: sampleProposal({ cluster }) }));
    return homeView(
      {
        clusters: clusters.map((name) => ({ name, isRunning: true })),
        approvals: cards,
        runs: clusters.map((cluster) => ({ cluster, state: 'running' as const, requestedBy: who })),
        fixes: cards,
        schedules: clusters.map((cluster) => ({
          ...{ schedule: scheduleOf(cluster, 1), isHere: false, next: new Date(at) },
        })),
      },
      new Date(at),
    );
  },
};

describe.each([0, 1, 150, 400])('with %d clusters Slack takes', (count) => {
  it.each(Object.keys(messages))('%s', (view) => {
    for (const clusters of [namesOf(count), namesOf(count, short)])
      expectSendable(...(messages[view]?.(clusters) ?? []));
  });

  it.each(Object.keys(modals))('%s', (modal) => {
    for (const view of modals[modal]?.(some(namesOf(count))) ?? [])
      expect(() => checkView(JSON.parse(JSON.stringify(view)), 'modal')).not.toThrow();
  });

  it.each(Object.keys(homes))('%s', (home) => {
    for (const clusters of [namesOf(count), namesOf(count, short)]) {
      const view = homes[home]?.(clusters);
      expect(view).toBeDefined();
      if (view !== undefined)
        expect(viewFaults(JSON.parse(JSON.stringify(onWireView(view))), 'home')).toEqual([]);
    }
  });
});

it('leaves no view out', () => {
  const sources = readdirSync('src/slack', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('on-wire.ts'))
    .map((file) => readFileSync(`src/slack/${file}`, 'utf8'));
  const views = sources
    .flatMap((source) => [...source.matchAll(/^export (?:function|const) (\w+(?:View|Modal))\b/gm)])
    .map(([, name]) => name);
  expect(views.length).toBeGreaterThan(20);
  expect(views.sort()).toEqual([messages, modals, homes].flatMap((of) => Object.keys(of)).sort());
});

describe('a picker of clusters', () => {
  const torn = (clusters: readonly string[]) => tornView({ ...candidates(clusters), tellable: true });
  const offered = (message: SlackMessage) =>
    [...JSON.stringify(message.blocks).matchAll(/"value":"(c\d+)"/g)].map(([, value]) => value);

  it('is not there without clusters, nor is what speaks of it', () => {
    expect(JSON.stringify(torn([]))).not.toContain('tell:');
    expect(plainText(torn([]))).not.toContain('Cannot tell?');
    expect(plainText(torn(['prod']))).toContain('Find out on prod');
  });

  it.each([2, 100, 150, 400])('offers each of %d', (count) => {
    expect(offered(torn(namesOf(count, short)))).toEqual(namesOf(count, short));
  });

  it('says how many of them fit, and what to do about the others', () => {
    expect(plainText(torn(namesOf(150)))).toMatch(/Find out on… \(\d+ of 150: type the name of another\)/);
  });
});
