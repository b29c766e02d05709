import type { CloudReader } from '../../../cloud/ports.js';
import { clusterDetails } from '../../../cloud/views/cluster-detail.js';
import { type VSwitch, vSwitchById, vSwitches } from '../../../cloud/views/v-switch.js';
import { isAcknetError } from '../../../errors.js';

/** vSwitches as the account has them, and how many addresses each had left when it was asked. */
export interface CountedVSwitches {
  /** The cluster's VPC. */
  readonly vpc: string;
  readonly at: Date;
  readonly all: readonly VSwitch[];
  readonly byId: ReadonlyMap<string, VSwitch>;
  /** Ids that were asked for, and that no VPC has, with the cloud's own words. */
  readonly gone: ReadonlyMap<string, string>;
  /** Ids whose existence could not be settled, and why. */
  readonly unsettled: ReadonlyMap<string, string>;
}

export const vSwitchCountActions = [
  'cs:DescribeClusterDetail',
  'vpc:DescribeVSwitches',
  'vpc:DescribeVSwitchAttributes',
] as const;

/** What the VPC does not list is asked for by its id: it may stand in another VPC, or belong to another account. */
export async function countVSwitches(
  cloud: CloudReader,
  wanted: readonly string[],
): Promise<CountedVSwitches> {
  const vpc = await vpcOf(cloud);
  const listed = await cloud.read(vSwitches, { VpcId: vpc });
  const byId = new Map(listed.items.map((entry) => [entry.id, entry]));
  const shared = listed.items.some((entry) => entry.shared);
  const gone = new Map<string, string>();
  const unsettled = new Map<string, string>();
  for (const id of new Set(wanted.filter((entry) => !byId.has(entry)))) {
    const found = await byItsId(cloud, id);
    if (typeof found !== 'string') byId.set(id, found);
    else if (shared) unsettled.set(id, 'the VPC is shared, so a vSwitch of its owner may be hidden');
    else gone.set(id, found);
  }
  return { vpc, at: listed.at, all: listed.items, byId, gone, unsettled };
}

/** The VPC that the cluster was made in. */
async function vpcOf(cloud: CloudReader): Promise<string> {
  const { items } = await cloud.read(clusterDetails);
  return items[0]?.vpc ?? '';
}

/** Text = there is none, as the cloud says it. */
async function byItsId(cloud: CloudReader, id: string): Promise<VSwitch | string> {
  try {
    const { items } = await cloud.read(vSwitchById, { VSwitchId: id });
    return items[0] ?? 'no vSwitch in the answer';
  } catch (error) {
    if (isAcknetError(error, 'cloud.not-found')) return error.message;
    throw error;
  }
}

/** `2026-11-29T20:14:05Z`: counts change by the minute. */
export const countedAt = ({ at }: Pick<CountedVSwitches, 'at'>): string =>
  `${at.toISOString().slice(0, 19)}Z`;
