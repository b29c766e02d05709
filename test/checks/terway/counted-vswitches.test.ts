import { expect, it } from '@jest/globals';
import { vSwitchAddressesExhausted } from '../../../src/checks/terway/vswitch-addresses-exhausted.js';
import type { CloudAction } from '../../../src/cloud/actions.js';
import { gatherIdentity } from '../../../src/cluster/identity/gather-identity.js';
import type { ErrorCode } from '../../../src/errors.js';
import { cloudOf, type InMemoryCloud, notFound } from '../../support/cloud-of.js';
import { describeCases } from '../../support/describe-check.js';
import { fixture } from '../../support/kube-objects.js';
import { readerOf } from '../../support/reader-of.js';
import {
  eniConfigMap,
  event,
  host,
  overrideMap,
  pod,
  terwayNode,
  terwayPod,
} from '../../support/terway-objects.js';

const VPC = 'vpc-own';
const vSwitch = (id: string, free: number, rest: object = {}) => ({
  VSwitchId: id,
  ZoneId: 'cn-hangzhou-i',
  VpcId: VPC,
  CidrBlock: '10.0.40.0/24',
  AvailableIpAddressCount: free,
  ...rest,
});
const cloudWith = (
  listed: readonly object[],
  more: { others?: readonly object[]; refused?: Partial<Record<CloudAction, ErrorCode>> } = {},
): InMemoryCloud => ({
  answers: {
    'cs:DescribeClusterDetail': [{ vpc_id: VPC }],
    'vpc:DescribeVSwitches': listed,
    'vpc:DescribeVSwitchAttributes': ({ VSwitchId }) => {
      const found = (more.others ?? []).filter(
        (entry) => (entry as { VSwitchId: string }).VSwitchId === VSwitchId,
      );
      return found.length > 0 ? found : notFound(String(VSwitchId));
    },
  },
  refused: more.refused ?? {},
});

const set = fixture('01-daemonset-terway-eniip');
const base = [set, eniConfigMap(), terwayPod('n1'), host('n1')];
const two = eniConfigMap({ daemon: { vswitches: { 'cn-hangzhou-i': ['vsw-a', 'vsw-b'] } } });
const AT = '2026-11-24T02:59:30Z';
const FULL = `countedEmpty: No pod vSwitch of zone cn-hangzhou-i has a free address (vsw-a; counted ${AT}), and 1 pod waits there. Add a vSwitch of the same zone.`;
const refusal = event(
  'errCode: InvalidVSwitchId.IpNotEnough, msg: The specified VSwitch "vsw-a" has not enough IpAddress.',
  {
    about: 'n1',
    kind: 'Node',
  },
);
const failed = event('error alloc ip', { about: 'web-1' });

