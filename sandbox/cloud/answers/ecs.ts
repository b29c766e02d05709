import { text } from '../../../src/cluster/fields.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import type { Answer, CloudWorld, Parameters } from '../cloud-world.js';
import { interfacesOf } from '../network-interfaces.js';

const describeNetworkInterfaces: Answer = (world, { Type, Status, InstanceId, VSwitchId }) => ({
  list: interfacesOf(world).filter(
    (entry) =>
      (Type === undefined || text(entry, 'Type') === Type) &&
      (Status === undefined || text(entry, 'Status') === Status) &&
      (InstanceId === undefined || text(entry, 'InstanceId') === InstanceId) &&
      (VSwitchId === undefined || text(entry, 'VSwitchId') === VSwitchId),
  ),
});

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
export const listOf = (parameters: Parameters, name: string): readonly string[] =>
  Object.entries(parameters).flatMap(([key, value]) => (key.startsWith(`${name}.`) ? value : []));

export const ecsAnswers: Readonly<Record<string, Answer>> = {
  DescribeNetworkInterfaces: describeNetworkInterfaces,
  DescribeInstanceTypes: describeInstanceTypes,
};
