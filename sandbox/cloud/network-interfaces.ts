import { list, object, strings, text } from '../../src/cluster/fields.js';
import type { JsonObject } from '../../src/cluster/ports.js';
import { relativeTime } from '../cluster/relative-time.js';
import type { Pool } from '../cluster/scenario.js';
import { CLUSTER_GROUP } from '../cluster/scenario-schema/security-group-schema.js';
import type { CloudWorld } from './cloud-world.js';
import { type NodeVSwitch, nodeVSwitches } from './node-v-switches.js';

/** ENIs of the nodes: those that Terway's resources show where there are such, else as many as the pods need; and the loose ones. */
export function interfacesOf(world: CloudWorld): readonly JsonObject[] {
  const shown = new Map(
    world
      .objects('Node', 'network.alibabacloud.com')
      .map((entry) => [text(entry, 'metadata', 'name'), entry]),
  );
  const nodes = world.objects('Node');
  const own = nodeVSwitches(world.scenario);
  const attached = nodes.flatMap((node) => {
    const instance = instanceOf(node);
    const resource = shown.get(text(node, 'metadata', 'name'));
    return instance === undefined
      ? []
      : [primary(world, { node, instance, own }), ...secondaries(world, { node, instance, resource })];
  });
  return [...attached, ...loose(world), ...ofInstances(world)].map((entry) => ({
    VpcId: world.scenario.cloud.vpc.id,
    SecurityGroupIds: { SecurityGroupId: [CLUSTER_GROUP] },
    Ipv6Sets: { Ipv6Set: [] },
    Ipv4PrefixSets: { Ipv4PrefixSet: [] },
    ...entry,
  }));
}

export const instanceOf = (node: JsonObject): string | undefined =>
  text(node, 'spec', 'providerID')?.split('.')[1];

const poolOf = ({ scenario }: CloudWorld, node: JsonObject): Pool | undefined =>
  scenario.pools.find(
    ({ name }) => name === text(node, 'metadata', 'labels', 'alibabacloud.com/nodepool-id'),
  );

/** Where the cluster's profile names none for the node's zone. */
const NODE_VSWITCH = 'vsw-bp1nodesofthecluster0';

const primary = (
  { scenario }: CloudWorld,
  { node, instance, own }: Pick<Attached, 'node' | 'instance'> & { readonly own: readonly NodeVSwitch[] },
): JsonObject => ({
  NetworkInterfaceId: `eni-${instance.slice(2)}p`,
  InstanceId: instance,
  Status: 'InUse',
  Type: 'Primary',
  VSwitchId: own.find(({ zone }) => zone === zoneOf(node))?.id ?? NODE_VSWITCH,
  SecurityGroupIds: { SecurityGroupId: scenario.cloud.nodeGroups },
  PrivateIpSets: { PrivateIpSet: [{ PrivateIpAddress: internalIp(node) ?? '', Primary: true }] },
});

const zoneOf = (node: JsonObject): string | undefined =>
  text(node, 'metadata', 'labels', 'topology.kubernetes.io/zone');

const internalIp = (node: JsonObject): string | undefined =>
  text(
    list(node, 'status', 'addresses').find((entry) => text(entry, 'type') === 'InternalIP'),
    'address',
  );

interface Attached {
  readonly node: JsonObject;
  readonly instance: string;
  readonly resource: JsonObject | undefined;
}

function secondaries(world: CloudWorld, attached: Attached): readonly JsonObject[] {
  const cards =
    attached.resource === undefined
      ? countedCards(world, attached)
      : Object.values(object(attached.resource, 'status', 'networkInterfaces')).map((card) => ({
          id: text(card, 'id') ?? '',
          vSwitch: text(card, 'vSwitchID') ?? '',
          ips: Object.keys(object(card, 'ipv4')),
          ipv6: Object.keys(object(card, 'ipv6')),
          groups: strings(card, 'securityGroupIDs'),
          type: text(card, 'networkInterfaceType') ?? 'Secondary',
        }));
  return cards.map(({ id, vSwitch, ips, ipv6, type, groups }) => ({
    NetworkInterfaceId: id,
    InstanceId: attached.instance,
    Status: 'InUse',
    Type: type,
    VSwitchId: vSwitch,
    CreationTime: relativeTime('-30d', world.now()),
    SecurityGroupIds: { SecurityGroupId: groups },
    Ipv6Sets: { Ipv6Set: ipv6.map((ip) => ({ Ipv6Address: ip })) },
    PrivateIpSets: {
      PrivateIpSet: ips.map((ip, place) => ({ PrivateIpAddress: ip, Primary: place === 0 })),
    },
    Tags: tagsOf(world.scenario.clusterId),
  }));
}

interface Card {
  readonly id: string;
  readonly vSwitch: string;
  readonly ips: readonly string[];
  readonly ipv6: readonly string[];
  readonly groups: readonly string[];
  readonly type: string;
}

/** Without Terway's resources the pods tell: cards are filled one after the other. */
function countedCards(world: CloudWorld, { node, instance }: Attached): readonly Card[] {
  const terway = poolOf(world, node)?.terway;
  if (terway === undefined) return [];
  const ips = world
    .objects('Pod')
    .filter(
      (pod) =>
        text(pod, 'spec', 'nodeName') === text(node, 'metadata', 'name') &&
        object(pod, 'spec').hostNetwork !== true,
    )
    .flatMap((pod) => text(pod, 'status', 'podIP') ?? []);
  const per = terway.addressesPerAdapter;
  const count = terway.attached ?? Math.max(1, Math.ceil(ips.length / per));
  return Array.from({ length: count }, (_, place) => ({
    id: `eni-${instance.slice(2)}${place + 1}`,
    vSwitch: terway.vSwitch,
    ips: ips.slice(place * per, (place + 1) * per),
    ipv6: [],
    groups: [terway.securityGroup],
    type: 'Secondary',
  }));
}

const tagsOf = (clusterId: string): JsonObject => ({
  Tag: [
    { TagKey: 'creator', TagValue: 'terway' },
    { TagKey: 'ack.aliyun.com', TagValue: clusterId },
  ],
});

const loose = ({ scenario, now }: CloudWorld): readonly JsonObject[] =>
  scenario.cloud.interfaces.map(({ id, vSwitch, status, created, instance, terway }) => ({
    NetworkInterfaceId: id,
    Status: status,
    Type: 'Secondary',
    VSwitchId: vSwitch,
    CreationTime: relativeTime(created, now()),
    PrivateIpSets: { PrivateIpSet: [] },
    ...(instance !== undefined && { InstanceId: instance }),
    ...(terway && { Tags: tagsOf(scenario.clusterId) }),
  }));

/** The primary ENI of each instance that is no node. */
const ofInstances = ({ scenario: { cloud } }: CloudWorld): readonly JsonObject[] =>
  cloud.instances.map(({ id, ip, ipv6, groups, vpc, vSwitch }) => ({
    NetworkInterfaceId: `eni-${id.slice(2)}p`,
    InstanceId: id,
    Status: 'InUse',
    Type: 'Primary',
    VSwitchId: vSwitch,
    VpcId: vpc ?? cloud.vpc.id,
    SecurityGroupIds: { SecurityGroupId: groups },
    PrivateIpSets: { PrivateIpSet: [{ PrivateIpAddress: ip, Primary: true }] },
    Ipv6Sets: { Ipv6Set: ipv6 === undefined ? [] : [{ Ipv6Address: ipv6 }] },
  }));
