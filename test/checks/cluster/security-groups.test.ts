import { securityGroups } from '../../../src/checks/cluster/security-groups.js';
import { canonicalAddress } from '../../../src/checks/cidr.js';
import { type NamedPath, readPath } from '../../../src/checks/judging/named-path.js';
import type { CloudAction } from '../../../src/cloud/actions.js';
import type { CloudQuery } from '../../../src/cloud/ports.js';
import type { ErrorCode } from '../../../src/errors.js';
import { type InMemoryCloud, notFound } from '../../support/cloud-of.js';
import { type CheckCase, describeCases, describeCheck } from '../../support/describe-check.js';
import { fixture, node } from '../../support/kube-objects.js';
import { pod } from '../../support/terway-objects.js';

const terway = fixture('01-daemonset-terway-eniip');
const worker = (podCIDR?: string) =>
  node('n1', {
    spec: { providerID: 'cn-hangzhou.i-bp1node00001', ...(podCIDR !== undefined && { podCIDR }) },
  });
const web = pod('web', { ip: '10.0.40.12' });
const six = pod('web', {
  ip: '10.0.40.12',
  status: { podIPs: [{ ip: '10.0.40.12' }, { ip: '2408:4005::12' }] },
});
const objects = [terway, worker(), web];
const there = (to: string, port?: string): NamedPath => readPath({ from: 'shop/web', to, port }) as NamedPath;
const back = (from: string, port?: string): NamedPath =>
  readPath({ from, to: 'shop/web', port }) as NamedPath;

const card = (
  id: string,
  { ip, groups, ...rest }: { ip: readonly string[]; groups?: readonly string[]; [key: string]: unknown },
) => ({
  NetworkInterfaceId: id,
  Status: 'InUse',
  Type: 'Primary',
  VSwitchId: 'vsw-a',
  VpcId: 'vpc-own',
  ...(groups !== undefined && { SecurityGroupIds: { SecurityGroupId: groups } }),
  PrivateIpSets: {
    PrivateIpSet: ip.map((address, place) => ({ PrivateIpAddress: address, Primary: place === 0 })),
  },
  ...rest,
});
const onNode = { InstanceId: 'i-bp1node00001' };
const nodeCard = card('eni-node', { ...onNode, ip: ['10.0.34.11'], groups: ['sg-node'] });
const podCard = card('eni-pod', {
  ...onNode,
  Type: 'Secondary',
  ip: ['10.0.40.10', '10.0.40.12'],
  groups: ['sg-pod'],
});
const dbCard = card('eni-db', { InstanceId: 'i-db01', ip: ['10.0.60.9'], groups: ['sg-db'] });

const rule = (Direction: string, Policy: string, rest: object = {}) => ({
  Direction,
  Policy,
  Priority: '1',
  IpProtocol: 'ALL',
  PortRange: '-1/-1',
  ...rest,
});
const letIn = (block: string, rest: object = {}) =>
  rule('ingress', 'Accept', { SourceCidrIp: block, ...rest });

interface Account {
  readonly cards?: readonly ReturnType<typeof card>[];
  readonly rules?: Readonly<Record<string, readonly object[]>>;
  readonly inner?: Readonly<Record<string, string>>;
  readonly types?: Readonly<Record<string, string>>;
  /** Groups of whose rules the account says nothing, or fails to. */
  readonly unread?: Readonly<Record<string, 'nothing' | 'gone' | 'garbled'>>;
  readonly status?: string;
  readonly instances?: readonly object[];
  readonly refused?: Partial<Record<CloudAction, ErrorCode>>;
}

/** By value: what is asked for in one way is found in another. */
const addressesIn = (text: string): readonly string[] =>
  [...text.matchAll(/"([0-9a-f][0-9a-f.:]+)"/gi)].map(([, word = '']) => canonicalAddress(word));

