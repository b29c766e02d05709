import type { Incident } from '../../src/jobs/alerts/incident.js';
import type { EndingCredential, UnplacedAlert } from '../../src/jobs/ports.js';
import type { Schedule } from '../../src/jobs/schedule/schedule.js';
import { compareSeen, seenAfter } from '../../src/jobs/schedule/seen/compare-seen.js';
import { lookAt } from '../../src/jobs/schedule/seen/look-at.js';
import { incidentView } from '../../src/slack/alerts/views/incident.js';
import { unplacedAlertView } from '../../src/slack/alerts/views/unplaced-alert.js';
import { cameBackView } from '../../src/slack/fixes/views/came-back.js';
import { context } from '../../src/slack/kit/blocks.js';
import type { SlackMessage } from '../../src/slack/kit/message.js';
import { configRefusedView, configTakenView } from '../../src/slack/maintainers/config-views.js';
import { endingView } from '../../src/slack/maintainers/ending-view.js';
import { digestView } from '../../src/slack/schedules/views/digest.js';
import { oneClusterView } from '../../src/slack/schedules/views/one-cluster.js';
import { scheduledView } from '../../src/slack/schedules/views/scheduled.js';
import { schedulesView } from '../../src/slack/schedules/views/schedules-list.js';
import { sampleProposal } from '../support/sample-proposal.js';
import { sampleClear, sampleFinding, sampleRun } from '../support/sample-run.js';

const at = '2026-11-24T03:00:00Z';
const by = { user: 'U0ANA', team: 'T0HOME' };
const some = (clusters: readonly string[]) => clusters[0] ?? 'gone';

const findings = Array.from({ length: 12 }, (_, n) =>
  sampleFinding({
    id: `flannel-check-${n}.bad`,
    message: `Something of kind ${n} is wrong on nodes, in words that are rather long for a phone.`,
    about: { kind: 'Node', name: `cn-hangzhou.192.168.0.${n}` },
  }),
);
const clear = findings.map(({ check }) => sampleClear(check));
const unread = {
  ...sampleClear('c'),
  outcome: 'unknown' as const,
  unknown: { code: 'cluster.timed-out' as const, detail: 'could not read nodes: no answer within 15 s' },
};
const kinds = {
  healthy: { checks: clear },
  broken: { findings },
  dark: { checks: [unread] },
  open: { checks: [...clear, unread] },
} as const;
type Kind = keyof typeof kinds;
const looks = (clusters: readonly string[], of: readonly Kind[]) =>
  clusters.map((cluster, n) => {
    const run = sampleRun({ cluster, symptoms: [], ...kinds[of[n % of.length] ?? 'healthy'] });
    return lookAt({ cluster, runId: `run-${n}` }, run, []);
  });

const turns: readonly (readonly [readonly Kind[], readonly Kind[]])[] = [
  [['healthy'], ['broken']],
  [['broken'], ['healthy']],
  [['healthy'], ['dark']],
  [
    ['healthy', 'broken', 'dark', 'open'],
    ['broken', 'healthy', 'dark', 'dark', 'open'],
  ],
];
/** What schedules find out, turned each way; the first time too. */
const changesOf = (clusters: readonly string[]) =>
  turns.flatMap(([before, now]) =>
    [undefined, seenAfter(undefined, looks(clusters, before), { fleetId: 'f', at })].map((seen) =>
      compareSeen(seen, looks(clusters, now)),
    ),
  );
const foot = context('daily 09:00 Asia/Shanghai');

export const scheduleOf = (cluster: string, n: number): Schedule => ({
  ...{ id: `s${n}`, cluster, when: 'daily 09:00 Asia/Shanghai', channel: 'C0OPS', always: true, by, at },
  ...(n % 3 === 0 && { ended: { at, why: 'removed', by } }),
});

