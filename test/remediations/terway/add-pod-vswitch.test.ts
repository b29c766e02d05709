import { describe, expect, it } from '@jest/globals';
import type { CloudQuery } from '../../../src/cloud/ports.js';
import type { ClusterAccess, JsonObject } from '../../../src/cluster/ports.js';
import type { ErrorCode } from '../../../src/errors.js';
import { addPodVswitch } from '../../../src/remediations/terway/add-pod-vswitch.js';
import { startFields, startForm } from '../../../src/slack/fixes/start/start-form.js';
import { cloudOf, type InMemoryCloud, notFound } from '../../support/cloud-of.js';
import { describePlan } from '../../support/describe-plan.js';
import { describeRemediation } from '../../support/describe-remediation.js';
import { node } from '../../support/kube-objects.js';
import { readerOf } from '../../support/reader-of.js';
import { overrideMap, terwayNode } from '../../support/terway-objects.js';
import { terway } from './terway-objects.js';

const params = { vSwitch: 'vsw-bp1newone7k2m4p6q8r0', zone: 'cn-hangzhou-i' };
const about = { kind: 'ConfigMap', namespace: 'kube-system', name: 'eni-config' };

describeRemediation(addPodVswitch, {
  scenario: 'terway-exhausted',
  params,
  diff: [
    '-      "vsw-bp1d8f1h4j7l0n3p6r9t2"',
    '+      "vsw-bp1d8f1h4j7l0n3p6r9t2",',
    '+      "vsw-bp1newone7k2m4p6q8r0"',
  ],
  warns: ['Not verified', 'SNAT', 'Only ENIs created from now on'],
  ends: 'unproven',
  objects: [about],
});

const changes = ['edit-document ConfigMap/eni-config', 'roll-pods DaemonSet/terway-eniip'];

describePlan(addPodVswitch, {
  'adds it behind those of its zone, and restarts Terway': {
    objects: terway(),
    params,
    changes,
    risk: 'medium',
  },
  'restarts the exclusive-mode DaemonSet where that is the one': {
    objects: terway({ daemonSetName: 'terway-eni' }),
    params,
    changes: [changes[0] ?? '', 'roll-pods DaemonSet/terway-eni'],
  },
  'says what the first vSwitch of a zone changes': {
    objects: [...terway(), node('n2', { labels: { 'topology.kubernetes.io/zone': 'cn-hangzhou-h' } })],
    params: { ...params, zone: 'cn-hangzhou-h' },
    changes,
    warns: ['Zone cn-hangzhou-h had no pod vSwitch'],
  },
  'names nodes that have a list of their own': {
    objects: terway({ labels: { 'terway-config': 'eni-config-fixed' } }),
    params,
    warns: ['do not take it: n1'],
  },
  'is a high risk where the restart moves IPvlan to DataPath V2': {
    objects: terway({ type: 'IPVlan', image: 'acs/terway:v1.13.2-1718bc8' }),
    params,
    risk: 'high',
    warns: ['moves IPvlan nodes to DataPath V2'],
  },
  'has nothing to do where it is listed': {
    objects: terway(),
    params: { ...params, vSwitch: 'vsw-aaaaaa1' },
    changes: [],
  },
  'refuses one that another zone lists': {
    objects: [...terway(), node('n2', { labels: { 'topology.kubernetes.io/zone': 'cn-hangzhou-h' } })],
    params: { vSwitch: 'vsw-aaaaaa1', zone: 'cn-hangzhou-h' },
    refuses: 'listed already, for zone cn-hangzhou-i',
  },
  'refuses a zone without nodes': {
    objects: terway(),
    params: { ...params, zone: 'cn-hangzhou-z' },
    refuses: 'its nodes are in cn-hangzhou-i',
  },
  'refuses what is no vSwitch id': {
    objects: terway(),
    params: { ...params, vSwitch: 'vsw-"]}' },
    refuses: 'vSwitch',
  },
  'refuses where no pod vSwitches are configured': {
    objects: terway({ eniConf: '{}' }),
    params,
    refuses: 'lists no pod vSwitches',
  },
  'refuses a broken eni_conf': {
    objects: terway({ eniConf: '{"vswitches":' }),
    params,
    refuses: 'eni_conf in ConfigMap',
  },
  'refuses a broken CNI config': {
    objects: terway({ cni: '{' }),
    params,
    refuses: '10-terway.conf in ConfigMap',
  },
  'refuses where a label changed the mode of a node': {
    objects: terway({ labels: { 'k8s.aliyun.com/exclusive-mode-eni-type': 'eniOnly' } }),
    params,
    refuses: 'would not start there again: n1',
  },
  'accepts a node that really is exclusive': {
    objects: terway({
      labels: { 'k8s.aliyun.com/exclusive-mode-eni-type': 'eniOnly' },
      allocatable: { 'aliyun/eni': '4' },
    }),
    params,
    changes,
  },
  'refuses an old kernel where eBPF needs a newer one': {
    objects: terway({ type: 'datapathv2', image: 'acs/terway:v1.15.3', kernel: '4.19.91-19.1.al7.x86_64' }),
    params,
    refuses: 'needs kernel 5.10',
  },
  'refuses it too where the policy engine is eBPF': {
    objects: terway({
      cni: '{"type":"terway","network_policy_provider":"ebpf"}',
      image: 'acs/terway:v1.15.3',
      kernel: '4.19.91',
    }),
    params,
    refuses: 'needs kernel 5.10',
  },
  'does not mind an old kernel without eBPF': {
    objects: terway({ image: 'acs/terway:v1.15.3', kernel: '4.19.91' }),
    params,
    changes,
  },
  'refuses where Terway does not run': { objects: terway().slice(1), params, refuses: 'Terway' },
});

