import { isFlannelPod } from '../../cluster/network-daemon-sets.js';
import type { EventView } from '../../cluster/views/event.js';
import type { NodeView } from '../../cluster/views/node.js';
import type { PodView } from '../../cluster/views/pod.js';
import { groupBy } from '../group-by.js';
import { isTerwayPod } from '../terway/terway-pods.js';
import { waitsForOtherThing } from './stuck-causes.js';

/** The kubelet tries a pod's sandbox again at least so often: its longest back-off, and a minute for the start itself. */
const PATIENCE_MS = 360_000;

/** Code of what is open for that. */
export const RECOVERING = 'check.recovering';

interface RecoveryFacts {
  readonly pods: readonly PodView[];
  readonly nodes: readonly NodeView[];
  readonly events: readonly EventView[];
  readonly now: Date;
}

/** ISO time since when a waiting pod only waits for its next try; undefined = nothing shows that it does. */
export type Recovery = (pod: PodView) => string | undefined;

/**
 * What ends a wait for the network is a fresh pod of the plugin on the node (a fix restarts it; all times are the
 * server's). From then on a pod that failed before recovers, until it or its node fails again or too long has passed.
 */
export function createRecovery({ pods, nodes, events, now }: RecoveryFacts): Recovery {
  const mended = mendedNodes(pods, nodes);
  const warnings = events.filter(({ type }) => type !== 'Normal');
  const ofPods = groupBy(warnings, ({ about }) => `${about.kind} ${about.namespace}/${about.name}`);
  const ofNodes = groupBy(
    warnings.filter(({ about }) => about.kind === 'Node'),
    ({ about }) => about.name,
  );
  return (pod) => {
    const since = mended.get(pod.node ?? '');
    if (since === undefined || now.getTime() - Date.parse(since) > PATIENCE_MS) return undefined;
    const failures = (ofPods.get(`Pod ${pod.namespace}/${pod.name}`) ?? []).filter(
      (event) => isSamePod(event, pod) && !waitsForOtherThing(event),
    );
    const signs = [...failures, ...(ofNodes.get(pod.node ?? '') ?? [])];
    const failsAgain = signs.some(({ at }) => !(Date.parse(at) < Date.parse(since)));
    return failures.length === 0 || failsAgain ? undefined : since;
  };
}

const isSamePod = ({ about }: EventView, { uid }: PodView): boolean =>
  about.uid === '' || uid === '' || about.uid === uid;

/** When the network came back, by node. A plugin that was restarted by its own end has come to nothing yet. */
function mendedNodes(pods: readonly PodView[], nodes: readonly NodeView[]): ReadonlyMap<string, string> {
  const ready = new Set(nodes.filter(isReady).map(({ name }) => name));
  const plugins = pods.filter((pod) => isTerwayPod(pod) || isFlannelPod(pod));
  return new Map(
    plugins.flatMap((pod): [string, string][] => {
      const since = freshSince(pod);
      return pod.node === undefined || since === undefined || !ready.has(pod.node) ? [] : [[pod.node, since]];
    }),
  );
}

const isReady = ({ conditions }: NodeView): boolean =>
  conditions.some(({ type, status }) => type === 'Ready' && status === 'True');

/** Start of its youngest container. */
function freshSince({ ready, deleting, containers }: PodView): string | undefined {
  if (!ready || deleting || containers.some(({ restarts }) => restarts > 0)) return undefined;
  return containers
    .flatMap(({ startedAt }) => startedAt ?? [])
    .toSorted((a, b) => Date.parse(a) - Date.parse(b))
    .at(-1);
}
