import { ipv6InternetFacts } from '../../../src/checks/ipv6/ipv6-internet-facts.js';
import type { CloudAction } from '../../../src/cloud/actions.js';
import type { CloudQuery } from '../../../src/cloud/ports.js';
import type { ErrorCode } from '../../../src/errors.js';
import type { InMemoryCloud } from '../../support/cloud-of.js';
import { describeCases } from '../../support/describe-check.js';
import { node } from '../../support/kube-objects.js';
import { dualCluster, pod } from './dual-stack-objects.js';

const base = [...dualCluster(), node('n1')];
const wants = { 'k8s.aliyun.com/ipv6-bandwidth': '5' };
const outOnly = { ...wants, 'k8s.aliyun.com/ipv6-egress-only': 'true' };
const dual = (name: string, n: number, annotations: Readonly<Record<string, string>> = {}) =>
  pod(name, [`10.0.0.${n}`, `2408:4005::${n}`], { annotations });

/** Written out in full, as no Kubernetes writes it. */
const address = (n: number, given: object = {}) => ({
  Ipv6Address: `2408:4005:0:0:0:0:0:${n}`,
  Ipv6AddressId: `ipv6-${n}`,
  NetworkType: 'Private',
  AssociatedInstanceId: `eni-${n}`,
  ...given,
});
const open = (n: number, given: object = {}) =>
  address(n, {
    NetworkType: 'Public',
    Ipv6InternetBandwidth: { Bandwidth: 5, BusinessStatus: 'Normal', ...given },
  });
const rule = (target: string, Status = 'Available') => ({ InstanceId: target, Status });
const GATEWAY = { Ipv6GatewayId: 'ipv6gw-1', Status: 'Available', BusinessStatus: 'Normal' };

interface Account {
  readonly gateways?: readonly object[];
  readonly addresses?: readonly object[];
  readonly rules?: readonly object[];
  readonly refused?: Partial<Record<CloudAction, ErrorCode>>;
}
const account = ({
  gateways = [GATEWAY],
  addresses = [],
  rules = [],
  refused = {},
}: Account = {}): InMemoryCloud => ({
  answers: {
    'cs:DescribeClusterDetail': [{ vpc_id: 'vpc-own' }],
    'vpc:DescribeIpv6Gateways': ({ VpcId }: CloudQuery) => (VpcId === 'vpc-own' ? gateways : []),
    'vpc:DescribeIpv6Addresses': ({ NetworkType, Ipv6Address }: CloudQuery) =>
      (addresses as readonly { Ipv6Address: string; NetworkType: string }[]).filter((entry) =>
        Ipv6Address === undefined
          ? entry.NetworkType === NetworkType
          : entry.Ipv6Address.replace('0:0:0:0:0:', ':') === Ipv6Address,
      ),
    'vpc:DescribeIpv6EgressOnlyRules': ({ Ipv6GatewayId }: CloudQuery) =>
      Ipv6GatewayId === 'ipv6gw-1' ? rules : [],
  },
  refused,
});
const asking = [...base, dual('a', 5, wants)];
const NO_BANDWIDTH =
  'noBandwidth: 1 pod is annotated for IPv6 to the Internet, and its address has no Internet bandwidth in the account (shop/a): it is reached inside the VPC alone. See whether ack-extend-network-controller runs, or enable bandwidth for the address at IPv6 gateway ipv6gw-1.';

