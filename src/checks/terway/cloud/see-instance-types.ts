import type { CloudReader } from '../../../cloud/ports.js';
import { type InstanceType, instanceTypes, TYPES_PER_CALL } from '../../../cloud/views/instance-type.js';
import type { NodeView } from '../../../cluster/views/node.js';

export const instanceTypeActions = ['ecs:DescribeInstanceTypes'] as const;

/** What ECS says of the nodes' instance types, by name; a type that it does not list is not there. */
export async function seeInstanceTypes(
  cloud: CloudReader,
  nodes: readonly NodeView[],
): Promise<ReadonlyMap<string, InstanceType>> {
  const types = [...new Set(nodes.flatMap((node) => instanceTypeOf(node) ?? []))];
  const calls = Array.from({ length: Math.ceil(types.length / TYPES_PER_CALL) }, (_, index) =>
    cloud.read(instanceTypes, {
      InstanceTypes: types.slice(index * TYPES_PER_CALL, (index + 1) * TYPES_PER_CALL),
    }),
  );
  const found = (await Promise.all(calls)).flatMap(({ items }) => items);
  return new Map(found.map((type) => [type.id, type]));
}

export const instanceTypeOf = ({ labels }: NodeView): string | undefined =>
  labels['node.kubernetes.io/instance-type'] ?? labels['beta.kubernetes.io/instance-type'];