describeCases(vSwitchAddressesExhausted, {
  'rules exhaustion out where every vSwitch has room, although nothing asked for an address': {
    objects: base,
    cloud: cloudWith([vSwitch('vsw-a', 40)]),
    outcome: 'clear',
  },
  'confirms it by the count where Terway does not say why': {
    objects: [...base, pod('web-1'), failed],
    cloud: cloudWith([vSwitch('vsw-a', 0)]),
    outcome: 'found',
    finds: [FULL],
    evidence: ['DescribeVSwitches, vsw-a.AvailableIpAddressCount: 0'],
  },
  'says it once where Terway says it too': {
    objects: [...base, pod('web-1'), refusal],
    cloud: cloudWith([vSwitch('vsw-a', 0)]),
    outcome: 'found',
    finds: [
      'exhausted: vSwitch vsw-a (zone cn-hangzhou-i) has no free address left: 1 node gets none from it, and 1 pod waits there. Add a vSwitch of the same zone.',
    ],
  },
  'believes the count of now before a refusal of the last hour': {
    objects: [...base, pod('web-1'), refusal],
    cloud: cloudWith([vSwitch('vsw-a', 40)]),
    outcome: 'unknown',
    says: '1 pod still waits there',
    finds: [
      `roomAgain: vSwitch vsw-a had no free address at 2026-11-24T02:50:00Z, and has 40 now (counted ${AT}). Terway tries again by itself.`,
    ],
  },
  'still calls it exhausted where fewer are free than pods wait': {
    objects: [...base, pod('web-1'), pod('web-2'), refusal],
    cloud: cloudWith([vSwitch('vsw-a', 1)]),
    outcome: 'found',
    finds: [
      'exhausted: vSwitch vsw-a (zone cn-hangzhou-i) has no free address left: 1 node gets none from it, and 2 pods wait there. Add a vSwitch of the same zone.',
    ],
  },
  'blames no empty vSwitch where another of the zone has room': {
    objects: [set, two, terwayPod('n1'), host('n1'), pod('web-1'), failed],
    cloud: cloudWith([vSwitch('vsw-a', 0), vSwitch('vsw-b', 20)]),
    outcome: 'unknown',
    says: '1 pod waits for an address',
    finds: [
      `countedLow: vSwitch vsw-a (zone cn-hangzhou-i) has 0 free addresses (counted ${AT}): the next pods take them from another pod vSwitch of the zone, or wait.`,
    ],
  },
  'blames no empty vSwitch where the node has a free address': {
    objects: [
      ...base,
      terwayNode('n1', {
        interfaces: [{ vSwitch: 'vsw-a', addresses: { '10.0.40.8': 'a/b', '10.0.40.9': '' } }],
      }),
      pod('web-1'),
      failed,
    ],
    cloud: cloudWith([vSwitch('vsw-a', 0)]),
    outcome: 'unknown',
    finds: [
      `countedLow: vSwitch vsw-a (zone cn-hangzhou-i) has 0 free addresses (counted ${AT}): the next pods take them from another pod vSwitch of the zone, or wait.`,
    ],
  },
  'takes 15 for none where Terway needs blocks of 16': {
    objects: [
      set,
      eniConfigMap({ daemon: { vswitches: { 'cn-hangzhou-i': ['vsw-a'] }, enable_ip_prefix: true } }),
      terwayPod('n1'),
      host('n1'),
      pod('web-1'),
      failed,
    ],
    cloud: cloudWith([vSwitch('vsw-a', 15)]),
    outcome: 'found',
    finds: [FULL],
  },
  'takes no number for a proof that a block of 16 is left': {
    objects: [
      set,
      eniConfigMap({ daemon: { vswitches: { 'cn-hangzhou-i': ['vsw-a'] }, enable_ip_prefix: true } }),
      terwayPod('n1'),
      host('n1'),
    ],
    cloud: cloudWith([vSwitch('vsw-a', 40)]),
    outcome: 'unknown',
    says: 'No pod got an address',
  },
  'finds one that no VPC has': {
    objects: base,
    cloud: cloudWith([]),
    outcome: 'found',
    finds: [
      'vSwitchGone: Pod vSwitch vsw-a of zone cn-hangzhou-i does not exist in the account (any more): Terway gets no ENI there. Take it out of eni-config, or name the one that was meant.',
    ],
  },
  'finds one of another VPC': {
    objects: base,
    cloud: cloudWith([], { others: [vSwitch('vsw-a', 9, { VpcId: 'vpc-other' })] }),
    outcome: 'found',
    finds: [
      'otherVpc: Pod vSwitch vsw-a of zone cn-hangzhou-i is in VPC vpc-other, and the cluster is in vpc-own: no ENI of a node can be made there.',
    ],
  },
  'finds one of another zone': {
    objects: base,
    cloud: cloudWith([vSwitch('vsw-a', 40, { ZoneId: 'cn-hangzhou-k' })]),
    outcome: 'found',
    finds: [
      'otherZone: Pod vSwitch vsw-a stands under zone cn-hangzhou-i in eni-config, and is in zone cn-hangzhou-k: no ENI of a node in cn-hangzhou-i can be made there.',
    ],
  },
  'names the ConfigMap of some nodes where that one names it': {
    objects: [
      set,
      eniConfigMap(),
      terwayPod('n1'),
      host('n1', { labels: { 'terway-config': 'eni-config-fixed' } }),
      overrideMap('eni-config-fixed', {
        data: { eni_conf: '{"vswitches":{"cn-hangzhou-i":["vsw-gone","vsw-far"]}}' },
      }),
    ],
    cloud: cloudWith([vSwitch('vsw-far', 40, { ZoneId: 'cn-hangzhou-k' })]),
    outcome: 'found',
    finds: [
      'vSwitchGone: Pod vSwitch vsw-gone of zone cn-hangzhou-i does not exist in the account (any more): Terway gets no ENI there. Take it out of eni-config-fixed, or name the one that was meant.',
      'otherZone: Pod vSwitch vsw-far stands under zone cn-hangzhou-i in eni-config-fixed, and is in zone cn-hangzhou-k: no ENI of a node in cn-hangzhou-i can be made there.',
    ],
    evidence: ['DescribeVSwitchAttributes, vsw-gone: vsw-gone is not found.'],
  },
  'calls nothing gone in a VPC that another account shares': {
    objects: base,
    cloud: cloudWith([vSwitch('vsw-z', 40, { ShareType: 'Shared' })]),
    outcome: 'unknown',
    says: 'the VPC is shared',
  },
  'leaves open what it may not ask, and says which action is missing': {
    objects: [...base, pod('web-1'), refusal],
    cloud: cloudWith([], { refused: { 'vpc:DescribeVSwitches': 'cloud.forbidden' } }),
    outcome: 'found',
    says: 'may not call vpc:DescribeVSwitches',
    finds: [
      'exhausted: vSwitch vsw-a (zone cn-hangzhou-i) has no free address left: 1 node gets none from it, and 1 pod waits there. Add a vSwitch of the same zone.',
    ],
  },
  'judges nothing by a count that is no number': {
    objects: base,
    cloud: cloudWith([{ ...vSwitch('vsw-a', 0), AvailableIpAddressCount: '40' }]),
    outcome: 'unknown',
    says: 'AvailableIpAddressCount',
  },
});

