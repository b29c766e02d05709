import type { CloudReader } from '../../../cloud/ports.js';
import { type NatGateway, natGateways, type SnatEntry, snatEntries } from '../../../cloud/views/nat.js';
import { type RouteEntry, routeEntries } from '../../../cloud/views/route-table.js';
import type { VSwitch } from '../../../cloud/views/v-switch.js';
import { parseCidr, within } from '../../cidr.js';
import { type CountedVSwitches, countVSwitches, vSwitchCountActions } from './count-vswitches.js';

/** How a pod vSwitch gets out; `open` = what was seen does not tell. */
interface WayOut {
  readonly vSwitch: string;
  readonly cidr: string;
  /** By an entry of the gateway that the default route leads to; `changing` = the one that covers it is not in force. */
  readonly snat: 'covered' | 'changing' | 'none';
  readonly route: 'nat' | 'gateway' | 'none' | 'open';
  /** The default route's next hop, or the table without one. */
  readonly hop: string;
}

export interface WaysOut {
  readonly ways: readonly WayOut[];
  /** NAT gateways of the VPC that lead to the Internet. */
  readonly gateways: readonly string[];
  /** vSwitches that give addresses to pods and whose way was not seen, with why. */
  readonly unseen: readonly { readonly vSwitch: string; readonly why: string }[];
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
  const open = nat.filter(inForce);
  const entries = new Map(
    await Promise.all(open.map(async (gateway) => [gateway.id, await entriesOf(cloud, gateway)] as const)),
  );
  const routes = await readRoutes(cloud, found);
  return {
    gateways: nat.map(({ id }) => id),
    unseen: wanted.flatMap((vSwitch) => {
      const why = whyUnseen(vSwitch, counted);
      return why === undefined ? [] : [{ vSwitch, why }];
    }),
    ways: found.map((vSwitch) => {
      const way = routeOf(vSwitch, { routes, gateways: entries });
      return {
        ...way,
        vSwitch: vSwitch.id,
        cidr: vSwitch.cidr,
        snat: snatOf(vSwitch, way.route === 'nat' ? (entries.get(way.hop) ?? []) : []),
      };
    }),
  };
}

/** Where no status is told, what is listed is taken to be there. */
const inForce = ({ status }: Pick<NatGateway | SnatEntry, 'status'>): boolean =>
  status === undefined || status === 'Available';

async function entriesOf(cloud: CloudReader, { snatTables }: NatGateway): Promise<readonly SnatEntry[]> {
  const read = await Promise.all(snatTables.map((id) => cloud.read(snatEntries, { SnatTableId: id })));
  return read.flatMap(({ items }) => items);
}

function whyUnseen(id: string, { byId, gone, unsettled, vpc }: CountedVSwitches): string | undefined {
  if (gone.has(id)) return 'it does not exist in the account';
  const found = byId.get(id);
  if (found === undefined) return unsettled.get(id) ?? 'it is not to be seen';
  return found.vpc === vpc ? undefined : `it is in another VPC, ${found.vpc}`;
}

function snatOf(vSwitch: VSwitch, entries: readonly SnatEntry[]): WayOut['snat'] {
  const covering = entries.filter((entry) => covers(entry, vSwitch));
  if (covering.some(inForce)) return 'covered';
  return covering.length > 0 ? 'changing' : 'none';
}

/** By vSwitch, or by a block that holds the whole of its own. */
function covers(entry: SnatEntry, { id, cidr }: VSwitch): boolean {
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
  {
    routes,
    gateways,
  }: {
    readonly routes: ReadonlyMap<string, readonly RouteEntry[]>;
    /** By id: those that lead to the Internet now. */
    readonly gateways: ReadonlyMap<string, unknown>;
  },
): Pick<WayOut, 'route' | 'hop'> {
  const entries = routes.get(routeTable ?? '');
  if (routeTable === undefined || entries === undefined) return { route: 'open', hop: 'no route table told' };
  const hop = entries.find(({ destination, available }) => destination === '0.0.0.0/0' && available)?.hops[0];
  if (hop === undefined) return { route: 'none', hop: routeTable };
  if (hop.type === 'NatGateway' && gateways.has(hop.id)) return { route: 'nat', hop: hop.id };
  if (hop.type === 'Ipv4Gateway') return { route: 'gateway', hop: hop.id };
  return { route: 'open', hop: `${hop.type} ${hop.id}` };
}
