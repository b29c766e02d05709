import { labelOf } from '../../cluster/object-label.js';
import type { ClusterReader } from '../../cluster/ports.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import type { PodView } from '../../cluster/views/pod.js';
import type { Step } from '../../proposals/step.js';
import { hostFacts } from '../planning/facts/gather-basis.js';
import type { Drained } from '../planning/facts/gather-drains.js';
import { type ObjectWrite, objectWrites } from '../planning/facts/object-writes.js';
import { type RolloutFacts, readyStatus } from '../planning/facts/rollout-facts.js';
import type { PlanFacts } from '../planning/plan-facts.js';

/** The apply order: each object once, then pod by pod in the order of the roll-out, then what a drain evicts. */
export async function layOutSteps(
  reader: ClusterReader,
  { changes, rollouts, drained }: Pick<PlanFacts, 'changes' | 'rollouts' | 'drained'>,
): Promise<Step[]> {
  return [
    ...objectWrites(changes).map(writeStep),
    ...(await restartSteps(reader, rollouts)),
    ...drained.flatMap(drainSteps),
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
    rolled.map((pod) => restartStep(daemonSet, pod, hosts)),
  );
}

function restartStep(
  daemonSet: string,
  { name, node = '' }: PodView,
  hosts: ReadonlyMap<string, NodeView>,
): Step {
  const host = hosts.get(node);
  return {
    kind: 'restart',
    id: `restart ${daemonSet} ${node}`,
    title: `Restart ${daemonSet} on ${node}`,
    state: 'pending',
    daemonSet,
    node,
    pod: name,
    wasReady: host === undefined ? 'Unknown' : readyStatus(host),
    host: host === undefined ? [] : hostFacts(host),
  };
}

/** Of the pods that the digest is of, and no others. */
function drainSteps({ node, pods }: Drained): Step[] {
  const leaving = pods.map(({ namespace, name, uid }) => ({ pod: `${namespace}/${name}`, uid }));
  return [
    ...leaving.sort((a, b) => (a.pod < b.pod ? -1 : 1)).map((one) => evictStep(node, one)),
    { kind: 'see-empty', id: `see-empty ${node}`, title: `See ${node} empty`, state: 'pending', node },
  ];
}

const evictStep = (node: string, { pod, uid }: { pod: string; uid: string }): Step => ({
  kind: 'evict',
  id: `evict ${node} ${pod}`,
  title: `Evict ${pod} from ${node}`,
  state: 'pending',
  node,
  pod,
  uid,
});