describeCases(ipv6InternetFacts, {
  'rules it out where gateway and bandwidth are there': {
    objects: asking,
    cloud: account({ addresses: [open(5)] }),
    outcome: 'clear',
  },
  'knows the address of a pod whose network plugin writes it otherwise': {
    objects: [...base, pod('a', ['10.0.0.5', '2408:4005:0:0::5'], { annotations: wants })],
    cloud: account({ addresses: [open(5)] }),
    outcome: 'clear',
  },
  'asks nothing where no pod has an address that a gateway routes': {
    objects: [...base, pod('a', ['10.0.0.5', 'fd00::5']), pod('b', ['10.0.0.6'], { annotations: wants })],
    cloud: { answers: {} },
    outcome: 'found',
    finds: [
      'noAddress: 1 pod asks for IPv6 Internet bandwidth but has no IPv6 address that is routed on the Internet: shop/b.',
      'notGlobal: 1 pod has only IPv6 addresses that no gateway routes to the Internet (unique-local or link-local): shop/a.',
    ],
    silent: 'may not call',
  },
  'finds that the VPC has no gateway for pods that ask for the Internet': {
    objects: asking,
    cloud: account({ gateways: [] }),
    outcome: 'found',
    finds: [
      'noGateway: 1 pod is annotated for IPv6 to the Internet (shop/a), and VPC vpc-own has no IPv6 gateway: nothing goes out or comes in over IPv6. Create one in the VPC console.',
    ],
    evidence: ['DescribeIpv6Gateways, VpcId vpc-own: none'],
  },
  'advises about a VPC without a gateway where no pod asks for the Internet': {
    objects: [...base, dual('a', 5)],
    cloud: account({ gateways: [] }),
    outcome: 'clear',
    finds: [
      'vpcOnly: VPC vpc-own has no IPv6 gateway: IPv6 works inside the VPC alone. Where that is meant, nothing is wrong.',
    ],
  },
  'finds a locked gateway': {
    objects: asking,
    cloud: account({ gateways: [{ ...GATEWAY, BusinessStatus: 'FinancialLocked' }], addresses: [open(5)] }),
    outcome: 'found',
    finds: [
      'gatewayLocked: IPv6 gateway ipv6gw-1 of VPC vpc-own is locked (FinancialLocked): nothing goes out or comes in over IPv6 until the account has settled that.',
    ],
  },
  'cannot tell what a gateway does that is being made': {
    objects: asking,
    cloud: account({ gateways: [{ ...GATEWAY, Status: 'Pending' }], addresses: [open(5)] }),
    outcome: 'unknown',
    says: 'Whether IPv6 gateway ipv6gw-1 is in force is not told: Status Pending',
  },
  'cannot tell without the business status of the gateway': {
    objects: asking,
    cloud: account({ gateways: [{ ...GATEWAY, BusinessStatus: null }], addresses: [open(5)] }),
    outcome: 'unknown',
    says: 'BusinessStatus absent',
  },
  'finds an address that is private although its pod asks for bandwidth': {
    objects: asking,
    cloud: account({ addresses: [address(5)] }),
    outcome: 'found',
    finds: [NO_BANDWIDTH],
    evidence: ['2408:4005::5 (shop/a): NetworkType Private, Bandwidth absent'],
  },
  'takes a bandwidth of 0 for none': {
    objects: asking,
    cloud: account({ addresses: [open(5, { Bandwidth: 0 })] }),
    outcome: 'found',
    finds: [NO_BANDWIDTH],
  },
  'cannot tell of a public address whose bandwidth is not told': {
    objects: asking,
    cloud: account({ addresses: [open(5, { Bandwidth: undefined })] }),
    outcome: 'unknown',
    says: 'Whether 2408:4005::5 (shop/a) has Internet bandwidth is not told',
  },
  'cannot tell of a kind of network that it does not know': {
    objects: asking,
    cloud: account({ addresses: [address(5, { NetworkType: 'Half' })] }),
    outcome: 'unknown',
    says: 'NetworkType Half',
  },
  'cannot tell of an address that the VPC does not list': {
    objects: asking,
    cloud: account(),
    outcome: 'unknown',
    says: 'VPC vpc-own lists no 2408:4005::5 (shop/a)',
  },
  'looks up ten addresses at most, and says of the rest that it did not': {
    objects: [...base, ...Array.from({ length: 12 }, (_, n) => dual(`p${n + 1}`, n + 1, wants))],
    cloud: account({ addresses: Array.from({ length: 12 }, (_, n) => address(n + 1)) }),
    outcome: 'found',
    finds: [
      'noBandwidth: 10 pods are annotated for IPv6 to the Internet, and their addresses have no Internet bandwidth in the account (shop/p1, shop/p2, shop/p3, shop/p4, shop/p5, shop/p6, shop/p7, shop/p8 and 2 more): they are reached inside the VPC alone. See whether ack-extend-network-controller runs, or enable bandwidth for the address at IPv6 gateway ipv6gw-1.',
    ],
    says: 'Of the annotated pods 2 more without listed bandwidth were not looked up',
  },
  'finds locked bandwidth': {
    objects: asking,
    cloud: account({ addresses: [open(5, { BusinessStatus: 'SecurityLocked' })] }),
    outcome: 'found',
    finds: [
      'bandwidthLocked: The Internet bandwidth of 1 IPv6 address of pods is locked (SecurityLocked): shop/a.',
    ],
  },
  'finds an egress-only rule where inbound is asked for': {
    objects: asking,
    cloud: account({ addresses: [open(5)], rules: [rule('ipv6-5'), rule('ipv6-7')] }),
    outcome: 'found',
    finds: [
      'egressRule: 1 pod asks for IPv6 Internet bandwidth and not for egress-only, and its address has an egress-only rule at IPv6 gateway ipv6gw-1 (shop/a): the Internet cannot reach it. Delete the rule, unless it is meant.',
    ],
    evidence: ['DescribeIpv6EgressOnlyRules, ipv6-5 (shop/a, 2408:4005::5): rule in force'],
  },
  'cannot tell what a rule does that is being deleted': {
    objects: asking,
    cloud: account({ addresses: [open(5)], rules: [rule('ipv6-5', 'Deleting')] }),
    outcome: 'unknown',
    says: 'Whether an egress-only rule holds for shop/a is not told',
  },
  'cannot tell which address of an interface a rule is for': {
    objects: asking,
    cloud: account({ addresses: [open(5)], rules: [rule('eni-5')] }),
    outcome: 'unknown',
    says: 'Whether an egress-only rule holds for shop/a is not told',
  },
  'calls a marked pod shut off where its rule stands': {
    objects: [...base, dual('a', 5, outOnly)],
    cloud: account({ addresses: [open(5)], rules: [rule('ipv6-5', 'Created')] }),
    outcome: 'clear',
    finds: [
      'egressOnly: 1 pod is marked egress-only (shop/a): the Internet cannot reach it over IPv6, by design.',
    ],
  },
  'finds a marked pod that the Internet reaches, and does not call it shut off': {
    objects: [...base, dual('a', 5, outOnly)],
    cloud: account({ addresses: [open(5)], rules: [rule('ipv6-6')] }),
    outcome: 'found',
    finds: [
      'notEnforced: 1 pod is marked egress-only (shop/a), and its address has Internet bandwidth and no egress-only rule at IPv6 gateway ipv6gw-1: the Internet can reach it.',
    ],
    evidence: ['no rule'],
  },
  'advises about a rule that no annotation asks for': {
    objects: [...base, dual('a', 5)],
    cloud: account({ addresses: [open(5)], rules: [rule('ipv6-5')] }),
    outcome: 'clear',
    finds: [
      'ruleUnasked: 1 pod has an egress-only rule at IPv6 gateway ipv6gw-1 that no annotation asks for (shop/a): the Internet cannot reach it over IPv6. Where that is meant, nothing is wrong.',
    ],
  },
  'advises where no pod asks for the Internet and none has it': {
    objects: [...base, dual('a', 5), dual('b', 6)],
    cloud: account({ addresses: [address(5), address(6)] }),
    outcome: 'clear',
    finds: [
      'privateOnly: No pod is annotated for IPv6 to the Internet, and the 2 addresses looked up have no Internet bandwidth (shop/a, shop/b): IPv6 works inside the VPC alone. Where that is meant, nothing is wrong.',
    ],
  },
  'does not say that IPv6 stays inside the VPC where one address leaves it': {
    objects: [...base, dual('a', 5), dual('b', 6)],
    cloud: account({ addresses: [address(5), open(6)] }),
    outcome: 'clear',
  },
  'says nothing of the account where no pod has an address for it': {
    objects: [...base, pod('a', ['10.0.0.5', 'fd00::5'])],
    cloud: account({ gateways: [] }),
    outcome: 'clear',
    finds: [
      'notGlobal: 1 pod has only IPv6 addresses that no gateway routes to the Internet (unique-local or link-local): shop/a.',
    ],
  },
  ...Object.fromEntries(
    (
      ['vpc:DescribeIpv6Gateways', 'vpc:DescribeIpv6Addresses', 'vpc:DescribeIpv6EgressOnlyRules'] as const
    ).map((action) => [
      `says that ${action} is missing`,
      {
        objects: asking,
        cloud: account({ refused: { [action]: 'cloud.forbidden' } }),
        outcome: 'unknown' as const,
        says: `may not call ${action}`,
      },
    ]),
  ),
});
