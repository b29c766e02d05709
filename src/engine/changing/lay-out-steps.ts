import { labelOf } from '../../cluster/object-label.js';
import type { ClusterReader } from '../../cluster/ports.js';
import { pods } from '../../cluster/views/pod.js';
import type { Step, StoredChange } from '../../proposals/proposal.js';
import { evictable } from '../../remediations/node/evictable-pods.js';
import { objectWrites } from '../planning/object-writes.js';
import type { RolloutFacts } from '../planning/rollout-facts.js';

const pending = (id: string, title: string): Step => ({ id, title, state: 'pending' });

export const rollStepId = (daemonSet: string, node: string): string => `roll ${daemonSet} ${node}`;
export const evictStepId = (node: string, pod: string): string => `evict ${node} ${pod}`;
export const drainedStepId = (node: string): string => `drained ${node}`;

/** The apply order: each object once, then pod by pod in the order of the roll-out, then what a drain evicts. */
export async function layOutSteps(
  reader: ClusterReader,
  changes: readonly StoredChange[],
  rollouts: readonly RolloutFacts[],
): Promise<Step[]> {
  const drains = changes.filter((change) => change.verb === 'drain');
  return [
    ...objectWrites(changes).map(({ id, about }) => pending(id, `Write ${labelOf(about)}`)),
    ...rollouts.flatMap(({ rollout: { daemonSet }, pods: rolled }) =>
      rolled.map(({ node = '' }) => pending(rollStepId(daemonSet, node), `Restart ${daemonSet} on ${node}`)),
    ),
    ...(await Promise.all(drains.map(({ about }) => drainSteps(reader, about.name)))).flat(),
  ];
}

async function drainSteps(reader: ClusterReader, node: string): Promise<Step[]> {
  const there = await reader.list(pods, { fieldSelector: `spec.nodeName=${node}` });
  const names = there
    .filter(evictable)
    .map(({ namespace, name }) => `${namespace}/${name}`)
    .sort();
  return [
    ...names.map((name) => pending(evictStepId(node, name), `Evict ${name} from ${node}`)),
    pending(drainedStepId(node), `See ${node} empty`),
  ];
}
