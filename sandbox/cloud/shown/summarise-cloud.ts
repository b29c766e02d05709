import { list, number, text } from '../../../src/cluster/fields.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { groupsOf } from '../answers/security-groups.js';
import { routesOf, routeTablesOf, vSwitchesOf } from '../answers/vpc.js';
import type { CloudWorld } from '../cloud-world.js';
import type { AccountHoldings } from './cloud-state.js';
import { interfacesByNode } from './interfaces-by-node.js';
import { ruleLine } from './rule-line.js';

/** From the very answers that a client gets. */
export function summariseCloud(world: CloudWorld): AccountHoldings {
  const { scenario } = world;
  const { account, vpc, natGateways } = scenario.cloud;
  return {
    account,
    region: scenario.region,
    vpc: { id: vpc.id, cidrs: [vpc.cidr, ...vpc.secondary] },
    vSwitches: vSwitchesOf(world).map(vSwitchState),
    ...interfacesByNode(world),
    natGateways: natGateways.map(({ id, network, snat }) => ({
      ...{ id, network },
      snat: snat.map(({ vSwitch, cidr }) => vSwitch ?? cidr ?? ''),
    })),
    routeTables: routeTablesOf(world).map((table) => routeTableState(world, table)),
    securityGroups: groupsOf(world).map(({ id, type, rules }) => ({ id, type, rules: rules.map(ruleLine) })),
  };
}

const vSwitchState = (entry: JsonObject) => ({
  id: text(entry, 'VSwitchId') ?? '',
  zone: text(entry, 'ZoneId') ?? '',
  cidr: text(entry, 'CidrBlock') ?? '',
  free: number(entry, 'AvailableIpAddressCount') ?? 0,
});

function routeTableState(world: CloudWorld, table: JsonObject) {
  const id = text(table, 'RouteTableId') ?? '';
  return {
    id,
    type: text(table, 'RouteTableType') ?? '',
    vSwitches: list(table, 'VSwitchIds', 'VSwitchId').length,
    routes: routesOf(world, id).map(routeLine),
  };
}

/** `0.0.0.0/0 → NatGateway ngw-…` */
function routeLine(route: JsonObject): string {
  const hop = list(route, 'NextHops', 'NextHop')[0];
  return `${text(route, 'DestinationCidrBlock')} → ${text(hop, 'NextHopType')} ${text(hop, 'NextHopId')}`;
}
