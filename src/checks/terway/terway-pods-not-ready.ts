import { isFlannelPod } from '../../cluster/network-daemon-sets.js';
import type { ClusterReader, ObjectRef } from '../../cluster/ports.js';
import { type DaemonSetView, daemonSets } from '../../cluster/views/daemon-set.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import { type PodView, pods } from '../../cluster/views/pod.js';
import { type Crash, type Crashes, gatherCrashes } from '../crashes/crash.js';
import { crashLine, stateEvidence, stateWord } from '../crashes/crash-evidence.js';
import { withoutLeftovers } from '../crashes/leftovers.js';
import { apartFromLost, lostDetail } from '../crashes/lost-pods.js';
import { restartingDetail } from '../crashes/restarting.js';
import { uncoveredDetail } from '../crashes/uncovered.js';
import {
  defineCheck,
  type Evidence,
  type JudgeContext,
  type Judgement,
  type MessageTemplate,
} from '../judging/define-check.js';
import { groupBy } from '../group-by.js';
import { listed } from '../listed.js';
import { isNetworkedNode } from '../node-kinds.js';
import { untoldRestarts } from '../untold-restarts.js';
import {
  eniConfig,
  eniConfigWhere,
  gatherTerwayConfig,
  needsTerway,
  type TerwayConfig,
  terwayConfigReads,
} from './terway-config.js';
import { CRASH_SAMPLE, lastingFault } from './terway-pod-state.js';
import { isTerwayPod, isTerwaySet, startEvidence, startedBefore, writeEvidence } from './terway-pods.js';

const SHOWN = 5;
/** A pod this young may simply be starting. */
const GRACE_MS = 120_000;

const messages = {
  notReady: {
    severity: 'problem',
    text: '{count} of {total} Terway {total:pod|pods} {count:is|are} not ready ({state}), so new pods get no network on {nodes}.{last}',
    explains: ['component-down', 'node-not-ready', 'pod-waiting', 'warning'],
    mends: 'plugin pods',
  },
  initFailed: {
    severity: 'problem',
    text: '{count} Terway {count:pod|pods} cannot start: {cause}. New pods get no network on {nodes}, and a restart of Terway does not help.',
    explains: ['component-down', 'node-not-ready', 'pod-waiting', 'warning'],
    mends: 'plugin config',
    proof: 'state',
  },
  missing: {
    severity: 'problem',
    text: 'The Terway DaemonSet {daemonSet} wants {desired} {desired:pod|pods} and has {present}; nodes without one: {nodes}.',
    explains: ['component-down', 'node-not-ready', 'pod-waiting', 'warning'],
    mends: 'plugin pods',
  },
  olderThanConfig: {
    severity: 'problem',
    text: '{count} of {total} Terway {total:pod|pods} started before ConfigMap eni-config was last written ({written}), so what was changed is not in effect on {nodes} until {count:it restarts|they restart}.',
  },
  configUnreadable: {
    severity: 'problem',
    text: 'eni_conf in ConfigMap eni-config is not a JSON object: a Terway pod that restarts now does not come up.',
    explains: ['component-down'],
    mends: 'plugin config',
  },
  starting: {
    severity: 'advice',
    text: '{count} Terway {count:pod|pods} started less than two minutes ago and {count:is|are} not ready yet, on {nodes}.',
  },
} as const satisfies Record<string, MessageTemplate>;

type Report = Judgement<typeof messages>;

interface Facts {
  /** A cluster may have both modes. */
  readonly sets: readonly DaemonSetView[];
  readonly pods: readonly PodView[];
  readonly nodes: readonly NodeView[];
  /** Of Flannel as well: a node needs one of them. */
  readonly plugins: readonly PodView[];
  readonly config: TerwayConfig;
  readonly crashes: Crashes;
  /** Pods on nodes that have stopped reporting. */
  readonly lost: readonly PodView[];
}