it('shows the vSwitches that could be added where a zone runs short, the roomiest first', async () => {
  const spare = [
    vSwitch('vsw-small', 9),
    vSwitch('vsw-large', 900),
    vSwitch('vsw-full', 0),
    vSwitch('vsw-far', 500, { ZoneId: 'cn-hangzhou-k' }),
  ];
  const factsWith = async (free: number, more: readonly object[]) => {
    const reader = readerOf({ objects: base });
    const facts = await vSwitchAddressesExhausted.gather(reader);
    const seen = await vSwitchAddressesExhausted.cloud?.gather(
      cloudOf(cloudWith([vSwitch('vsw-a', free), ...more])),
      facts,
    );
    const context = { now: new Date('2026-11-24T03:00:00Z'), identity: await gatherIdentity(reader) };
    return vSwitchAddressesExhausted
      .judge(facts, context, { seen })
      .facts.filter(({ label }) => label.startsWith('Other vSwitches'))
      .map(({ label, value }) => `${label}: ${value}`);
  };
  expect(await factsWith(0, spare)).toEqual([
    'Other vSwitches of cn-hangzhou-i with free addresses: vsw-large (900), vsw-small (9)',
  ]);
  expect(await factsWith(0, [])).toEqual([
    'Other vSwitches of cn-hangzhou-i with free addresses: none: create one first',
  ]);
  expect(await factsWith(40, spare)).toEqual([]);
});

