import { expect, it } from '@jest/globals';
import { clusterResources } from '../../../src/checks/cluster/cluster-resources.js';
import { gatherIdentity } from '../../../src/cluster/identity/gather-identity.js';
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
