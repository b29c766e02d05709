import { describe, expect, it } from '@jest/globals';
import { ecsReachFacts } from '../../../src/checks/flannel/ecs-reach-facts.js';
import { gatherIdentity } from '../../../src/cluster/identity/gather-identity.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { describeCheck } from '../../support/describe-check.js';
import { configMap, fixture, node } from '../../support/kube-objects.js';
import { readerOf } from '../../support/reader-of.js';

const flannel = fixture('06-daemonset-kube-flannel-ds');
const config = fixture('08-configmap-kube-flannel-cfg-current');
const routeless = fixture('12-node-ack-flannel-network-unavailable');

describeCheck(ecsReachFacts, {
  'has no opinion where everything is there': { objects: [flannel, config, node('n1')], outcome: 'clear' },
  'cannot name the range when net-conf.json is malformed': {
    objects: [flannel, configMap('kube-flannel-cfg', { 'net-conf.json': '{"Network":' }), node('n1')],
    outcome: 'unknown',
    says: 'names no Network',
  },
  'cannot name the range when it is none': {
    objects: [
      flannel,
      configMap('kube-flannel-cfg', { 'net-conf.json': '{"Network":"everywhere"}' }),
      node('n1'),
    ],
    outcome: 'unknown',
    says: 'names no Network',
  },
  'cannot name the range without the ConfigMap': {
    objects: [flannel, node('n1')],
    outcome: 'unknown',
    says: 'names no Network',
  },
  'cannot tell without nodes': { objects: [flannel, config], outcome: 'unknown', says: 'no nodes' },
  'cannot tell without the right to list nodes': {
    objects: [flannel, config],
    forbidden: ['nodes'],
    outcome: 'unknown',
    says: 'may not',
  },
  'does not apply to Terway': { objects: [fixture('01-daemonset-terway-eniip')], outcome: 'not-applicable' },
});

describe('the facts', () => {
  it('name the range to allow, the VPC, the nodes and their routes', async () => {
    expect(
      await factsOf([
        flannel,
        config,
        configMap('ack-cluster-profile', { vpcid: 'vpc-bp1' }),
        routeless,
        node('n1'),
      ]),
    ).toEqual({
      'Source range to allow in the security group of the ECS instance (Pod CIDR)': '172.30.0.0/16',
      'VPC of the cluster': 'vpc-bp1',
      'Addresses that are nodes of this cluster (any other target is outside of it)': '10.1.12.45',
      'Nodes without a route: their pods reach nothing outside': 'cn-hangzhou.10.1.12.45',
      'Nodes that do not tell whether they have a route': 'n1',
    });
  });

  it('say how many nodes they leave out', async () => {
    const many = Array.from({ length: 25 }, (_, index) => node(`n${index}`));
    const facts = await factsOf([flannel, config, ...many]);
    expect(facts['Nodes that do not tell whether they have a route']).toMatch(/n19 and 5 more$/);
  });
});

async function factsOf(objects: readonly JsonObject[]): Promise<Record<string, string>> {
  const reader = readerOf({ objects });
  const context = { now: new Date('2026-11-24T03:00:00Z'), identity: await gatherIdentity(reader) };
  const { facts } = ecsReachFacts.judge(await ecsReachFacts.gather(reader), context);
  return Object.fromEntries(facts.map(({ label, value }) => [label, value]));
}