/** Source: FAQ "How do I view the lifecycle of a Terway network pod?"; cluster-signals 2.1, 2.6. */
export const terwayPodsNotReady = defineCheck({
  id: 'terway-pods-not-ready',
  title: 'Terway runs, or is about to, on every node',
  area: 'terway',
  intents: ['terway-pod-lifecycle'],
  reads: [
    ...terwayConfigReads,
    { group: 'apps', resource: 'daemonsets', verbs: ['list'] },
    { group: '', resource: 'nodes', verbs: ['list'] },
    { group: '', resource: 'pods', verbs: ['list'] },
    { group: '', resource: 'pods/log', verbs: ['get'], namespace: 'kube-system' },
  ],
  appliesTo: needsTerway,
  messages,

  async gather(reader: ClusterReader): Promise<Facts> {
    const [sets, all, list, config] = await Promise.all([
      reader.list(daemonSets),
      reader.list(pods),
      reader.list(nodes),
      gatherTerwayConfig(reader),
    ]);
    const own = withoutLeftovers(all.filter(isTerwayPod));
    const { seen, lost } = apartFromLost(own, list);
    return {
      sets: sets.filter(isTerwaySet),
      pods: own,
      plugins: all.filter((pod) => isTerwayPod(pod) || isFlannelPod(pod)),
      nodes: list.filter(isNetworkedNode),
      config,
      crashes: await gatherCrashes(reader, seen, CRASH_SAMPLE),
      lost,
    };
  },

  judge(facts, report, context) {
    const [set] = facts.sets;
    if (set === undefined)
      return report.notApplicable('Neither DaemonSet terway-eniip nor terway-eni runs in kube-system.');
    const about = aboutSet(set);
    const living = facts.pods.filter(({ deleting }) => !deleting);
    for (const each of facts.sets)
      report.fact({ label: 'Terway pods', value: numbersOf(each), where: statusOf(each) });
    reportConfig(facts.config, report);
    const seen = living.filter((pod) => !facts.lost.includes(pod));
    reportDown({ about, living: seen, crashes: facts.crashes }, report, context.now);
    const isMissing = facts.sets.some((each) => lacksPods(each, facts));
    const open = [
      lostDetail('Terway', facts.lost),
      restartingDetail('Terway', seen, context),
      isMissing ? undefined : uncoveredDetail('Terway', facts.nodes, facts.plugins, context.now),
    ];
    for (const detail of open) if (detail !== undefined) report.unknown('check.no-evidence', detail);
    for (const each of facts.sets) reportMissing(each, facts, report);
    reportOlder(facts.config, { about, living, context }, report);
  },
});

interface Subject {
  readonly about: ObjectRef;
  /** Terway pods that are not being deleted. */
  readonly living: readonly PodView[];
}

function reportConfig({ configMap, daemon }: TerwayConfig, report: Report): void {
  if (configMap === undefined)
    report.unknown(
      'cluster.not-found',
      'ConfigMap kube-system/eni-config does not exist: what Terway runs with is not readable',
    );
  else if (daemon === undefined)
    report.found('configUnreadable', eniConfig, {
      data: {},
      evidence: [{ where: eniConfigWhere('eni_conf'), value: configMap.data.eni_conf ?? 'key absent' }],
      affects: { workloads: ['terway-eniip', 'terway-eni'] },
    });
}

/** Pods that are down: by known fault, else by state; the youngest apart. */
function reportDown(
  { about, living, crashes }: Subject & { readonly crashes: Crashes },
  report: Report,
  now: Date,
): void {
  const read = new Map(crashes.crashes.map((crash) => [crash.pod, crash]));
  const down = living.filter(({ ready }) => !ready);
  const refused = down.flatMap((pod) => {
    const fault = lastingFault(pod, read.get(pod));
    return fault === undefined ? [] : [{ pod, ...fault }];
  });
  const told = new Set(refused.map(({ pod }) => pod));
  // One cause repeats itself: pods beyond the sample are told with the cause that its logs name.
  const main = refused.find(({ pod, logged }) => logged && read.has(pod))?.cause;
  const unread = main === undefined ? [] : down.filter((pod) => !told.has(pod) && !read.has(pod));
  for (const [cause, members] of groupBy(refused, (entry) => entry.cause)) {
    const own = [...members.map(({ pod }) => pod), ...(cause === main ? unread : [])];
    report.found('initFailed', about, {
      data: { count: own.length, cause, nodes: nodesOf(own) },
      evidence: members.slice(0, SHOWN).map(({ evidence }) => evidence),
      affects: affectedBy(own),
    });
  }

  const rest = groupBy(
    down.filter((pod) => !told.has(pod) && !unread.includes(pod)),
    (pod) => (isStarting(pod, now) ? undefined : stateWord(pod)),
  );
  for (const [state, members] of rest) {
    const data = { count: members.length, nodes: nodesOf(members) };
    const states = members.slice(0, SHOWN).map(stateEvidence);
    if (state === undefined) report.found('starting', about, { data, evidence: states });
    else
      report.found('notReady', about, {
        data: { ...data, total: living.length, state, last: lastOf(members.map((pod) => read.get(pod))) },
        evidence: [...states, ...linesOf(members.flatMap((pod) => read.get(pod) ?? []))],
        affects: affectedBy(members),
      });
  }
}

