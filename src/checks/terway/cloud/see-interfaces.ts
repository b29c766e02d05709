import type { CloudReader } from '../../../cloud/ports.js';
import { type NetworkInterface, networkInterfaces } from '../../../cloud/views/network-interface.js';
import { groupBy } from '../../group-by.js';
import type { SupplyFacts } from '../address-supply.js';
import { type CountedVSwitches, countVSwitches, vSwitchCountActions } from './count-vswitches.js';
import { wantedVSwitches } from './judge-counts.js';
import { instanceTypeActions, seeInstanceTypes } from './see-instance-types.js';

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
  ...instanceTypeActions,
  'ecs:DescribeNetworkInterfaces',
] as const;

export async function seeInterfaces(cloud: CloudReader, facts: SupplyFacts): Promise<SeenInterfaces> {
  const counted = await countVSwitches(cloud, wantedVSwitches(facts));
  const [types, { items }] = await Promise.all([
    seeInstanceTypes(cloud, facts.nodes),
    cloud.read(networkInterfaces, { VpcId: counted.vpc }),
  ]);
  const attached = items.filter(({ instance }) => instance !== undefined);
  return {
    clusterId: cloud.clusterId,
    counted,
    all: items,
    byInstance: groupBy(attached, ({ instance = '' }) => instance),
    quotaOf: new Map([...types].map(([id, { enis }]) => [id, enis])),
  };
}
