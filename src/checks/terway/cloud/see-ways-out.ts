import type { CloudReader } from '../../../cloud/ports.js';
import { natGateways, snatEntries } from '../../../cloud/views/nat.js';
import { type RouteEntry, routeEntries } from '../../../cloud/views/route-table.js';
import type { VSwitch } from '../../../cloud/views/v-switch.js';
import { parseCidr, within } from '../../cidr.js';
import { countVSwitches, vSwitchCountActions } from './count-vswitches.js';

/** How a pod vSwitch gets out; `open` = what was seen does not tell. */
interface WayOut {
  readonly vSwitch: string;
  readonly cidr: string;
  readonly snat: 'covered' | 'none';
  readonly route: 'nat' | 'gateway' | 'none' | 'open';
  /** The default route's next hop, or the table without one. */
  readonly hop: string;
}

export interface WaysOut {
  readonly ways: readonly WayOut[];
  /** NAT gateways of the VPC that lead to the Internet. */
  readonly gateways: readonly string[];
}

export const wayOutActions = [
  ...vSwitchCountActions,
  'vpc:DescribeNatGateways',
  'vpc:DescribeSnatTableEntries',
  'vpc:DescribeRouteEntryList',
] as const;

export async function seeWaysOut(cloud: CloudReader, wanted: readonly string[]): Promise<WaysOut> {
  const counted = await countVSwitches(cloud, wanted);
  const found = wanted.flatMap((id) => counted.byId.get(id) ?? []).filter(({ vpc }) => vpc === counted.vpc);
  const nat = (await cloud.read(natGateways, { VpcId: counted.vpc })).items.filter(
    ({ toInternet }) => toInternet !== false,
  );
  const tables = nat.flatMap(({ snatTables }) => snatTables);
  const entries = (
    await Promise.all(tables.map((id) => cloud.read(snatEntries, { SnatTableId: id })))
  ).flatMap(({ items }) => items);
  const routes = await readRoutes(cloud, found);
  return {
    gateways: nat.map(({ id }) => id),
    ways: found.map((vSwitch) => ({
      vSwitch: vSwitch.id,
      cidr: vSwitch.cidr,
      snat: entries.some((entry) => covers(entry, vSwitch)) ? 'covered' : 'none',
      ...routeOf(vSwitch, routes),
    })),
  };
}

/** By vSwitch, or by a block that holds the whole of its own. */
function covers(
  entry: { readonly cidr: string | undefined; readonly vSwitch: string | undefined },
  { id, cidr }: VSwitch,
): boolean {
  if (entry.vSwitch === id) return true;
  const [outer, inner] = [parseCidr(entry.cidr ?? ''), parseCidr(cidr)];
  return outer !== undefined && inner !== undefined && within(inner, outer);
}

async function readRoutes(
  cloud: CloudReader,
  found: readonly VSwitch[],
): Promise<ReadonlyMap<string, readonly RouteEntry[]>> {
  const ids = [...new Set(found.flatMap(({ routeTable }) => routeTable ?? []))];
  const read = await Promise.all(ids.map(async (id) => [id, await defaultRoutes(cloud, id)] as const));
  return new Map(read);
}

/** The call lists one kind of next hop at a time; without a kind it lists instances alone. */
const HOPS = [
  'NatGateway',
  'Ipv4Gateway',
  'Attachment',
  'Instance',
  'NetworkInterface',
  'RouterInterface',
  'VpnGateway',
  'HaVip',
] as const;

async function defaultRoutes(cloud: CloudReader, table: string): Promise<readonly RouteEntry[]> {
  for (const hop of HOPS) {
    const { items } = await cloud.read(routeEntries, {
      RouteTableId: table,
      DestinationCidrBlock: '0.0.0.0/0',
      NextHopType: hop,
    });
    if (items.length > 0) return items;
  }
  return [];
}

function routeOf(
  { routeTable }: VSwitch,
  routes: ReadonlyMap<string, readonly RouteEntry[]>,
): Pick<WayOut, 'route' | 'hop'> {
  const entries = routes.get(routeTable ?? '');
  if (routeTable === undefined || entries === undefined) return { route: 'open', hop: 'no route table told' };
  const hop = entries.find(({ destination, available }) => destination === '0.0.0.0/0' && available)?.hops[0];
  if (hop === undefined) return { route: 'none', hop: routeTable };
  if (hop.type === 'NatGateway') return { route: 'nat', hop: hop.id };
  if (hop.type === 'Ipv4Gateway') return { route: 'gateway', hop: hop.id };
  return { route: 'open', hop: `${hop.type} ${hop.id}` };
}
