import type { InstanceType } from '../../cloud/views/instance-type.js';
import type { NodeView } from '../../cluster/views/node.js';
import type { PodView } from '../../cluster/views/pod.js';
import type { TerwayNodeView } from '../../cluster/views/terway/terway-node.js';
import { instanceTypeOf } from './cloud/see-instance-types.js';
import type { EniMode } from './exclusive-node.js';
import { holdsAddress } from './terway-pods.js';

/** How many pods with an address of their own a node can carry, and how many it does. Source: cluster-signals 2.8, ack-docs 3.1. */
export interface NodeCapacity {
  readonly node: string;
  readonly used: number;
  readonly capacity: number;
  /** Field the capacity is from. */
  readonly where: string;
  /** What the node itself says, where that is more than its instance type has addresses for. */
  readonly overstated?: Limit | undefined;
}

interface CapacityFacts {
  readonly nodes: readonly NodeView[];
  readonly pods: readonly PodView[];
  readonly terwayNodes: readonly TerwayNodeView[] | undefined;
  /** As `eniModes` tells it. */
  readonly modeOf: (node: string) => EniMode | undefined;
  /** `enable_ip_prefix`: no formula holds then. */
  readonly prefixMode: boolean;
  /** By name, as ECS tells them; absent = it was not asked, or no formula holds. */
  readonly types?: ReadonlyMap<string, InstanceType> | undefined;
}

/** Nodes whose capacity cannot be told are left out. */
export function nodeCapacities(facts: CapacityFacts): readonly NodeCapacity[] {
  const resources = new Map((facts.terwayNodes ?? []).map((entry) => [entry.name, entry]));
  const counts = countPods(facts.pods);
  return facts.nodes.flatMap((node) => {
    const mode = facts.modeOf(node.name);
    if (mode === undefined) return [];
    const exclusive = mode === 'exclusive';
    const resource = resources.get(node.name);
    if (!exclusive && (facts.prefixMode || resource?.prefixMode === true)) return [];
    const own = exclusive ? exclusiveLimit(node, resource) : sharedLimit(node, resource);
    const limit = narrowed(own, typeLimit(node, { exclusive, types: facts.types }));
    if (limit === undefined) return [];
    const { all = 0, trunk = 0 } = counts.get(node.name) ?? {};
    return [{ node: node.name, used: exclusive ? all : all - trunk, ...limit }];
  });
}

/** Pods with an address of their own by node; there may be 150,000. */
function countPods(pods: readonly PodView[]): ReadonlyMap<string, { all: number; trunk: number }> {
  const counts = new Map<string, { all: number; trunk: number }>();
  for (const pod of pods) {
    if (pod.node === undefined || !holdsAddress(pod)) continue;
    const count = counts.get(pod.node) ?? { all: 0, trunk: 0 };
    count.all += 1;
    if (onTrunk(pod)) count.trunk += 1;
    counts.set(pod.node, count);
  }
  return counts;
}

/** Pods with an ENI of their own behind the trunk take none of the shared addresses. */
const onTrunk = ({ annotations }: PodView): boolean => annotations['k8s.aliyun.com/pod-eni'] === 'true';

type Limit = Pick<NodeCapacity, 'capacity' | 'where'>;

function exclusiveLimit(node: NodeView, resource: TerwayNodeView | undefined): Limit | undefined {
  return (
    limit(Number(node.allocatable['aliyun/eni']), `Node ${node.name}, status.allocatable["aliyun/eni"]`) ??
    limit(
      (resource?.adapters ?? 0) - 1,
      `nodes.network.alibabacloud.com ${node.name}, spec.nodeCap.adapters - 1`,
    )
  );
}

/** The annotation is wrong in some versions before 1.11.1, so the node's own figures come first. */
function sharedLimit(node: NodeView, resource: TerwayNodeView | undefined): Limit | undefined {
  return (
    limit(
      ((resource?.adapters ?? 0) - 1) * (resource?.ipv4PerAdapter ?? 0),
      `nodes.network.alibabacloud.com ${node.name}, (spec.nodeCap.adapters - 1) x ipv4PerAdapter`,
    ) ??
    limit(
      Number(node.annotations['k8s.aliyun.com/max-available-ip']),
      `Node ${node.name}, annotation k8s.aliyun.com/max-available-ip`,
    )
  );
}

/** Terway's own formulas. Source: notes on the cloud API, 8. */
function typeLimit(
  node: NodeView,
  { exclusive, types }: { readonly exclusive: boolean } & Pick<CapacityFacts, 'types'>,
): Limit | undefined {
  const type = types?.get(instanceTypeOf(node) ?? '');
  if (type === undefined) return undefined;
  return exclusive
    ? limit(type.enis - 1, `DescribeInstanceTypes ${type.id}, EniQuantity - 1`)
    : limit(
        (type.enis - 1) * type.addressesPerEni,
        `DescribeInstanceTypes ${type.id}, (EniQuantity - 1) x EniPrivateIpAddressQuantity`,
      );
}

/** The instance type bounds what a node says of itself; less than it can have other causes, such as ERDMA. */
const narrowed = (
  own: Limit | undefined,
  ofType: Limit | undefined,
): (Limit & Pick<NodeCapacity, 'overstated'>) | undefined =>
  own !== undefined && ofType !== undefined && own.capacity > ofType.capacity
    ? { ...ofType, overstated: own }
    : (own ?? ofType);

const limit = (capacity: number, where: string): Limit | undefined =>
  Number.isInteger(capacity) && capacity > 0 ? { capacity, where } : undefined;