const VPC = 'vpc-bp1q0w9e8r7t6y5u4i3o2';
const vSwitch = (
  VSwitchId: string,
  AvailableIpAddressCount: number,
  ZoneId = 'cn-hangzhou-i',
  VpcId = VPC,
) => ({
  ...{ VSwitchId, ZoneId, VpcId, AvailableIpAddressCount, CidrBlock: '10.0.49.0/24' },
});

/** An account with these vSwitches in the cluster's VPC, and one elsewhere. */
const account = (
  list: readonly object[],
  refused: Partial<Record<'vpc:DescribeVSwitches', ErrorCode>> = {},
): InMemoryCloud => ({
  answers: {
    'cs:DescribeClusterDetail': [{ vpc_id: VPC }],
    'vpc:DescribeVSwitches': list,
    'vpc:DescribeVSwitchAttributes': ({ VSwitchId }: CloudQuery) =>
      VSwitchId === 'vsw-elsewhere1'
        ? [vSwitch('vsw-elsewhere1', 9, 'cn-hangzhou-i', 'vpc-other')]
        : notFound(String(VSwitchId)),
  },
  refused,
});
const roomy = vSwitch('vsw-roomy00001', 200);

describePlan(addPodVswitch, {
  'says how many free addresses it has, and when they were counted': {
    objects: terway(),
    params,
    changes,
    cloud: account([vSwitch(params.vSwitch, 37), roomy]),
    warns: ['had 37 free addresses when counted (2026-11-24T02:59:30Z)'],
    silent: ['Not verified'],
  },
  'refuses one without a free address, and names one of the zone that has': {
    objects: terway(),
    params,
    cloud: account([vSwitch(params.vSwitch, 0), roomy, vSwitch('vsw-farther001', 900, 'cn-hangzhou-j')]),
    refuses: 'has 0 free addresses',
    hints: 'With room in zone cn-hangzhou-i: vsw-roomy00001 (200 free).',
  },
  'refuses one with less than the block that Terway takes in prefix mode': {
    objects: terway({ eniConf: '{"enable_ip_prefix":true,"vswitches":{"cn-hangzhou-i":["vsw-aaaaaa1"]}}' }),
    params,
    cloud: account([vSwitch(params.vSwitch, 15)]),
    refuses: 'Terway takes 16 at a time here',
    hints: 'create one first',
  },
  'refuses one of another zone': {
    objects: terway(),
    params,
    cloud: account([vSwitch(params.vSwitch, 37, 'cn-hangzhou-j')]),
    refuses: 'is in zone cn-hangzhou-j, not in cn-hangzhou-i',
  },
  'refuses one of another VPC': {
    objects: terway(),
    params: { ...params, vSwitch: 'vsw-elsewhere1' },
    cloud: account([roomy]),
    refuses: 'is in VPC vpc-other',
  },
  'refuses one that does not exist': {
    objects: terway(),
    params,
    cloud: account([roomy]),
    refuses: 'does not exist in the account',
  },
  'does not refuse what the cloud could not be asked about, and says so': {
    objects: terway(),
    params,
    changes,
    cloud: account([], { 'vpc:DescribeVSwitches': 'cloud.forbidden' }),
    warns: ['Not verified, because the cloud could not be asked (may not call vpc:DescribeVSwitches)'],
  },
});