const LONGEST = 300;

function lastOf(said: readonly (Crash | undefined)[]): string {
  const last = said.find((crash) => crash?.lastWords !== undefined)?.lastWords;
  return last === undefined ? '' : ` The last words of one: “${last.slice(0, LONGEST)}”.`;
}

const LAST_LINES = 2;

/** The last words of each, and for one the lines before them. */
const linesOf = (said: readonly Crash[]): readonly Evidence[] =>
  said.flatMap((crash, index) => {
    const lines = index === 0 ? crash.lines.slice(-LAST_LINES) : [];
    const last = crash.lastWords === undefined ? [] : [crash.lastWords];
    return [...new Set([...last, ...lines])].map((line) => crashLine(crash, line));
  });

const lacksPods = ({ name, desired }: DaemonSetView, { pods: all }: Pick<Facts, 'pods'>): boolean =>
  all.filter(({ owner }) => owner?.name === name).length < desired;

/** A pod that is being replaced is not missing. */
function reportMissing(set: DaemonSetView, { sets, pods: all, nodes: list }: Facts, report: Report): void {
  const own = all.filter(({ owner }) => owner?.name === set.name);
  if (sets.every(({ desired }) => desired === 0) && all.length === 0)
    report.unknown('check.no-evidence', `${statusOf(set)} wants no pod, and there is none to look at`);
  if (own.length >= set.desired) return;
  const covered = new Set(all.map(({ node }) => node));
  const bare = list.filter(({ name }) => !covered.has(name)).map(({ name }) => name);
  report.found('missing', aboutSet(set), {
    data: {
      daemonSet: set.name,
      desired: set.desired,
      present: own.length,
      nodes: listed(bare) || 'none that acknet knows',
    },
    evidence: [{ where: statusOf(set), value: numbersOf(set) }],
    affects: { nodes: bare, workloads: [set.name] },
  });
}

function reportOlder(
  { configMap }: TerwayConfig,
  { about, living, context }: Subject & { readonly context: JudgeContext },
  report: Report,
): void {
  if (configMap === undefined) return;
  const old = startedBefore(living, configMap);
  const written = configMap.writtenAt ?? '';
  const untold = untoldRestarts(context.identity.kubernetes, { configMap, pods: living });
  if (old.length === 0 && untold !== undefined)
    report.unknown('check.no-evidence', untold, ['olderThanConfig']);
  if (old.length > 0)
    report.found('olderThanConfig', about, {
      data: { count: old.length, total: living.length, written, nodes: nodesOf(old) },
      evidence: [writeEvidence(configMap), ...old.slice(0, SHOWN).map(startEvidence)],
    });
}

const affectedBy = (down: readonly PodView[]) => ({
  nodes: down.flatMap(({ node }) => node ?? []),
  workloads: down.flatMap(({ owner }) => owner?.name ?? []),
});

const aboutSet = ({ name }: DaemonSetView) => ({ kind: 'DaemonSet', namespace: 'kube-system', name });
const statusOf = ({ name }: DaemonSetView): string => `DaemonSet kube-system/${name}, status`;

const isStarting = (pod: PodView, now: Date): boolean =>
  now.getTime() - Date.parse(pod.createdAt ?? '') < GRACE_MS &&
  pod.containers.every(({ restarts, reason }) => restarts === 0 && !/BackOff|Err/.test(reason ?? ''));

const nodesOf = (list: readonly PodView[]): string => listed(list.map(({ node }) => node ?? 'no node yet'));

const numbersOf = ({ desired, ready, updated, generation, observedGeneration }: DaemonSetView): string =>
  `${ready} of ${desired} ready, ${updated} of the present revision${observedGeneration < generation ? ' (status is behind the spec)' : ''}`;
