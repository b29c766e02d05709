import { list, text } from '../../../src/cluster/fields.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { type Answer, CloudRefusal, type CloudWorld } from '../cloud-world.js';
import { instanceOf, interfacesOf } from '../network-interfaces.js';
import { type NodeVSwitch, nodeVSwitches } from '../node-v-switches.js';
import { ipv6Answers } from './ipv6.js';

const describeVpcs: Answer = ({ scenario: { cloud } }, { VpcId }) => ({
  list:
    VpcId !== undefined && VpcId !== cloud.vpc.id
      ? []
      : [
          {
            VpcId: cloud.vpc.id,
            CidrBlock: cloud.vpc.cidr,
            SecondaryCidrBlocks: { SecondaryCidrBlock: cloud.vpc.secondary },
            UserCidrs: { UserCidr: cloud.vpc.user },
            Status: 'Available',
          },
        ],
});

const describeVSwitches: Answer = (world, { VpcId, VSwitchId }) => ({
  list: vSwitchesOf(world).filter(
    (entry) =>
      (VpcId === undefined || entry.VpcId === VpcId) &&
      (VSwitchId === undefined || entry.VSwitchId === VSwitchId),
  ),
});

const describeVSwitchAttributes: Answer = (world, { VSwitchId }) => {
  const found = vSwitchesOf(world).find((entry) => entry.VSwitchId === VSwitchId);
  if (found === undefined)
    throw new CloudRefusal(404, 'InvalidVSwitchId.NotFound', 'The specified virtual switch does not exist.');
  return { one: found };
};

/** The cloud takes four addresses of every block. */
const RESERVED = 4;

export function vSwitchesOf(world: CloudWorld): readonly JsonObject[] {
  const { cloud } = world.scenario;
  const used = new Map<string, number>();
  for (const entry of interfacesOf(world)) {
    const id = text(entry, 'VSwitchId') ?? '';
    used.set(id, (used.get(id) ?? 0) + list(entry, 'PrivateIpSets', 'PrivateIpSet').length);
  }
  const own = vSwitchesInUse(world.scenario)
    .filter(({ id }) => !cloud.gone.includes(id))
    .map(({ id, zone, cidr }) => ({
      id,
      zone,
      cidr,
      free:
        cloud.free[id] ??
        Math.max(0, 2 ** (32 - Number(cidr.split('/')[1])) - RESERVED - (used.get(id) ?? 0)),
      vpc: cloud.vpc.id,
    }));
  return [...own, ...cloud.vSwitches].map(({ id, zone, cidr, free, vpc }) => ({
    VSwitchId: id,
    ZoneId: zone,
    VpcId: vpc ?? cloud.vpc.id,
    CidrBlock: cidr,
    AvailableIpAddressCount: free,
    Status: 'Available',
    RouteTable: { RouteTableId: tableOf(world, id) ?? '', RouteTableType: 'System' },
  }));
}

/** Of pods, of nodes, or both. */
const vSwitchesInUse = (scenario: CloudWorld['scenario']): readonly NodeVSwitch[] => {
  const given = new Set([...scenario.vSwitches, ...scenario.cloud.vSwitches].map(({ id }) => id));
  return [...scenario.vSwitches, ...nodeVSwitches(scenario).filter(({ id }) => !given.has(id))];
};

function tableOf({ scenario: { cloud } }: CloudWorld, vSwitch: string): string | undefined {
  const named = cloud.routeTables.find(({ vSwitches }) => vSwitches?.includes(vSwitch));
  return (named ?? cloud.routeTables.find(({ vSwitches }) => vSwitches === undefined))?.id;
}

const describeRouteTableList: Answer = (world, { VpcId }) => ({
  list: VpcId === undefined || VpcId === world.scenario.cloud.vpc.id ? routeTablesOf(world) : [],
});

export const routeTablesOf = (world: CloudWorld): readonly JsonObject[] =>
  world.scenario.cloud.routeTables.map(({ id, type, associate }) => ({
    RouteTableId: id,
    RouteTableType: type,
    AssociateType: associate,
    VpcId: world.scenario.cloud.vpc.id,
    Status: 'Available',
    VSwitchIds: {
      VSwitchId: vSwitchesOf(world).flatMap((entry) =>
        tableOf(world, text(entry, 'VSwitchId') ?? '') === id ? (text(entry, 'VSwitchId') ?? '') : [],
      ),
    },
  }));

