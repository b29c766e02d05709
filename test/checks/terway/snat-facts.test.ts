import { expect, it } from '@jest/globals';
import { snatFacts } from '../../../src/checks/terway/snat-facts.js';
import { gatherIdentity } from '../../../src/cluster/identity/gather-identity.js';
import { form } from '../../../src/texts/count.js';
import { describeCheck } from '../../support/describe-check.js';
import { configMap, fixture } from '../../support/kube-objects.js';
import { readerOf } from '../../support/reader-of.js';
import { eniConfigMap, host, overrideMap, terwayNode } from '../../support/terway-objects.js';

const set = fixture('01-daemonset-terway-eniip');
const profile = configMap('ack-cluster-profile', {
  'vsw-zone': 'vsw-node1:cn-hangzhou-i,vsw-a:cn-hangzhou-k',
});
const more = eniConfigMap({ daemon: { vswitches: { 'cn-hangzhou-i': ['vsw-a', 'vsw-b'] } } });
const podOnly = (count: number, ids: string): string =>
  `podOnly: ${count} ${form(count, 'vSwitch gives addresses to pods and is', 'vSwitches give addresses to pods and are')} not among those of the nodes: ${ids}. Each needs an SNAT entry of its own unless one covers the whole VPC; SNAT is not visible from here.`;

describeCheck(snatFacts, {
  'stays quiet where pods use vSwitches of nodes': {
    objects: [set, eniConfigMap(), profile, host('n1')],
    outcome: 'clear',
  },
  'advises on vSwitches that only pods use': {
    objects: [set, more, profile, host('n1')],
    outcome: 'clear',
    finds: [podOnly(1, 'vsw-b')],
    evidence: ['data["eni_conf"].vswitches: vsw-b', 'vsw-node1, vsw-a'],
  },
  'counts vSwitches of single nodes, and those in use without being configured': {
    objects: [
      set,
      eniConfigMap(),
      profile,
      host('n1', { labels: { 'terway-config': 'eni-config-fixed' } }),
      overrideMap('eni-config-fixed', {
        data: { eni_conf: '{"vswitches":{"cn-hangzhou-i":["vsw-fixed"]}}' },
      }),
      terwayNode('n1', { interfaces: [{ vSwitch: 'vsw-old' }] }),
    ],
    outcome: 'clear',
    finds: [podOnly(2, 'vsw-fixed, vsw-old')],
    evidence: ['ConfigMap kube-system/eni-config-fixed', 'ENI eni-n1-0: vsw-old'],
  },
  'reads the profile of an older cluster': {
    objects: [set, more, configMap('acs-profile', { vSwitchIds: 'vsw-node1,vsw-node2' }), host('n1')],
    outcome: 'clear',
    finds: [podOnly(2, 'vsw-a, vsw-b')],
  },
  'compares nothing where the vSwitches of nodes are not told': {
    objects: [set, more, host('n1')],
    outcome: 'clear',
  },
  'cannot tell without the ConfigMap': { objects: [set, profile], outcome: 'unknown', says: 'eni-config' },
  'cannot tell from an eni_conf that does not parse': {
    objects: [set, profile, eniConfigMap({ data: { eni_conf: '[]' } })],
    outcome: 'unknown',
    says: 'no readable eni_conf',
  },
  'cannot tell all while an override may not be read': {
    objects: [set, eniConfigMap(), profile, host('n1', { labels: { 'terway-config': 'mine' } })],
    forbidden: ['configmaps/mine'],
    outcome: 'unknown',
    says: 'ConfigMap kube-system/mine',
  },
  'cannot tell when nodes may not be listed': {
    objects: [set, more],
    forbidden: ['nodes'],
    outcome: 'unknown',
    says: 'nodes',
  },
  'does not apply to Flannel': {
    objects: [fixture('06-daemonset-kube-flannel-ds')],
    outcome: 'not-applicable',
  },
});

it('tells which vSwitch the addresses of pods are from', async () => {
  const reader = readerOf({
    objects: [
      set,
      eniConfigMap(),
      host('n1'),
      terwayNode('n1', {
        interfaces: [{ vSwitch: 'vsw-a', cidr: '10.0.40.0/24', addresses: { '10.0.40.2': 'shop/web-0' } }],
      }),
    ],
  });
  const context = { now: new Date(0), identity: await gatherIdentity(reader) };
  const { facts } = snatFacts.judge(await snatFacts.gather(reader), context);
  expect(facts.find(({ label }) => label === 'Addresses of vsw-a')?.value).toBe(
    '10.0.40.0/24: 1 pod, e.g. shop/web-0 10.0.40.2',
  );
});
