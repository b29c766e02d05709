import { labelOf } from '../../cluster/object-label.js';
import type { ClusterReader } from '../../cluster/ports.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import { pods } from '../../cluster/views/pod.js';
import type { StoredChange } from '../../proposals/proposal.js';
import type { Step } from '../../proposals/step.js';
import { evictable } from '../../remediations/node/evictable-pods.js';
import { hostFacts } from '../planning/gather-basis.js';
import { type ObjectWrite, objectWrites } from '../planning/object-writes.js';
import { type RolloutFacts, readyStatus } from '../planning/rollout-facts.js';

/** The apply order: each object once, then pod by pod in the order of the roll-out, then what a drain evicts. */
export async function layOutSteps(
  reader: ClusterReader,
  changes: readonly StoredChange[],
  rollouts: readonly RolloutFacts[],
): Promise<Step[]> {
  const drains = changes.filter((change) => change.verb === 'drain');
  return [
    ...objectWrites(changes).map(writeStep),
    ...(await restartSteps(reader, rollouts)),
    ...(await Promise.all(drains.map(({ about }) => drainSteps(reader, about.name)))).flat(),
  ];
}

const writeStep = ({ id, about }: ObjectWrite): Step => ({
  kind: 'write',
  id,
  title: `Write ${labelOf(about)}`,
  state: 'pending',
  about,
});

async function restartSteps(reader: ClusterReader, rollouts: readonly RolloutFacts[]): Promise<Step[]> {
  if (rollouts.length === 0) return [];
  const hosts = new Map((await reader.list(nodes)).map((host) => [host.name, host]));
  return rollouts.flatMap(({ rollout: { daemonSet }, pods: rolled }) =>
    rolled.map(({ node = '' }) => restartStep(daemonSet, node, hosts.get(node))),
  );
}

const restartStep = (daemonSet: string, node: string, host: NodeView | undefined): Step => ({
  kind: 'restart',
  id: `restart ${daemonSet} ${node}`,
  title: `Restart ${daemonSet} on ${node}`,
  state: 'pending',
  daemonSet,
  node,
  wasReady: host === undefined ? 'Unknown' : readyStatus(host),
  host: host === undefined ? [] : hostFacts(host),
});

async function drainSteps(reader: ClusterReader, node: string): Promise<Step[]> {
  const there = await reader.list(pods, { fieldSelector: `spec.nodeName=${node}` });
  const names = there
    .filter(evictable)
    .map(({ namespace, name }) => `${namespace}/${name}`)
    .sort();
  return [
    ...names.map((pod) => evictStep(node, pod)),
    { kind: 'see-empty', id: `see-empty ${node}`, title: `See ${node} empty`, state: 'pending', node },
  ];
}

const evictStep = (node: string, pod: string): Step => ({
  kind: 'evict',
  id: `evict ${node} ${pod}`,
  title: `Evict ${pod} from ${node}`,
  state: 'pending',
  node,
  pod,
});
