import type { CloudReader } from '../../../cloud/ports.js';
import { instanceTypes, TYPES_PER_CALL } from '../../../cloud/views/instance-type.js';
import { type NetworkInterface, networkInterfaces } from '../../../cloud/views/network-interface.js';
import type { NodeView } from '../../../cluster/views/node.js';
import { groupBy } from '../../group-by.js';
import type { SupplyFacts } from '../address-supply.js';
import { type CountedVSwitches, countVSwitches, vSwitchCountActions } from './count-vswitches.js';
import { wantedVSwitches } from './judge-counts.js';

/** ENIs of the cluster's VPC, and how many each instance type takes. */
export interface SeenInterfaces {
  readonly clusterId: string;
  readonly counted: CountedVSwitches;
  readonly all: readonly NetworkInterface[];
  readonly byInstance: ReadonlyMap<string, readonly NetworkInterface[]>;
  /** The primary one among them. */
  readonly quotaOf: ReadonlyMap<string, number>;
}

export const interfaceActions = [
  ...vSwitchCountActions,
  'ecs:DescribeInstanceTypes',
  'ecs:DescribeNetworkInterfaces',
] as const;

export async function seeInterfaces(cloud: CloudReader, facts: SupplyFacts): Promise<SeenInterfaces> {
  const counted = await countVSwitches(cloud, wantedVSwitches(facts));
  const [quotaOf, { items }] = await Promise.all([
    readQuotas(cloud, [...new Set(facts.nodes.flatMap((node) => instanceTypeOf(node) ?? []))]),
    cloud.read(networkInterfaces, { VpcId: counted.vpc }),
  ]);
  const attached = items.filter(({ instance }) => instance !== undefined);
  return {
    clusterId: cloud.clusterId,
    counted,
    all: items,
    byInstance: groupBy(attached, ({ instance = '' }) => instance),
    quotaOf,
  };
}

async function readQuotas(
  cloud: CloudReader,
  types: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const calls = Array.from({ length: Math.ceil(types.length / TYPES_PER_CALL) }, (_, index) =>
    cloud.read(instanceTypes, {
      InstanceTypes: types.slice(index * TYPES_PER_CALL, (index + 1) * TYPES_PER_CALL),
    }),
  );
  const found = (await Promise.all(calls)).flatMap(({ items }) => items);
  return new Map(found.map(({ id, enis }) => [id, enis]));
}

export const instanceTypeOf = ({ labels }: NodeView): string | undefined =>
  labels['node.kubernetes.io/instance-type'] ?? labels['beta.kubernetes.io/instance-type'];
