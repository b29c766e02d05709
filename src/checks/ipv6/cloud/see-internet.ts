import type { CloudReader } from '../../../cloud/ports.js';
import { clusterDetails } from '../../../cloud/views/cluster-detail.js';
import {
  type EgressOnlyRule,
  egressOnlyRules,
  type Ipv6Address,
  ipv6Addresses,
  type Ipv6Gateway,
  ipv6Gateways,
} from '../../../cloud/views/ipv6.js';
import type { PodView } from '../../../cluster/views/pod.js';
import { canonicalAddress } from '../../cidr.js';
import { asksForBandwidth, globalOf, isEgressOnly } from '../internet-pods.js';

/** The VPC's way between IPv6 addresses of pods and the Internet. */
export interface SeenInternet {
  readonly vpc: string;
  /** Absent = the VPC has none, and nothing else was asked. */
  readonly gateway?: Ipv6Gateway | undefined;
  /** By the address as Kubernetes writes it: those with Internet bandwidth, and those that were asked for. */
  readonly byAddress: ReadonlyMap<string, Ipv6Address>;
  /** Addresses that were asked for one by one. */
  readonly asked: ReadonlySet<string>;
  readonly rules: readonly EgressOnlyRule[];
}

export const internetActions = [
  'cs:DescribeClusterDetail',
  'vpc:DescribeIpv6Gateways',
  'vpc:DescribeIpv6Addresses',
  'vpc:DescribeIpv6EgressOnlyRules',
] as const;

/** Of many pods these are asked for one by one; a call each. */
const ASKED = 10;
/** Where no pod asks for the Internet: how some stand. */
const SAMPLED = 3;

/** A VPC may hold tens of thousands of addresses, and few have bandwidth: only these are listed. */
export async function seeInternet(cloud: CloudReader, pods: readonly PodView[]): Promise<SeenInternet> {
  const [detail] = (await cloud.read(clusterDetails)).items;
  const vpc = detail?.vpc ?? '';
  const [gateway] = (await cloud.read(ipv6Gateways, { VpcId: vpc })).items;
  if (gateway === undefined) return { vpc, byAddress: new Map(), asked: new Set(), rules: [] };
  const [open, { items: rules }] = await Promise.all([
    cloud.read(ipv6Addresses, { VpcId: vpc, NetworkType: 'Public' }),
    cloud.read(egressOnlyRules, { Ipv6GatewayId: gateway.id }),
  ]);
  const listed = new Map(open.items.map((entry) => [canonicalAddress(entry.address), entry]));
  const asked = wantedOf(pods)
    .filter((address) => !listed.has(address))
    .slice(0, ASKED);
  const found = await Promise.all(asked.map((address) => byItself(cloud, vpc, address)));
  return {
    vpc,
    gateway,
    byAddress: new Map([...listed, ...found.flat()]),
    asked: new Set(asked),
    rules,
  };
}

function wantedOf(pods: readonly PodView[]): readonly string[] {
  const wanting = pods.filter((pod) => asksForBandwidth(pod) || isEgressOnly(pod));
  const all = wanting.flatMap((pod) => globalOf(pod) ?? []);
  return all.length > 0 ? all : pods.flatMap((pod) => globalOf(pod) ?? []).slice(0, SAMPLED);
}

async function byItself(
  cloud: CloudReader,
  vpc: string,
  address: string,
): Promise<readonly (readonly [string, Ipv6Address])[]> {
  const { items } = await cloud.read(ipv6Addresses, { VpcId: vpc, Ipv6Address: address });
  return items.flatMap((entry) =>
    canonicalAddress(entry.address) === address ? [[address, entry] as const] : [],
  );
}
