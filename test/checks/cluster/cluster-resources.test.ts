import { describe, expect, it } from '@jest/globals';
import { clusterResources } from '../../../src/checks/cluster/cluster-resources.js';
import { gatherIdentity } from '../../../src/cluster/identity/gather-identity.js';
import { cloudOf } from '../../support/cloud-of.js';
import { describeCheck } from '../../support/describe-check.js';
import { configMap, fixture, node } from '../../support/kube-objects.js';
import { readerOf } from '../../support/reader-of.js';

const profile = configMap('ack-cluster-profile', {
  clusterid: 'c0ffee',
  vpcid: 'vpc-bp1',
  'vsw-zone': 'vsw-a:cn-hangzhou-i',
});
const ecs = node('n1', { spec: { providerID: 'cn-hangzhou.i-bp1abc' } });

describeCheck(clusterResources, {
  'stays quiet about an ACK cluster': { objects: [profile, ecs], outcome: 'clear' },
  'knows an ACK cluster by its nodes alone': { objects: [ecs], outcome: 'clear' },
  'advises where nothing says ACK': {
    objects: [node('n1', { spec: { providerID: 'aws:///eu-1/i-0123' } })],
    outcome: 'clear',
    finds: [
      'notAck: Nothing here says that this is an ACK cluster (no cluster profile, no ACK node label, no ECS provider id); acknet knows ACK only.',
    ],
    evidence: ['aws:///eu-1/i-0123'],
  },
});

it('tells the cluster id, VPC, vSwitches of nodes and pods, and instances', async () => {
  const reader = readerOf({ objects: [profile, ecs, fixture('02-configmap-eni-config-default')] });
  const facts = await clusterResources.gather(reader);
  const verdict = clusterResources.judge(facts, { now: new Date(0), identity: await gatherIdentity(reader) });
  const value = (label: string) => verdict.facts.find((fact) => fact.label === label)?.value;
  expect([
    value('Cluster id'),
    value('VPC'),
    value('Node vSwitches'),
    value('Instances'),
    value('Region'),
  ]).toEqual(['c0ffee', 'vpc-bp1', 'vsw-a:cn-hangzhou-i', 'i-bp1abc', 'cn-hangzhou']);
  expect(value('Pod vSwitches')).toContain('vsw-');
});

describe('what the account says of the cluster', () => {
  const vSwitch = (VSwitchId: string, AvailableIpAddressCount: number) => ({
    ...{
      VSwitchId,
      AvailableIpAddressCount,
      ZoneId: 'cn-hangzhou-i',
      VpcId: 'vpc-bp1',
      CidrBlock: '10.0.0.0/24',
    },
  });
  const factsWith = async (detail: object, vSwitches: readonly object[]) => {
    const reader = readerOf({ objects: [profile, ecs] });
    const cloud = cloudOf({
      answers: {
        'cs:DescribeClusterDetail': [{ vpc_id: 'vpc-bp1', ...detail }],
        'vpc:DescribeVSwitches': ({ VpcId }) => (VpcId === 'vpc-bp1' ? vSwitches : []),
      },
    });
    const facts = await clusterResources.gather(reader);
    const seen = await clusterResources.cloud?.gather(cloud, facts);
    const context = { now: new Date(0), identity: await gatherIdentity(reader) };
    const verdict = clusterResources.judge(facts, context, { seen });
    return new Map(verdict.facts.map(({ label, value, where }) => [label, `${value} | ${where}`]));
  };

  it('stands beside each id, with when it was asked', async () => {
    const facts = await factsWith({}, [vSwitch('vsw-a', 1)]);
    expect(facts.get('Node vSwitches')).toBe(
      'vsw-a (cn-hangzhou-i, 10.0.0.0/24, 1 address free) | ConfigMap kube-system/ack-cluster-profile; DescribeVSwitches, 2026-11-24T02:59:30Z',
    );
  });

  it('does not make up a vSwitch that the VPC does not list', async () => {
    const facts = await factsWith({ vswitch_ids: ['vsw-c'] }, []);
    expect(facts.get('Node vSwitches')).toMatch(/^vsw-a \(not listed in vpc-bp1\)/);
    expect(facts.get('Control plane vSwitches')).toMatch(/^vsw-c \(not listed in vpc-bp1\)/);
  });

  it.each([
    [20, /^vsw-0 \(not listed in vpc-bp1\), .*, vsw-19 \(not listed in vpc-bp1\)$/],
    [22, / vsw-19 \(not listed in vpc-bp1\) and 2 more$/],
  ])('of %i vSwitches lists twenty, and counts the others', async (many, expected) => {
    const ids = Array.from({ length: many }, (_, index) => `vsw-${index}`);
    const facts = await factsWith({ vswitch_ids: ids }, []);
    expect(facts.get('Control plane vSwitches')?.split(' | ')[0]).toMatch(expected);
  });

  it.each([
    ['Flannel', { container_cidr: '172.20.0.0/16', node_cidr_mask: '26' }, '172.20.0.0/16, a /26 a node'],
    ['Flannel, mask not told', { container_cidr: '172.20.0.0/16' }, '172.20.0.0/16'],
    ['Terway', { container_cidr: '' }, undefined],
    ['a field that is not there', {}, undefined],
  ])('tells the pod CIDR of %s', async (_what, detail, expected) => {
    const facts = await factsWith(detail, []);
    expect(facts.get('Pod CIDR (Flannel)')?.split(' | ')[0]).toBe(expected);
  });
});