/** As the APIs answer: by instance, by address, by group. */
const account = ({
  cards = [nodeCard, podCard, dbCard],
  rules = {},
  inner = {},
  types = {},
  unread = {},
  status = 'Running',
  instances = [{ InstanceId: 'i-db01', Status: status }],
  refused = {},
}: Account = {}): InMemoryCloud => ({
  answers: {
    'ecs:DescribeNetworkInterfaces': ({ InstanceId, PrivateIpAddress, Ipv6Address }: CloudQuery) =>
      cards.filter((entry) => {
        const text = JSON.stringify(entry);
        const wanted = [PrivateIpAddress, Ipv6Address].flat().filter((ip) => ip !== undefined);
        return (
          (InstanceId === undefined || (entry as { InstanceId?: unknown }).InstanceId === InstanceId) &&
          wanted.every((ip) => addressesIn(text).includes(String(ip)))
        );
      }),
    'ecs:DescribeInstances': ({ InstanceIds }: CloudQuery) =>
      instances.filter((entry) => String(InstanceIds).includes((entry as { InstanceId: string }).InstanceId)),
    'ecs:DescribeSecurityGroups': ({ SecurityGroupIds }: CloudQuery) =>
      (JSON.parse(String(SecurityGroupIds)) as string[]).map((id) => ({
        SecurityGroupId: id,
        SecurityGroupType: types[id] ?? 'normal',
      })),
    'ecs:DescribeSecurityGroupAttribute': ({ SecurityGroupId }: CloudQuery) => {
      const why = unread[String(SecurityGroupId)];
      if (why === 'gone') return notFound(String(SecurityGroupId));
      if (why !== undefined) return why === 'nothing' ? [] : [{ Permissions: { Permission: [{}] } }];
      const all = rules[String(SecurityGroupId)] ?? [];
      // Two pages: each repeats what is said of the group.
      return [all.slice(0, 1), all.slice(1)].map((Permission) => ({
        InnerAccessPolicy: inner[String(SecurityGroupId)] ?? 'Accept',
        Permissions: { Permission },
      }));
    },
  },
  refused,
});

describeCheck(securityGroups, {
  'says nothing where no ends are named': {
    objects,
    outcome: 'not-applicable',
    says: 'No two ends were named: check it with --from and --to',
  },
  'cannot tell of a pod that is gone': {
    objects: [terway, worker()],
    path: there('i-db01'),
    outcome: 'unknown',
    says: 'There is no pod shop/web',
  },
  'cannot tell without the cloud': {
    objects,
    path: there('i-db01'),
    outcome: 'unknown',
    says: 'the cloud is not connected',
  },
});

