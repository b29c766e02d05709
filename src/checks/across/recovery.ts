import { speaksOfNetwork } from '../../cluster/cni-wordings.js';
import { isFlannelPod } from '../../cluster/network-daemon-sets.js';
import type { EventView } from '../../cluster/views/event.js';
import type { NodeView } from '../../cluster/views/node.js';
import type { PodView } from '../../cluster/views/pod.js';
import { isAboutPod } from '../about-pod.js';
import type { Mended } from '../judging/define-check.js';
import { groupBy } from '../group-by.js';
import { isTerwayPod } from '../terway/terway-pods.js';
import { endOf, isLately } from './mended.js';
import { waitsForOtherThing } from './stuck-causes.js';

/** Code of what is open for that. */
export const RECOVERING = 'check.recovering';

interface RecoveryFacts {
  readonly pods: readonly PodView[];
  readonly nodes: readonly NodeView[];
  readonly events: readonly EventView[];
  readonly now: Date;
  /** Fixes that ended lately. Without one nothing recovers: what waits then, waits. */
  readonly mended?: readonly Mended[] | undefined;
}

/** ISO time of the fix since which a waiting pod only waits for its next try; undefined = nothing shows that it does. */
export type Recovery = (pod: PodView) => string | undefined;

/**
 * The kubelet tries a sandbox again after its back-off, so a pod that a fix was for waits for a while longer. It recovers
 * where it failed before the fix ended and neither it nor its node has failed since, for as long as the back-off can be.
 * All times are the server's.
 */
export function createRecovery({ pods, nodes, events, now, mended = [] }: RecoveryFacts): Recovery {
  const lately = mended.filter((fix) => isLately(fix, now));
  if (lately.length === 0) return () => undefined;
  const warnings = events.filter(({ type }) => type !== 'Normal');
  const ofPods = groupBy(warnings, ({ about }) => `${about.namespace}/${about.name}`);
  const ofNodes = groupBy(
    warnings.filter(({ about }) => about.kind === 'Node'),
    ({ about }) => about.name,
  );
  const nodeOf = new Map(nodes.map((entry) => [entry.name, entry]));
  const served = new Set(pods.filter(isSteadyPlugin).map(({ node }) => node));
  return (pod) => {
    const { node = '' } = pod;
    const fix = lately
      .filter((entry) => isFor(entry, pod))
      .toSorted((a, b) => b.at.getTime() - a.at.getTime())[0];
    if (fix === undefined || !served.has(node) || !mayServe(nodeOf.get(node), fix)) return undefined;
    const since = fix.at.getTime();
    const failures = (ofPods.get(nameOf(pod)) ?? []).filter(
      (event) => isAboutPod(event, pod) && !waitsForOtherThing(event),
    );
    const signs = [...failures, ...(ofNodes.get(node) ?? [])];
    const failsAgain = signs.some((event) => !(Date.parse(event.at) < since));
    return failures.length === 0 || failsAgain ? undefined : endOf(fix);
  };
}

const nameOf = ({ namespace, name }: PodView): string => `${namespace}/${name}`;

/** Whether a fix was for something that keeps this pod waiting. */
const isFor = ({ findings }: Mended, pod: PodView): boolean =>
  findings.some(
    ({ severity, explains }) =>
      severity === 'problem' &&
      explains?.kinds.includes('pod-waiting') === true &&
      ((explains.nodes?.includes(pod.node ?? '') ?? false) ||
        (explains.pods?.includes(nameOf(pod)) ?? false)),
  );

/** Ready, or not Ready for want of its network since before the fix: its kubelet has yet to look again. */
const mayServe = (node: NodeView | undefined, { at }: Mended): boolean =>
  node?.conditions.some(
    ({ type, status, message, changedAt = '' }) =>
      type === 'Ready' &&
      (status === 'True' || (speaksOfNetwork(message) && Date.parse(changedAt) < at.getTime())),
  ) === true;

/** The plugin runs, and has not ended by itself since it was made. */
const isSteadyPlugin = (pod: PodView): boolean =>
  (isTerwayPod(pod) || isFlannelPod(pod)) &&
  pod.ready &&
  !pod.deleting &&
  pod.containers.every(({ restarts }) => restarts === 0);
