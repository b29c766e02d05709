import { isFlannelPod } from '../../cluster/network-daemon-sets.js';
import type { ClusterReader } from '../../cluster/ports.js';
import { type DaemonSetView, daemonSets } from '../../cluster/views/daemon-set.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import { type PodView, pods } from '../../cluster/views/pod.js';
import { type Crashes, gatherCrashes } from '../crashes/crash.js';
import { withoutLeftovers } from '../crashes/leftovers.js';
import { apartFromLost, lostDetail } from '../crashes/lost-pods.js';
import { restartingDetail } from '../crashes/restarting.js';
import { uncoveredDetail } from '../crashes/uncovered.js';
import { defineCheck, type JudgeContext, type Judgement } from '../judging/define-check.js';
import { listed } from '../listed.js';
import { isNetworkedNode } from '../node-kinds.js';
import {
  eniConfig,
  eniConfigWhere,
  gatherTerwayConfig,
  needsTerway,
  type TerwayConfig,
  terwayConfigReads,
} from './terway-config.js';
import { nodesOf, reportDown, type Subject } from './daemon/report-down.js';
import { terwayPodsMessages } from './daemon/terway-pods-messages.js';
import { restartsLeft } from './restarts-left.js';
import { CRASH_SAMPLE } from './terway-pod-state.js';
import { isTerwayPod, isTerwaySet } from './terway-pods.js';

type Report = Judgement<typeof terwayPodsMessages>;

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
  messages: terwayPodsMessages,

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
  const written = configMap.writtenAt ?? '';
  const { old, untold, evidence } = restartsLeft(living, configMap, context.identity.kubernetes);
  if (untold !== undefined) report.unknown('check.no-evidence', untold, ['olderThanConfig']);
  if (old.length > 0)
    report.found('olderThanConfig', about, {
      data: { count: old.length, total: living.length, written, nodes: nodesOf(old) },
      evidence,
    });
}

const aboutSet = ({ name }: DaemonSetView) => ({ kind: 'DaemonSet', namespace: 'kube-system', name });
const statusOf = ({ name }: DaemonSetView): string => `DaemonSet kube-system/${name}, status`;

const numbersOf = ({ desired, ready, updated, generation, observedGeneration }: DaemonSetView): string =>
  `${ready} of ${desired} ready, ${updated} of the present revision${observedGeneration < generation ? ' (status is behind the spec)' : ''}`;
