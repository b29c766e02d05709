import type { ClusterReader } from '../../../cluster/ports.js';
import { controllerRevisions } from '../../../cluster/views/controller-revision.js';
import { type DaemonSetView, daemonSets } from '../../../cluster/views/daemon-set.js';
import { type NodeView, nodes } from '../../../cluster/views/node.js';
import { type PodView, pods } from '../../../cluster/views/pod.js';
import type { Rollout, StoredChange } from '../../../proposals/proposal.js';

export type RollChange = Extract<StoredChange, { verb: 'roll-pods' }>;

export interface RolloutFacts {
  readonly rollout: Rollout;
  /** In the order in which they will be replaced; one a node. */
  readonly pods: readonly PodView[];
}

export const rollChanges = (changes: readonly StoredChange[]): RollChange[] =>
  changes.filter((change) => change.verb === 'roll-pods');

const place = ({ about }: RollChange): { namespace: string; name: string } => ({
  namespace: about.namespace ?? 'kube-system',
  name: about.name,
});

/** The pods that a selector finds and that the DaemonSet owns: a label alone must not get a stranger deleted. */
export async function ownedPods(
  reader: ClusterReader,
  change: RollChange,
  on?: string,
): Promise<readonly PodView[]> {
  const { namespace, name } = place(change);
  const found = await reader.list(pods, {
    namespace,
    labelSelector: change.selector,
    fieldSelector: on === undefined ? undefined : `spec.nodeName=${on}`,
  });
  return found.filter(
    ({ owner, node }) =>
      owner?.kind === 'DaemonSet' &&
      owner.name === name &&
      (change.nodes === undefined || (node !== undefined && change.nodes.includes(node))),
  );
}

export async function gatherRollout(reader: ClusterReader, change: RollChange): Promise<RolloutFacts> {
  const { namespace, name } = place(change);
  const [set, owned, revisions, hosts] = await Promise.all([
    reader.get(daemonSets, { namespace, name }),
    ownedPods(reader, change),
    reader.list(controllerRevisions, { namespace }),
    reader.list(nodes),
  ]);
  const newest = revisions
    .filter(({ owner }) => owner?.kind === 'DaemonSet' && owner.name === name)
    .sort((a, b) => b.revision - a.revision)[0];
  const running = owned.filter(({ node }) => node !== undefined);
  const ordered = inRollOrder(running, hosts, change.canary ?? []);
  return {
    pods: ordered,
    rollout: {
      daemonSet: name,
      pods: ordered.length,
      strategy: set.updateStrategy,
      alsoChanges: ordered.flatMap((pod) => alsoChanges(pod, set, newest?.hash)),
    },
  };
}

/** What a restart brings besides the config: without revisions to compare with, the images tell. */
function alsoChanges(
  pod: PodView,
  set: DaemonSetView,
  currentHash: string | undefined,
): Rollout['alsoChanges'] {
  const moved = set.containers.flatMap(({ name, image }) => {
    const present = pod.containers.find((container) => container.name === name)?.image;
    return present === image ? [] : [{ from: present ?? `no container ${name}`, to: image }];
  });
  const stale = currentHash !== undefined && pod.labels['controller-revision-hash'] !== currentHash;
  if (moved.length === 0 && !stale) return [];
  const change = moved[0] ?? { from: 'an older pod template', to: 'the current pod template' };
  return [{ node: pod.node ?? '', ...change }];
}

/** Named canaries, then nodes that are NotReady (least to lose), then the rest; silent kubelets last. */
function inRollOrder(
  list: readonly PodView[],
  hosts: readonly NodeView[],
  canary: readonly string[],
): readonly PodView[] {
  const readiness = new Map(hosts.map((host) => [host.name, readyStatus(host)]));
  const rank = ({ node = '' }: PodView): number => {
    if (canary.includes(node)) return 0;
    const ready = readiness.get(node);
    return ready === 'False' ? 1 : ready === 'True' ? 2 : 3;
  };
  return [...list].sort((a, b) => rank(a) - rank(b) || ((a.node ?? '') < (b.node ?? '') ? -1 : 1));
}

export const readyStatus = ({ conditions }: NodeView): string =>
  conditions.find(({ type }) => type === 'Ready')?.status ?? 'Unknown';