const onTerway: Readonly<Record<string, CheckCase>> = {
  'asks the cloud nothing where no ends are named': {
    objects,
    cloud: { answers: {} },
    outcome: 'not-applicable',
    says: 'No two ends were named',
  },
  'confirms a rule of the instance that drops, on the second page of its rules': {
    objects,
    path: there('i-db01', '443'),
    cloud: account({
      rules: {
        'sg-db': [
          letIn('10.0.0.0/16', { Priority: '2' }),
          rule('ingress', 'Drop', {
            IpProtocol: 'TCP',
            PortRange: '443/443',
            SourceCidrIp: '10.0.40.0/24',
            Priority: '2',
          }),
        ],
      },
    }),
    outcome: 'found',
    finds: [
      'dropped: The security group of i-db01 (eni-db) drops TCP 443 from pod shop/web to i-db01: Drop by an ingress rule of sg-db: priority 2, Drop, TCP 443/443, from 10.0.40.0/24. Change that rule, or accept it with a priority below 2.',
    ],
    evidence: ['ingress at i-db01 (eni-db): Drop by an ingress rule of sg-db: priority 2'],
    facts: [
      'egress at pod shop/web (eni-pod): Accept: no egress rule of sg-pod is about it, and a basic group then lets it out',
    ],
  },
  'confirms the default of a group that has no rule for it': {
    objects,
    path: there('10.0.60.9'),
    cloud: account({ rules: { 'sg-db': [letIn('10.0.34.0/24')] } }),
    outcome: 'found',
    finds: [
      'dropped: The security group of i-db01 (eni-db) drops ping (ICMP) from pod shop/web to 10.0.60.9: Drop: no ingress rule of sg-db is about it, and a basic group then drops it. Add an ingress rule to sg-db that accepts ping (ICMP) from the block that pods have their addresses of (here 10.0.40.12).',
    ],
  },
  'confirms an advanced group of the pod that lets nothing out': {
    objects,
    path: there('i-db01', '53/udp'),
    cloud: account({ types: { 'sg-pod': 'enterprise' }, rules: { 'sg-db': [letIn('0.0.0.0/0')] } }),
    outcome: 'found',
    finds: [
      'dropped: The security group of pod shop/web (eni-pod) drops UDP 53 from pod shop/web to i-db01: Drop: no egress rule of sg-pod is about it, and an advanced group then drops it. Add an egress rule to sg-pod that accepts UDP 53 to 10.0.60.9.',
    ],
  },
  'confirms the way back: what the instance starts and the pod’s group does not let in': {
    objects,
    path: back('i-db01', '8080'),
    cloud: account({
      rules: {
        'sg-db': [letIn('0.0.0.0/0')],
        'sg-pod': [letIn('10.0.60.9', { IpProtocol: 'TCP', PortRange: '80/80' })],
      },
    }),
    outcome: 'found',
    finds: [
      'dropped: The security group of pod shop/web (eni-pod) drops TCP 8080 from i-db01 to pod shop/web: Drop: no ingress rule of sg-pod is about it, and a basic group then drops it. Add an ingress rule to sg-pod that accepts TCP 8080 from 10.0.60.9.',
    ],
  },
  'says that nothing goes before priority 1': {
    objects,
    path: there('i-db01'),
    cloud: account({
      rules: {
        'sg-pod': [rule('egress', 'Drop', { DestCidrIp: '10.0.60.0/24' })],
        'sg-db': [letIn('0.0.0.0/0')],
      },
    }),
    outcome: 'found',
    finds: [
      'dropped: The security group of pod shop/web (eni-pod) drops ping (ICMP) from pod shop/web to i-db01: Drop by an egress rule of sg-pod: priority 1, Drop, ALL -1/-1, to 10.0.60.0/24. Change that rule: none goes before priority 1.',
    ],
  },
  'rules it out by the rules of both ends': {
    objects,
    path: there('i-db01', '443/tcp'),
    cloud: account({
      rules: { 'sg-db': [letIn('10.0.40.0/24', { IpProtocol: 'TCP', PortRange: '443/443' })] },
    }),
    outcome: 'clear',
    facts: [
      'ingress at i-db01 (eni-db): Accept by an ingress rule of sg-db: priority 1, Accept, TCP 443/443, from 10.0.40.0/24',
    ],
  },
  'rules it out by a rule for the group of the pod’s ENI, not of its node': {
    objects,
    path: there('i-db01'),
    cloud: account({ rules: { 'sg-db': [rule('ingress', 'Accept', { SourceGroupId: 'sg-pod' })] } }),
    outcome: 'clear',
  },
  'is not content with a rule for the group of its node': {
    objects,
    path: there('i-db01'),
    cloud: account({ rules: { 'sg-db': [rule('ingress', 'Accept', { SourceGroupId: 'sg-node' })] } }),
    outcome: 'found',
    finds: [
      'dropped: The security group of i-db01 (eni-db) drops ping (ICMP) from pod shop/web to i-db01: Drop: no ingress rule of sg-db is about it, and a basic group then drops it. Add an ingress rule to sg-db that accepts ping (ICMP) from the block that pods have their addresses of (here 10.0.40.12).',
    ],
  },
  'rules it out for members of one group that reach each other': {
    objects,
    path: there('i-db01'),
    cloud: account({
      cards: [nodeCard, { ...podCard, SecurityGroupIds: { SecurityGroupId: ['sg-db'] } }, dbCard],
      rules: { 'sg-db': [rule('ingress', 'Drop', { SourceCidrIp: '0.0.0.0/0' })] },
    }),
    outcome: 'clear',
    facts: ['Accept: both are members of sg-db'],
  },
  'takes the group of the node for a pod in its network': {
    objects: [terway, worker(), pod('web', { ip: '10.0.34.11', hostNetwork: true })],
    path: there('i-db01'),
    cloud: account({ rules: { 'sg-db': [rule('ingress', 'Accept', { SourceGroupId: 'sg-node' })] } }),
    outcome: 'clear',
  },
  'finds the ENI of a pod by its prefix': {
    objects,
    path: there('i-db01'),
    cloud: account({
      cards: [
        nodeCard,
        {
          ...podCard,
          PrivateIpSets: { PrivateIpSet: [] },
          ...{ Ipv4PrefixSets: { Ipv4PrefixSet: [{ Ipv4Prefix: '10.0.40.0/28' }] } },
        },
        dbCard,
      ],
      rules: { 'sg-db': [rule('ingress', 'Accept', { SourceGroupId: 'sg-pod' })] },
    }),
    outcome: 'clear',
  },
  'finds the ENI of a pod that its instance does not list, by the address': {
    objects,
    path: there('i-db01'),
    cloud: account({
      cards: [nodeCard, { ...podCard, ...{ InstanceId: 'i-elsewhere' } }, dbCard],
      rules: { 'sg-db': [rule('ingress', 'Accept', { SourceGroupId: 'sg-pod' })] },
    }),
    outcome: 'clear',
  },
  'takes the address of the family that is named': {
    objects: [terway, worker(), six],
    path: there('2408:4005::9', '443'),
    cloud: account({
      cards: [
        nodeCard,
        { ...podCard, ...{ Ipv6Sets: { Ipv6Set: [{ Ipv6Address: '2408:4005::12' }] } } },
        { ...dbCard, ...{ Ipv6Sets: { Ipv6Set: [{ Ipv6Address: '2408:4005::9' }] } } },
      ],
      rules: { 'sg-db': [letIn('0.0.0.0/0')] },
    }),
    outcome: 'found',
    finds: [
      'dropped: The security group of i-db01 (eni-db) drops TCP 443 from pod shop/web to 2408:4005::9: Drop: no ingress rule of sg-db is about it, and a basic group then drops it. Add an ingress rule to sg-db that accepts TCP 443 from the block that pods have their addresses of (here 2408:4005::12).',
    ],
  },
  'knows an IPv6 address by its value: typed in one way, in the account in another, in the pod in a third': {
    objects: [
      terway,
      worker(),
      pod('web', {
        ip: '10.0.40.12',
        status: { podIPs: [{ ip: '10.0.40.12' }, { ip: '2408:4005:0::ab:12' }] },
      }),
    ],
    path: there('2408:4005:0:0:0:0:ab:9', '443'),
    cloud: account({
      cards: [
        nodeCard,
        { ...podCard, ...{ Ipv6Sets: { Ipv6Set: [{ Ipv6Address: '2408:4005:0:0:0:0:AB:12' }] } } },
        { ...dbCard, ...{ Ipv6Sets: { Ipv6Set: [{ Ipv6Address: '2408:4005::00ab:9' }] } } },
      ],
      rules: {
        'sg-db': [rule('ingress', 'Accept', { Ipv6SourceCidrIp: '2408:4005:0:0::/64' })],
      },
    }),
    outcome: 'clear',
    facts: ['egress at pod shop/web (eni-pod)', 'ingress at i-db01 (eni-db): Accept by an ingress rule'],
  },
  'cannot tell where the pod has no address of that family': {
    objects,
    path: there('2408:4005::9'),
    cloud: account({
      cards: [
        nodeCard,
        podCard,
        { ...dbCard, ...{ Ipv6Sets: { Ipv6Set: [{ Ipv6Address: '2408:4005::9' }] } } },
      ],
    }),
    outcome: 'unknown',
    says: 'Pod shop/web has no IPv6 address (it is Running)',
  },
  'cannot tell behind a prefix list that would decide': {
    objects,
    path: there('i-db01'),
    cloud: account({ rules: { 'sg-db': [rule('ingress', 'Accept', { SourcePrefixListId: 'pl-x' })] } }),
    outcome: 'unknown',
    says: 'ingress at i-db01 (eni-db): not to be told: an ingress rule of sg-db: priority 1, Accept, ALL -1/-1, from prefix list pl-x would decide',
  },
  'cannot tell where the groups of an ENI are not told': {
    objects,
    path: there('i-db01'),
    cloud: account({
      cards: [nodeCard, podCard, card('eni-db', { InstanceId: 'i-db01', ip: ['10.0.60.9'] })],
    }),
    outcome: 'unknown',
    says: 'the cloud tells no security group of eni-db',
  },
  'cannot tell where an ENI is told to be in no group': {
    objects,
    path: there('i-db01'),
    cloud: account({ cards: [nodeCard, podCard, { ...dbCard, SecurityGroupIds: { SecurityGroupId: [] } }] }),
    outcome: 'unknown',
    says: 'the cloud tells no security group of eni-db',
  },
  'cannot tell where a rule names a group and those of the pod’s ENI are not told': {
    objects,
    path: there('i-db01'),
    cloud: account({
      cards: [nodeCard, card('eni-pod', { ...onNode, ip: ['10.0.40.12'] }), dbCard],
      inner: { 'sg-db': 'Drop' },
      rules: { 'sg-db': [rule('ingress', 'Accept', { SourceGroupId: 'sg-pod' })] },
    }),
    outcome: 'unknown',
    says: 'egress at pod shop/web (eni-pod): not to be told: the cloud tells no security group of eni-pod; ingress at i-db01 (eni-db): not to be told: an ingress rule of sg-db: priority 1, Accept, ALL -1/-1, from sg-pod would decide, and whether it is about this rests on what is not read (a prefix list, a list of ports, the groups of the other end',
  },
  'cannot tell whether the pod is a member where its groups are not told': {
    objects,
    path: there('i-db01'),
    cloud: account({ cards: [nodeCard, card('eni-pod', { ...onNode, ip: ['10.0.40.12'] }), dbCard] }),
    outcome: 'unknown',
    says: 'ingress at i-db01 (eni-db): not to be told: whether the other end is a member of sg-db too: the cloud tells no security group of it',
  },
  'cannot tell, and names it, where the account says nothing of a group’s rules': {
    objects,
    path: there('i-db01'),
    cloud: account({ unread: { 'sg-db': 'nothing' } }),
    outcome: 'unknown',
    says: 'ingress at i-db01 (eni-db): not to be told: the rules of sg-db were not read: the answer says nothing of it',
  },
  'cannot tell, and names it, where one of two groups is gone': {
    objects,
    path: there('i-db01'),
    cloud: account({
      cards: [nodeCard, podCard, { ...dbCard, SecurityGroupIds: { SecurityGroupId: ['sg-db', 'sg-gone'] } }],
      rules: { 'sg-db': [letIn('0.0.0.0/0')] },
      unread: { 'sg-gone': 'gone' },
    }),
    outcome: 'unknown',
    says: 'the rules of sg-gone were not read: sg-gone is not found.',
  },
  'cannot tell, and names it, where a rule of the pod’s group has no direction': {
    objects,
    path: there('i-db01'),
    cloud: account({ rules: { 'sg-db': [letIn('0.0.0.0/0')] }, unread: { 'sg-pod': 'garbled' } }),
    outcome: 'unknown',
    says: 'egress at pod shop/web (eni-pod): not to be told: the rules of sg-pod were not read: ',
  },
  'says that the instance does not run where its group was not read': {
    objects,
    path: there('i-db01'),
    cloud: account({ status: 'Stopped', unread: { 'sg-db': 'gone' } }),
    outcome: 'found',
    finds: [
      'notRunning: i-db01 is Stopped, not Running: nothing reaches it or starts from it, whatever security groups say.',
    ],
  },
  'cannot tell of an address that is no instance’s': {
    objects,
    path: there('10.0.61.1'),
    cloud: account(),
    outcome: 'unknown',
    says: 'No ENI of the account in cn-hangzhou has 10.0.61.1',
  },
  'cannot tell of an instance that is not there': {
    objects,
    path: there('i-nowhere'),
    cloud: account(),
    outcome: 'unknown',
    says: 'shows no primary ENI of i-nowhere',
  },
  'cannot tell of an ENI without an instance': {
    objects,
    path: there('10.0.60.9'),
    cloud: account({
      cards: [nodeCard, podCard, card('eni-loose', { ip: ['10.0.60.9'], groups: ['sg-db'] })],
    }),
    outcome: 'unknown',
    says: 'eni-loose, the ENI with 10.0.60.9, is attached to no instance',
  },
  'cannot tell of a pod whose node is no ECS instance': {
    objects: [terway, node('n1'), web],
    path: there('i-db01'),
    cloud: account(),
    outcome: 'unknown',
    says: 'is no ECS instance by its provider id',
  },
  'cannot tell of a pod whose address no ENI holds': {
    objects,
    path: there('i-db01'),
    cloud: account({ cards: [nodeCard, dbCard] }),
    outcome: 'unknown',
    says: 'No ENI of i-bp1node00001 holds 10.0.40.12',
  },
  'says that what stays on one machine passes no group': {
    objects,
    path: there('10.0.34.11'),
    cloud: account({ instances: [{ InstanceId: 'i-bp1node00001', Status: 'Running' }] }),
    outcome: 'unknown',
    says: 'runs on i-bp1node00001 itself',
  },
  'says that the instance does not run, and judges the rules all the same': {
    objects,
    path: there('i-db01'),
    cloud: account({ status: 'Stopped', rules: { 'sg-db': [letIn('0.0.0.0/0')] } }),
    outcome: 'found',
    finds: [
      'notRunning: i-db01 is Stopped, not Running: nothing reaches it or starts from it, whatever security groups say.',
    ],
  },
  'does not judge rules across VPCs': {
    objects,
    path: there('i-db01'),
    cloud: account({ cards: [nodeCard, podCard, { ...dbCard, VpcId: 'vpc-other' }] }),
    outcome: 'unknown',
    says: 'How vpc-own and vpc-other are connected',
    finds: [
      'otherVpc: pod shop/web is in vpc-own, i-db01 in vpc-other: they reach each other only where CEN, a VPC peering connection or a public address leads. What groups let through then depends on the address that arrives.',
    ],
  },
  'takes the ENI of its own VPC where another has the same address': {
    objects,
    path: there('10.0.60.9'),
    cloud: account({
      cards: [nodeCard, podCard, { ...dbCard, NetworkInterfaceId: 'eni-far', VpcId: 'vpc-other' }, dbCard],
      rules: { 'sg-db': [letIn('10.0.40.0/24')] },
    }),
    outcome: 'clear',
  },
  'does not guess between ENIs of two other VPCs': {
    objects,
    path: there('10.0.60.9'),
    cloud: account({
      cards: [
        nodeCard,
        podCard,
        { ...dbCard, VpcId: 'vpc-b' },
        { ...dbCard, NetworkInterfaceId: 'eni-c', VpcId: 'vpc-c' },
      ],
    }),
    outcome: 'unknown',
    says: 'Several ENIs in other VPCs have 10.0.60.9',
  },
  'cannot tell without the right to read rules, and names the action': {
    objects,
    path: there('i-db01'),
    cloud: account({ refused: { 'ecs:DescribeSecurityGroupAttribute': 'cloud.forbidden' } }),
    outcome: 'unknown',
    says: 'may not call ecs:DescribeSecurityGroupAttribute',
    silent: 'not connected',
  },
};