describe('the form of add-pod-vswitch', () => {
  const zoneH = node('n2', { labels: { 'topology.kubernetes.io/zone': 'cn-hangzhou-h' } });
  const objects = [...terway(), zoneH];
  const formOf = async (
    cloud: InMemoryCloud | undefined,
    given: Readonly<Record<string, string>>,
    { more = [], forbidden = [] }: { more?: readonly JsonObject[]; forbidden?: readonly string[] } = {},
  ) => {
    const reader = readerOf({ objects: [...objects, ...more], forbidden });
    const ports = {
      clusters: { get: () => ({ reader: () => reader }) as unknown as ClusterAccess },
      clouds: { get: () => cloud && { cluster: 'cluster-x', reader: () => cloudOf(cloud) } },
    };
    const start = { cluster: 'cluster-x', remediation: addPodVswitch, given };
    return startForm(start, { m: addPodVswitch.id }, { fields: await startFields(ports, start) });
  };
  const form = async (...asked: Parameters<typeof formOf>) =>
    (await formOf(...asked)).blocks.find((block) => block.block_id === 'vSwitch');
  const all = account([
    vSwitch('vsw-aaaaaa1', 50),
    vSwitch('vsw-empty00001', 0),
    vSwitch('vsw-roomy00001', 200),
    vSwitch('vsw-roomier001', 251),
    vSwitch('vsw-ofzoneh001', 12, 'cn-hangzhou-h'),
    vSwitch('vsw-ofnozone01', 12, 'cn-hangzhou-z'),
  ]);
  const options = (...entries: readonly [string, string][]) =>
    entries.map(([value, text]) =>
      expect.objectContaining({ value, text: expect.objectContaining({ text }) }),
    );

  it('offers the vSwitches of the zone that have free addresses, with their number, and none that is listed', async () => {
    expect(await form(all, { zone: 'cn-hangzhou-i' })).toMatchObject({
      hint: { text: expect.stringContaining('Free addresses as counted 2026-11-24 02:59 UTC.') },
      element: {
        type: 'static_select',
        options: options(
          ['vsw-roomier001', 'vsw-roomier001 (cn-hangzhou-i, 251 free)'],
          ['vsw-roomy00001', 'vsw-roomy00001 (cn-hangzhou-i, 200 free)'],
        ),
      },
    });
  });

  it('offers those of all zones with nodes while none is chosen', async () => {
    const shown = JSON.stringify(await form(all, {}));
    expect(shown.match(/vsw-\w+ \(/g)).toEqual(['vsw-ofzoneh001 (', 'vsw-roomier001 (', 'vsw-roomy00001 (']);
  });

  it('keeps a vSwitch that was given, whatever there is to choose', async () => {
    expect(await form(all, { zone: 'cn-hangzhou-i', vSwitch: 'vsw-empty00001' })).toMatchObject({
      element: { type: 'static_select', initial_option: { value: 'vsw-empty00001' } },
    });
  });

  it('lets it be typed where no vSwitch has room, and says so', async () => {
    expect(await form(account([vSwitch('vsw-empty00001', 0)]), { zone: 'cn-hangzhou-i' })).toMatchObject({
      hint: { text: expect.stringContaining('create one first') },
      element: { type: 'plain_text_input' },
    });
  });

  describe('where the cloud is not connected', () => {
    const labelled = node('n3', {
      labels: { 'topology.kubernetes.io/zone': 'cn-hangzhou-i', 'terway-config': 'eni-config-fixed' },
    });
    const override = overrideMap('eni-config-fixed', {
      data: {
        eni_conf: '{"vswitches":{"cn-hangzhou-i":["vsw-fixedone01"],"cn-hangzhou-h":["vsw-fixedinh01"]}}',
      },
    });
    const onEnis = (...vSwitches: string[]) => vSwitches.map((vSwitch) => ({ vSwitch }));
    const shows = [
      ...[labelled, override],
      terwayNode('n1', { interfaces: onEnis('vsw-aaaaaa1', 'vsw-primary001') }),
      terwayNode('n3', { interfaces: onEnis('vsw-primary001', 'vsw-fixedone01') }),
      terwayNode('n2', { zone: 'cn-hangzhou-h', interfaces: onEnis('vsw-ofzoneh001') }),
    ];
    const blocks = async (more: readonly JsonObject[], given = {}, forbidden: readonly string[] = []) => {
      const view = await formOf(undefined, { zone: 'cn-hangzhou-i', ...given }, { more, forbidden });
      return view.blocks.filter(({ block_id: id }) => id?.startsWith('vSwitch'));
    };

    it('offers the others that the cluster shows in the zone, without a number, beside a field to type one', async () => {
      expect(await blocks(shows)).toMatchObject([
        {
          block_id: 'vSwitch',
          hint: { text: expect.stringContaining('only the VPC console shows') },
          element: {
            type: 'static_select',
            options: options(
              ['vsw-fixedone01', 'vsw-fixedone01 (cn-hangzhou-i, ConfigMap eni-config-fixed)'],
              ['vsw-primary001', 'vsw-primary001 (cn-hangzhou-i, ENIs of 2 nodes)'],
            ),
          },
        },
        { block_id: 'vSwitch.typed', optional: true, element: { type: 'plain_text_input' } },
      ]);
    });

    it('offers none that Terway said has no address left', async () => {
      const spent = terwayNode('n4', {
        interfaces: [{ vSwitch: 'vsw-primary001', insufficientAt: '2026-11-24T02:50:00Z' }],
      });
      const text = JSON.stringify(await blocks([...shows, spent]));
      expect(text).toContain('vsw-fixedone01');
      expect(text).not.toContain('vsw-primary001');
    });

    it('keeps one that was given and that it does not offer in the field to type one', async () => {
      const [, typed] = await blocks(shows, { vSwitch: 'vsw-brandnew01' });
      expect(typed).toMatchObject({ element: { initial_value: 'vsw-brandnew01' } });
    });

    it('offers what it may read, where the other may not be read', async () => {
      const text = JSON.stringify(await blocks(shows, {}, ['configmaps/eni-config-fixed']));
      expect(text).toContain('vsw-primary001');
    });
  });

  it.each([
    ['is not connected', undefined],
    ['does not answer', account([], { 'vpc:DescribeVSwitches': 'cloud.timed-out' })],
  ])('lets it be typed where the cloud %s, and names those that are listed', async (_title, cloud) => {
    expect(await form(cloud, { zone: 'cn-hangzhou-i' })).toMatchObject({
      hint: { text: expect.stringContaining('Listed now: cn-hangzhou-i: vsw-aaaaaa1') },
      element: { type: 'plain_text_input' },
    });
  });
});
