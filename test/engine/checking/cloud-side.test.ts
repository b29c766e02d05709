import { describe, expect, it } from '@jest/globals';
import { clusterResources } from '../../../src/checks/cluster/cluster-resources.js';
import { nodeNetworkUnavailable } from '../../../src/checks/flannel/node-network-unavailable.js';
import { eniQuotaExhausted } from '../../../src/checks/terway/eni-quota-exhausted.js';
import type { CloudAction } from '../../../src/cloud/actions.js';
import { checkRunSchema } from '../../../src/engine/checking/check-run.js';
import { cloudRank } from '../../../src/engine/checking/reading/cloud-rank.js';
import { type RunOptions, runChecks } from '../../../src/engine/checking/run-checks.js';
import type { ErrorCode } from '../../../src/errors.js';
import { cloudOf, notFound } from '../../support/cloud-of.js';
import { fixture } from '../../support/kube-objects.js';
import { readerOf } from '../../support/reader-of.js';
import { eniConfigMap, host, terwayPod } from '../../support/terway-objects.js';

const member = (name: string, instance: string) => {
  const made = host(name, { sufficient: { status: 'True', at: '2026-11-24T02:56:00Z' } });
  return { ...made, spec: { ...(made.spec as object), providerID: `cn-hangzhou.${instance}` } };
};
const objects = [
  fixture('01-daemonset-terway-eniip'),
  eniConfigMap(),
  terwayPod('n1'),
  terwayPod('n2'),
  member('n1', 'i-bp1node00001'),
  member('n2', 'i-bp1node00002'),
];
const card = (id: string, instance: string) => ({
  NetworkInterfaceId: id,
  Status: 'InUse',
  Type: 'Secondary',
  VSwitchId: 'vsw-a',
  InstanceId: instance,
  CreationTime: '2026-11-20T00:00:00Z',
  Tags: {
    Tag: [
      { TagKey: 'creator', TagValue: 'terway' },
      { TagKey: 'ack.aliyun.com', TagValue: 'c4f1e0a97b2d84c63a5e1f0d9b8c7a652' },
    ],
  },
});
const OWN = [card('eni-1', 'i-bp1node00001'), card('eni-2', 'i-bp1node00002')];

interface Account {
  readonly cards?: readonly object[];
  readonly refused?: Partial<Record<CloudAction, ErrorCode>>;
}

async function examined({ cards = OWN, refused = {} }: Account, more: Partial<RunOptions> = {}) {
  const asked: CloudAction[] = [];
  const inner = cloudOf({
    answers: {
      'cs:DescribeClusterDetail': [{ vpc_id: 'vpc-own' }],
      'vpc:DescribeVSwitches': [
        {
          VSwitchId: 'vsw-a',
          ZoneId: 'cn-hangzhou-i',
          VpcId: 'vpc-own',
          CidrBlock: '10.0.40.0/24',
          AvailableIpAddressCount: 40,
        },
      ],
      'vpc:DescribeVSwitchAttributes': ({ VSwitchId }) => notFound(String(VSwitchId)),
      'ecs:DescribeNetworkInterfaces': cards,
      'ecs:DescribeInstanceTypes': [],
    },
    refused,
  });
  const run = await runChecks({
    access: {
      name: 'cluster-x',
      reader: () => readerOf({ objects }),
      writer: () => {
        throw new TypeError('checks write nothing');
      },
      credentialEnds: async () => undefined,
      may: async () => false,
    },
    cloud: {
      cluster: 'cluster-x',
      reader: () => ({
        ...inner,
        read: (read, query) => {
          asked.push(read.action);
          return inner.read(read, query);
        },
      }),
    },
    checks: [eniQuotaExhausted],
    now: () => new Date('2026-11-24T03:00:00Z'),
    deadlineMs: 5000,
    ...more,
  });
  const kept = checkRunSchema.parse(JSON.parse(JSON.stringify(run)));
  return { asked, result: kept.checks[0] };
}

const STRAYED = expect.stringMatching(/^1 ENI .* none of its nodes: eni-3 on i-bp1other0001\./);

describe('the cloud’s side of a check', () => {
  it.each([
    ['are none', OWN, []],
    ['is one', [...OWN, card('eni-3', 'i-bp1other0001')], [STRAYED]],
  ])('tells of one node no stray ENIs but those of the cluster: there %s', async (_what, cards, said) => {
    for (const scope of [undefined, { namespaces: [], node: 'n1' }]) {
      const { result } = await examined({ cards }, { scope });
      expect(result?.findings.map(({ message }) => message)).toEqual(said);
    }
  });

  it.each([
    ['was read', {}, true],
    [
      'was not permitted',
      { refused: { 'ecs:DescribeNetworkInterfaces': 'cloud.forbidden' } } as const,
      undefined,
    ],
  ])('is kept as seen only where it %s', async (_what, account, seen) => {
    for (const scope of [undefined, { namespaces: [], node: 'n1' }])
      expect((await examined(account, { scope })).result?.cloudSeen).toBe(seen);
  });

  it('asks nothing where the run is not worth one of its calls, and is judged as not connected', async () => {
    const { asked, result } = await examined({}, { spare: ['ecs:DescribeNetworkInterfaces'] });
    expect([asked, result?.outcome, result?.unknown, result?.cloudSeen]).toEqual([
      [],
      'clear',
      undefined,
      undefined,
    ]);
  });

  it('asks nothing for facts alone where the run spares calls', async () => {
    const checks = [clusterResources];
    expect((await examined({}, { checks, spare: [] })).asked).toEqual([]);
    expect((await examined({}, { checks })).asked).toEqual([
      'cs:DescribeClusterDetail',
      'vpc:DescribeVSwitches',
    ]);
  });

  it('asks last for what pages by the hundred and for facts, and names the budget where it ends before', async () => {
    const ranks = [nodeNetworkUnavailable, eniQuotaExhausted, clusterResources].map(cloudRank);
    expect(ranks).toEqual([...ranks].sort((a, b) => b - a));
    expect(ranks.at(-1)).toBe(0);
    const { result } = await examined({ refused: { 'ecs:DescribeNetworkInterfaces': 'cloud.budget' } });
    expect([result?.outcome, result?.unknown?.code]).toEqual(['unknown', 'cloud.budget']);
  });
});
