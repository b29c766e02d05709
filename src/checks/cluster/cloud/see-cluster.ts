import type { CloudReader } from '../../../cloud/ports.js';
import { type ClusterDetail, clusterDetails } from '../../../cloud/views/cluster-detail.js';
import { type VSwitch, vSwitches } from '../../../cloud/views/v-switch.js';

/** What the cluster was created with, and the vSwitches of its VPC. */
export interface SeenCluster {
  readonly detail: ClusterDetail;
  readonly detailAt: Date;
  readonly vSwitches: ReadonlyMap<string, VSwitch>;
  /** Free addresses are those of this moment. */
  readonly countedAt: Date;
}

export const clusterActions = ['cs:DescribeClusterDetail', 'vpc:DescribeVSwitches'] as const;

export async function seeCluster(cloud: CloudReader): Promise<SeenCluster | undefined> {
  const { items, at } = await cloud.read(clusterDetails);
  const [detail] = items;
  if (detail === undefined) return undefined;
  const listed = await cloud.read(vSwitches, { VpcId: detail.vpc });
  return {
    detail,
    detailAt: at,
    vSwitches: new Map(listed.items.map((entry) => [entry.id, entry])),
    countedAt: listed.at,
  };
}