/** Of each cluster the reader has ended, the fixer ends soon. */
const endingsOf = (clusters: readonly string[]): EndingCredential[] =>
  clusters.flatMap((cluster) => [
    { cluster, use: 'reader', ends: new Date(at), stage: 'ended' },
    { cluster, use: 'fixer', ends: new Date('2026-11-30T03:00:00Z'), stage: 'week' },
  ]);

/** On its one cluster, as many alerts as there are clusters, of 20 kinds. */
const incidentOf = (clusters: readonly string[], more: Partial<Incident> = {}): Incident => ({
  ...{ id: 'i1', cluster: some(clusters), channel: 'C0OPS', left: 120, again: 0 },
  ...{ openedAt: at, toldAt: at, grewAt: at },
  alerts: Object.fromEntries(
    clusters.map((name, n) => [
      `f${n}`,
      {
        ...{
          name: `KubePodNotReady${n % 20}`,
          firing: n % 2 === 0,
          startsAt: at,
          checks: [],
          only: 'cluster',
        },
        ...{ namespace: name, pod: name, summary: `The pod of ${name} is not ready.` },
      } as const,
    ]),
  ),
  ...more,
});
const found = (cluster: string) => ({
  ...{ run: sampleRun({ cluster, findings, symptoms: [] }), muted: [] },
  offers: [sampleProposal({ cluster })],
});
const unplacedAlerts = (named: string): UnplacedAlert[] => [
  { kind: 'unknown', alert: 'KubeNodeNotReady', named },
  { kind: 'several', alert: 'KubeNodeNotReady', named },
  { kind: 'unnamed', alert: 'KubeNodeNotReady' },
  { kind: 'restricted', alert: 'KubeNodeNotReady', cluster: named },
];

/** What acknet says of schedules, alerts, credentials and applied fixes: mostly when nobody just asked. */
export const unaskedMessages: Readonly<
  Record<string, (clusters: readonly string[]) => readonly SlackMessage[]>
> = {
  cameBackView: (clusters) => [
    cameBackView(sampleProposal({ cluster: some(clusters) }), {
      ...{ hours: 1, at, outcome: 'back' },
      detail: `No cniVersion again on ${clusters.join(', ')}`,
    }),
  ],
  digestView: (clusters) =>
    changesOf(clusters).map((changes) => digestView({ changes, leftOut: clusters, foot })),
  oneClusterView: (clusters) =>
    changesOf(clusters.slice(0, 1)).flatMap((changes) =>
      changes.clusters.map((change) => oneClusterView(change, foot)),
    ),
  scheduledView: (clusters) =>
    [some(clusters), 'all'].map((cluster) =>
      scheduledView({
        schedule: scheduleOf(cluster, 1),
        ...{ before: scheduleOf(cluster, 2), next: new Date(at) },
      }),
    ),
  schedulesView: (clusters) =>
    schedulesView(
      clusters.map((cluster, n) => ({
        schedule: scheduleOf(cluster, n),
        ...{ isHere: n % 2 === 0, next: new Date(at) },
      })),
    ),
  // Nothing is told where nothing ends.
  endingView: (clusters) => (clusters.length === 0 ? [] : [endingView(endingsOf(clusters))]),
  configRefusedView: (clusters) => [
    configRefusedView(
      clusters.map((name) => `clusters.${name}.aprovers: unknown key (did you mean approvers?)`),
    ),
  ],
  configTakenView: () => [configTakenView()],
  incidentView: (clusters) => [
    incidentView({ incident: incidentOf(clusters), isChecked: true, ping: '<@U0ANA>' }),
    incidentView({ incident: incidentOf(clusters), isChecked: false, found: found(some(clusters)) }),
    incidentView({
      ...{ incident: incidentOf(clusters, { looked: { run: 'r1', failed: clusters.join(', ') } }) },
      isChecked: false,
    }),
    incidentView({ incident: incidentOf(clusters, { resolvedAt: at }), isChecked: false }),
  ],
  unplacedAlertView: (clusters) =>
    [some(clusters), clusters.join(', ')].flatMap((named) => unplacedAlerts(named).map(unplacedAlertView)),
};
