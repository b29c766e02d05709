import { list, text } from '../../../src/cluster/fields.js';
import type { Json, JsonObject } from '../../../src/cluster/ports.js';
import type { Answer, CloudWorld, Parameters } from '../cloud-world.js';
import { idsIn } from '../ids-in.js';
import { instanceOf, interfacesOf } from '../network-interfaces.js';
import { describeSecurityGroupAttribute, describeSecurityGroups } from './security-groups.js';

const describeNetworkInterfaces: Answer = (world, parameters) => {
  const { Type, Status, InstanceId, VSwitchId, VpcId } = parameters;
  const v4 = listOf(parameters, 'PrivateIpAddress');
  const v6 = listOf(parameters, 'Ipv6Address');
  return {
    list: interfacesOf(world).filter(
      (entry) =>
        hasOne(list(entry, 'PrivateIpSets', 'PrivateIpSet'), 'PrivateIpAddress', v4) &&
        hasOne(list(entry, 'Ipv6Sets', 'Ipv6Set'), 'Ipv6Address', v6) &&
        (VpcId === undefined || text(entry, 'VpcId') === VpcId) &&
        (Type === undefined || text(entry, 'Type') === Type) &&
        (Status === undefined || text(entry, 'Status') === Status) &&
        (InstanceId === undefined || text(entry, 'InstanceId') === InstanceId) &&
        (VSwitchId === undefined || text(entry, 'VSwitchId') === VSwitchId),
    ),
  };
};

const hasOne = (sets: readonly Json[], key: string, wanted: readonly string[]): boolean =>
  wanted.length === 0 || sets.some((set) => wanted.includes(text(set, key) ?? ''));

/** The nodes' machines, and those that are none. */
const describeInstances: Answer = (world, { InstanceIds }) => {
  const wanted = InstanceIds === undefined ? undefined : idsIn('InstanceIds', InstanceIds);
  const nodes = world.objects('Node').flatMap((node) => instanceOf(node) ?? []);
  const all = [
    ...nodes.map((id) => ({ InstanceId: id, Status: 'Running' })),
    ...world.scenario.cloud.instances.map(({ id, status }) => ({ InstanceId: id, Status: status })),
  ];
  return { list: all.filter(({ InstanceId }) => wanted?.includes(InstanceId) ?? true) };
};

const describeInstanceTypes: Answer = (world, parameters) => ({
  list: listOf(parameters, 'InstanceTypes').flatMap((id): readonly JsonObject[] => {
    const found = typeOf(world, id);
    return found === undefined ? [] : [found];
  }),
});

function typeOf({ scenario }: CloudWorld, id: string): JsonObject | undefined {
  const own = scenario.cloud.instanceTypes[id];
  const terway = scenario.pools.find(({ instanceType }) => instanceType === id)?.terway;
  const enis = own?.enis ?? terway?.adapters;
  if (enis === undefined) return undefined;
  return {
    InstanceTypeId: id,
    EniQuantity: enis,
    EniTotalQuantity: own?.total ?? enis + 10,
    EniPrivateIpAddressQuantity: own?.addresses ?? terway?.addressesPerAdapter ?? 10,
    EniIpv6AddressQuantity: own?.addresses ?? terway?.addressesPerAdapter ?? 10,
    EniTrunkSupported: true,
  };
}

/** `Name.1`, `Name.2`, … */
const listOf = (parameters: Parameters, name: string): readonly string[] =>
  Object.entries(parameters).flatMap(([key, value]) => (key.startsWith(`${name}.`) ? value : []));

export const ecsAnswers: Readonly<Record<string, Answer>> = {
  DescribeNetworkInterfaces: describeNetworkInterfaces,
  DescribeInstanceTypes: describeInstanceTypes,
  DescribeInstances: describeInstances,
  DescribeSecurityGroups: describeSecurityGroups,
  DescribeSecurityGroupAttribute: describeSecurityGroupAttribute,
};