it('is about the ConfigMap that names the vSwitch, for whatever the cloud shows wrong with it', async () => {
  const objects = [
    set,
    eniConfigMap(),
    terwayPod('n1'),
    host('n1', { labels: { 'terway-config': 'eni-config-fixed' } }),
    overrideMap('eni-config-fixed', {
      data: { eni_conf: '{"vswitches":{"cn-hangzhou-i":["vsw-gone","vsw-far","vsw-other"]}}' },
    }),
    host('n2'),
    terwayPod('n2'),
    pod('web-2', { node: 'n2' }),
    event('error alloc ip', { about: 'web-2' }),
  ];
  const account = cloudWith([vSwitch('vsw-a', 0), vSwitch('vsw-far', 9, { ZoneId: 'cn-hangzhou-k' })], {
    others: [vSwitch('vsw-other', 9, { VpcId: 'vpc-other' })],
  });
  const reader = readerOf({ objects });
  const facts = await vSwitchAddressesExhausted.gather(reader);
  const seen = await vSwitchAddressesExhausted.cloud?.gather(cloudOf(account), facts);
  const context = { now: new Date('2026-11-24T03:00:00Z'), identity: await gatherIdentity(reader) };
  const { findings } = vSwitchAddressesExhausted.judge(facts, context, { seen });
  const about = findings.map((finding) => `${finding.id.split('.')[1]} ${finding.about.name}`);
  expect(about.sort()).toEqual([
    'countedEmpty eni-config',
    'otherVpc eni-config-fixed',
    'otherZone eni-config-fixed',
    'vSwitchGone eni-config-fixed',
  ]);
});

/** What the only vSwitch of a node is like, and whether that is why pods wait there. */
const strandings: Readonly<
  Record<string, { nodes: readonly string[]; ids?: readonly string[]; account: InMemoryCloud; free?: string }>
> = {
  'is gone': { nodes: ['n1'], account: cloudWith([]) },
  'is in another VPC': {
    nodes: ['n1'],
    account: cloudWith([], { others: [vSwitch('vsw-a', 9, { VpcId: 'vpc-other' })] }),
  },
  'is in another zone': {
    nodes: ['n1'],
    account: cloudWith([vSwitch('vsw-a', 9, { ZoneId: 'cn-hangzhou-k' })]),
  },
  'is gone, and the other one is empty': {
    nodes: ['n1'],
    ids: ['vsw-a', 'vsw-b'],
    account: cloudWith([vSwitch('vsw-b', 0)]),
  },
  'is gone, and another one has room': {
    nodes: [],
    ids: ['vsw-a', 'vsw-b'],
    account: cloudWith([vSwitch('vsw-b', 20)]),
  },
  'is gone, and the card of the node has a free address': {
    nodes: [],
    account: cloudWith([]),
    free: '10.0.40.9',
  },
};

it.each(Object.keys(strandings))('accounts for pods that wait where their vSwitch %s', async (what) => {
  const { nodes = [], ids = ['vsw-a'], account = cloudWith([]), free } = strandings[what] ?? {};
  const card = terwayNode('n1', { interfaces: [{ vSwitch: 'vsw-a', addresses: { [free ?? '']: '' } }] });
  const reader = readerOf({
    objects: [
      ...[set, eniConfigMap({ daemon: { vswitches: { 'cn-hangzhou-i': ids } } })],
      ...[terwayPod('n1'), host('n1'), pod('web-1'), failed],
      ...(free === undefined ? [] : [card]),
    ],
  });
  const facts = await vSwitchAddressesExhausted.gather(reader);
  const seen = await vSwitchAddressesExhausted.cloud?.gather(cloudOf(account), facts);
  const context = { now: new Date('2026-11-24T03:00:00Z'), identity: await gatherIdentity(reader) };
  const { findings } = vSwitchAddressesExhausted.judge(facts, context, { seen });
  const [misplaced] = findings.filter(({ id }) => /vSwitchGone|otherVpc|otherZone/.test(id));
  expect(misplaced?.explains).toMatchObject({ kinds: ['pod-waiting', 'warning'], nodes });
});