const flannel = [
  fixture('06-daemonset-kube-flannel-ds'),
  worker('172.20.0.64/26'),
  pod('web', { ip: '172.20.0.70' }),
];

/** Of two addresses neither is called the primary one. */
const nameless = {
  ...nodeCard,
  PrivateIpSets: {
    PrivateIpSet: ['10.0.34.11', '10.0.34.12'].map((PrivateIpAddress) => ({
      PrivateIpAddress,
      Primary: false,
    })),
  },
};

const onFlannel: Readonly<Record<string, CheckCase>> = {
  'with Flannel, is dropped where neither the pod’s address nor the node’s is let in': {
    objects: flannel,
    path: there('i-db01'),
    cloud: account({ cards: [nodeCard, dbCard] }),
    outcome: 'found',
    finds: [
      'dropped: The security group of i-db01 (eni-db) drops ping (ICMP) from pod shop/web to i-db01: Drop: no ingress rule of sg-db is about it, and a basic group then drops it. Add an ingress rule to sg-db that accepts ping (ICMP) from the block that pods have their addresses of (here 172.20.0.70).',
    ],
    evidence: ['ingress at i-db01 (eni-db), were the pod behind the address of its node'],
  },
  'with Flannel, is let in where both addresses are': {
    objects: flannel,
    path: there('i-db01'),
    cloud: account({
      cards: [nodeCard, dbCard],
      rules: { 'sg-db': [letIn('172.20.0.0/16'), letIn('10.0.34.0/24')] },
    }),
    outcome: 'clear',
  },
  'with Flannel, a rule for the group of the nodes does not settle it, and both addresses are told': {
    objects: flannel,
    path: there('i-db01'),
    cloud: account({
      cards: [nodeCard, dbCard],
      rules: { 'sg-db': [rule('ingress', 'Accept', { SourceGroupId: 'sg-node' })] },
    }),
    outcome: 'unknown',
    says: 'Which address the packets of a Flannel pod leave with is not told (flannel --ip-masq): with its own address (172.20.0.70) ingress at i-db01 (eni-db): Drop: no ingress rule of sg-db is about it, and a basic group then drops it. And with the address of its node (10.0.34.11) accepted at both ends',
  },
  'with Flannel, drops nothing for sure where the address of the node is not told': {
    objects: flannel,
    path: there('i-db01'),
    cloud: account({ cards: [nameless, dbCard] }),
    outcome: 'unknown',
    says: 'with its own address (172.20.0.70) ingress at i-db01 (eni-db): Drop: no ingress rule of sg-db is about it, and a basic group then drops it. And with the address of its node (not told) egress at pod shop/web (eni-node): not to be told: the cloud tells no primary address of eni-node',
  },
  'with Flannel, lets nothing in for sure where the address of the node is not told': {
    objects: flannel,
    path: there('i-db01'),
    cloud: account({ cards: [nameless, dbCard], rules: { 'sg-db': [letIn('172.20.0.0/16')] } }),
    outcome: 'unknown',
    says: 'with its own address (172.20.0.70) accepted at both ends. And with the address of its node (not told)',
  },
  'with Flannel, takes the only address of the node for its primary one': {
    objects: flannel,
    path: there('i-db01'),
    cloud: account({
      cards: [
        {
          ...nodeCard,
          PrivateIpSets: { PrivateIpSet: [{ PrivateIpAddress: '10.0.34.11', Primary: false }] },
        },
        dbCard,
      ],
      rules: { 'sg-db': [letIn('172.20.0.0/16'), letIn('10.0.34.0/24')] },
    }),
    outcome: 'clear',
  },
  'with Flannel, what the instance starts meets the group of the node': {
    objects: flannel,
    path: back('i-db01', '80'),
    cloud: account({
      cards: [nodeCard, dbCard],
      rules: { 'sg-node': [rule('ingress', 'Accept', { SourceGroupId: 'sg-db' })] },
    }),
    outcome: 'clear',
    facts: ['ingress at pod shop/web (eni-node): Accept by an ingress rule of sg-node'],
  },
};

describeCases(securityGroups, { ...onTerway, ...onFlannel });