/** Like the real one, it lists one kind of next hop, and instances where none is named. */
const describeRouteEntryList: Answer = (
  world,
  { RouteTableId, DestinationCidrBlock, NextHopType = 'Instance' },
) => {
  return {
    list: routesOf(world, RouteTableId).filter(
      (entry) =>
        (DestinationCidrBlock === undefined ||
          text(entry, 'DestinationCidrBlock') === DestinationCidrBlock) &&
        text(entry, 'NextHops', 'NextHop', 0, 'NextHopType') === NextHopType,
    ),
  };
};

export function routesOf(world: CloudWorld, tableId: string | undefined): readonly JsonObject[] {
  const table = world.scenario.cloud.routeTables.find(({ id }) => id === tableId);
  if (table === undefined)
    throw new CloudRefusal(404, 'InvalidRouteTableId.NotFound', 'The specified route table does not exist.');
  const pods = table.podRoutes ? podRoutes(world, table.without) : [];
  const others = Array.from({ length: table.others }, (_, place) =>
    route({
      to: `100.64.${Math.floor(place / 16)}.${(place % 16) * 16}/28`,
      hop: 'NetworkInterface',
      id: 'eni-bp1f2i3r4e5w6a7l8l9s',
      custom: true,
    }),
  );
  const own = table.routes.map(({ to, hop, id, custom }) => route({ to, hop, id, custom }));
  return [...pods, ...others, ...own];
}

/** Whole, not by pages. */
const getVpcRouteEntrySummary: Answer = (world, { VpcId }) => {
  const { vpc, routeTables } = world.scenario.cloud;
  const summaries = routeTables.map(({ id }) => ({
    RouteTableId: id,
    EntrySummarys: (['System', 'Custom'] as const).map((kind) => ({
      RouteEntryType: kind,
      Count: routesOf(world, id).filter((entry) => text(entry, 'Type') === kind).length,
    })),
  }));
  return { one: { RouteEntrySummarys: VpcId === vpc.id ? summaries : [] } };
};

const podRoutes = (world: CloudWorld, without: readonly string[]): readonly JsonObject[] =>
  world.objects('Node').flatMap((node) => {
    const to = text(node, 'spec', 'podCIDR');
    const id = instanceOf(node);
    const left = without.includes(text(node, 'metadata', 'name') ?? '');
    return to === undefined || id === undefined || left
      ? []
      : [route({ to, hop: 'Instance', id, custom: true })];
  });

const route = (entry: {
  readonly to: string;
  readonly hop: string;
  readonly id: string;
  readonly custom: boolean;
}): JsonObject => ({
  DestinationCidrBlock: entry.to,
  Type: entry.custom ? 'Custom' : 'System',
  Status: 'Available',
  NextHops: { NextHop: [{ NextHopType: entry.hop, NextHopId: entry.id, Enabled: 1, Weight: 0 }] },
});

const describeNatGateways: Answer = ({ scenario: { cloud } }) => ({
  list: cloud.natGateways.map(({ id, network }) => ({
    NatGatewayId: id,
    NetworkType: network,
    Status: 'Available',
    SnatTableIds: { SnatTableId: [`stb-${id.slice(4)}`] },
  })),
});

const describeSnatTableEntries: Answer = ({ scenario: { cloud } }, { SnatTableId, NatGatewayId }) => {
  const gateway = cloud.natGateways.find(
    ({ id }) => id === NatGatewayId || `stb-${id.slice(4)}` === SnatTableId,
  );
  if (gateway === undefined)
    throw new CloudRefusal(404, 'InvalidSnatTableId.NotFound', 'The specified SNAT table does not exist.');
  return {
    list: gateway.snat.map(({ vSwitch, cidr }, place) => ({
      SnatEntryId: `snat-${gateway.id.slice(4)}${place}`,
      SourceVSwitchId: vSwitch ?? '',
      SourceCIDR: cidr ?? '',
      SnatIp: '47.98.1.10',
      Status: 'Available',
    })),
  };
};

export const vpcAnswers: Readonly<Record<string, Answer>> = {
  DescribeVpcs: describeVpcs,
  DescribeVSwitches: describeVSwitches,
  DescribeVSwitchAttributes: describeVSwitchAttributes,
  DescribeRouteTableList: describeRouteTableList,
  DescribeRouteEntryList: describeRouteEntryList,
  GetVpcRouteEntrySummary: getVpcRouteEntrySummary,
  DescribeNatGateways: describeNatGateways,
  DescribeSnatTableEntries: describeSnatTableEntries,
  ...ipv6Answers,
};
