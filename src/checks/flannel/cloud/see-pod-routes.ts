import type { CloudQuery, CloudReader } from '../../../cloud/ports.js';
import { clusterDetails } from '../../../cloud/views/cluster-detail.js';
import { type RouteEntry, routeEntries, routeSummaries } from '../../../cloud/views/route-table.js';
import { type VSwitch, vSwitches } from '../../../cloud/views/v-switch.js';
import type { NodeView } from '../../../cluster/views/node.js';
import { type AcknetError, isAcknetError } from '../../../errors.js';
import { contains, parseCidr } from '../../cidr.js';
import { internalIpOf } from '../../node-kinds.js';

/** A route table that vSwitches of nodes hang on, with its routes to instances. */
export interface PodRouteTable {
  readonly id: string;
  readonly routes: readonly RouteEntry[];
  /** Its custom routes, whatever they lead to: those its quota is about. Absent = not told. */
  readonly custom: number | undefined;
}

export interface PodRoutes {
  readonly tables: readonly PodRouteTable[];
  /** Nodes whose vSwitch or table is not told. */
  readonly unplaced: readonly string[];
  /** Why no custom routes were counted; absent = they were. */
  readonly uncounted?: AcknetError | undefined;
}

export const podRouteActions = [
  'cs:DescribeClusterDetail',
  'vpc:DescribeVSwitches',
  'vpc:DescribeRouteEntryList',
  'vpc:GetVpcRouteEntrySummary',
] as const;

/** Tables of gateways, and those that no node hangs on, route no pods. */
export async function seePodRoutes(cloud: CloudReader, nodes: readonly NodeView[]): Promise<PodRoutes> {
  const [detail] = (await cloud.read(clusterDetails)).items;
  const inVpc = { VpcId: detail?.vpc };
  const [{ items }, { counts, uncounted }] = await Promise.all([
    cloud.read(vSwitches, inVpc),
    countRoutes(cloud, inVpc),
  ]);
  const tableOf = tableLookup(items);
  const placed = nodes.map((node) => ({ node: node.name, table: tableOf(internalIpOf(node)) }));
  const ids = [...new Set(placed.flatMap(({ table }) => table ?? []))];
  const tables = await Promise.all(
    ids.map(async (id) => {
      const { items: routes } = await cloud.read(routeEntries, { RouteTableId: id, NextHopType: 'Instance' });
      return { id, routes, custom: counts.find(({ table }) => table === id)?.custom };
    }),
  );
  const unplaced = placed.flatMap(({ node, table }) => (table === undefined ? node : []));
  return { tables, unplaced, uncounted };
}

/** Which routes are there is told by other calls: a fault of this one leaves only the quota open. */
async function countRoutes(cloud: CloudReader, inVpc: CloudQuery) {
  try {
    return { counts: (await cloud.read(routeSummaries, inVpc)).items };
  } catch (error) {
    if (isAcknetError(error)) return { counts: [], uncounted: error };
    throw error;
  }
}

function tableLookup(all: readonly VSwitch[]): (address: string | undefined) => string | undefined {
  const blocks = all.flatMap((entry) => {
    const block = parseCidr(entry.cidr);
    return block === undefined ? [] : [{ block, table: entry.routeTable }];
  });
  return (address) =>
    address === undefined ? undefined : blocks.find(({ block }) => contains(block, address))?.table;
}
