import { createHash } from 'node:crypto';
import { list, object, text } from '../../../src/cluster/fields.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { type Answer, CloudRefusal, type CloudWorld } from '../cloud-world.js';
import { interfacesOf } from '../network-interfaces.js';

const describeIpv6Gateways: Answer = ({ scenario: { cloud } }, { VpcId }) => ({
  list:
    cloud.ipv6.gateway === null || (VpcId !== undefined && VpcId !== cloud.vpc.id)
      ? []
      : [
          {
            Ipv6GatewayId: cloud.ipv6.gateway.id,
            VpcId: cloud.vpc.id,
            Status: cloud.ipv6.gateway.status,
            BusinessStatus: cloud.ipv6.gateway.business,
          },
        ],
});

const describeIpv6Addresses: Answer = (world, { VpcId, Ipv6Address, NetworkType }) => {
  if (NetworkType !== undefined && NetworkType !== 'Public' && NetworkType !== 'Private')
    throw new CloudRefusal(400, 'InvalidParameter.NetworkType', 'NetworkType is Public or Private.');
  return {
    list: addressesOf(world)
      .map(({ answer }) => answer)
      .filter(
        (entry) =>
          (VpcId === undefined || entry.VpcId === VpcId) &&
          (Ipv6Address === undefined || entry.Ipv6Address === Ipv6Address) &&
          (NetworkType === undefined || entry.NetworkType === NetworkType),
      ),
  };
};

const describeIpv6EgressOnlyRules: Answer = (world, { Ipv6GatewayId }) => {
  const { gateway, ruled, unruled } = world.scenario.cloud.ipv6;
  if (Ipv6GatewayId === undefined)
    throw new CloudRefusal(400, 'MissingParameter', 'Ipv6GatewayId is missing.');
  if (gateway === null || gateway.id !== Ipv6GatewayId)
    throw new CloudRefusal(404, 'InvalidIpv6GatewayId.NotFound', 'The IPv6 gateway does not exist.');
  // A rule needs bandwidth first.
  const held = addressesOf(world).filter(
    ({ workload, egressOnly, answer }) =>
      answer.NetworkType === 'Public' &&
      (ruled.includes(workload) || (egressOnly && !unruled.includes(workload))),
  );
  return {
    list: held.map(({ answer }) => ({
      Ipv6EgressOnlyRuleId: `ipv6py-${String(answer.Ipv6AddressId).slice(5)}`,
      InstanceId: answer.Ipv6AddressId ?? '',
      InstanceType: 'Ipv6Address',
      Status: 'Available',
    })),
  };
};

interface HeldAddress {
  readonly workload: string;
  readonly egressOnly: boolean;
  readonly answer: JsonObject;
}

/** Those of the pods, each on the ENI that has the pod's IPv4 address. */
function addressesOf(world: CloudWorld): readonly HeldAddress[] {
  const holders = new Map(
    interfacesOf(world).flatMap((entry) =>
      list(entry, 'PrivateIpSets', 'PrivateIpSet').map((ip) => [
        text(ip, 'PrivateIpAddress'),
        text(entry, 'NetworkInterfaceId') ?? '',
      ]),
    ),
  );
  return world.objects('Pod').flatMap((pod) => {
    const ips = list(pod, 'status', 'podIPs').flatMap((ip) => text(ip, 'ip') ?? []);
    const address = ips.find((ip) => /^[23][0-9a-f]{3}:/.test(ip));
    const holder = holders.get(text(pod, 'status', 'podIP'));
    return address === undefined || holder === undefined || object(pod, 'spec').hostNetwork === true
      ? []
      : [held(world, { pod, address, holder })];
  });
}

function held(
  { scenario: { cloud } }: CloudWorld,
  { pod, address, holder }: { readonly pod: JsonObject; readonly address: string; readonly holder: string },
): HeldAddress {
  const workload = text(pod, 'metadata', 'labels', 'app') ?? '';
  const annotation = (key: string) => text(pod, 'metadata', 'annotations', `k8s.aliyun.com/${key}`);
  const asked = cloud.ipv6.unserved.includes(workload) ? undefined : annotation('ipv6-bandwidth');
  const bandwidth = cloud.ipv6.bought[workload] ?? (asked === undefined ? 0 : Number(asked));
  return {
    workload,
    egressOnly: annotation('ipv6-egress-only') === 'true',
    answer: {
      Ipv6AddressId: `ipv6-bp1${createHash('sha256').update(address).digest('hex').slice(0, 17)}`,
      Ipv6Address: address,
      VpcId: cloud.vpc.id,
      NetworkType: bandwidth > 0 ? 'Public' : 'Private',
      AssociatedInstanceType: 'NetworkInterface',
      AssociatedInstanceId: holder,
      Status: 'Available',
      ...(bandwidth > 0 && {
        RealBandwidth: bandwidth,
        Ipv6InternetBandwidth: {
          Bandwidth: bandwidth,
          BusinessStatus: cloud.ipv6.locked[workload] ?? 'Normal',
        },
      }),
    },
  };
}

export const ipv6Answers: Readonly<Record<string, Answer>> = {
  DescribeIpv6Gateways: describeIpv6Gateways,
  DescribeIpv6Addresses: describeIpv6Addresses,
  DescribeIpv6EgressOnlyRules: describeIpv6EgressOnlyRules,
};
