import { networkPolicyLatency } from '../../../src/checks/terway/network-policy-latency.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { form } from '../../../src/texts/count.js';
import { describeCheck } from '../../support/describe-check.js';
import { fixture } from '../../support/kube-objects.js';
import { eniConfigMap, event, terwayPod } from '../../support/terway-objects.js';

const set = fixture('01-daemonset-terway-eniip');
const off = eniConfigMap({
  data: { disable_network_policy: 'true' },
  writtenAt: '2026-11-19T00:00:00Z',
});
const policy = (apiVersion: string, kind: string, namespace?: string): JsonObject => ({
  apiVersion,
  kind,
  metadata: { name: 'deny-all', ...(namespace !== undefined && { namespace }) },
});
const standard = policy('networking.k8s.io/v1', 'NetworkPolicy', 'shop');
const allocated = (took: string, count: number, at?: string): JsonObject[] =>
  Array.from({ length: count }, (_, index) =>
    event(`Alloc IP 10.0.40.${index}/24${took}`, {
      about: `web-${index}`,
      reason: 'AllocIPSucceed',
      ...(at !== undefined && { at }),
    }),
  );
const identities = (count: number): JsonObject[] =>
  Array.from({ length: count }, (_, index) => ({
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumIdentity',
    metadata: { name: String(index) },
  }));
const UNUSED =
  'unused: Network policies are enforced although none of any kind exists. Enforcement can delay the network of new pods, and can be switched off here.';
const enforced = (count: number): string =>
  `enforced: ${count} network ${form(count, 'policy is', 'policies are')} enforced, which can delay the network of new pods. Enforcement cannot be switched off without losing ${form(count, 'it', 'them')}; ACK advises to stay below 100.`;

describeCheck(networkPolicyLatency, {
  'stays quiet where policies are off and none exists': {
    objects: [set, off, terwayPod('n1')],
    outcome: 'clear',
  },
  'cannot tell whether the switch is in effect where the ConfigMap tells no time': {
    objects: [set, eniConfigMap({ data: { disable_network_policy: 'true' } }), terwayPod('n1')],
    outcome: 'unknown',
    says: 'eni-config does not say when it was last written',
  },
  'cannot tell whether the switch is in effect where the API server does not date every write': {
    objects: [set, off, terwayPod('n1')],
    version: 'v1.22.3-aliyun.1',
    outcome: 'unknown',
    says: 'eni-config may have been changed after',
  },
  'advises that enforcement has nothing to enforce': {
    objects: [set, eniConfigMap()],
    outcome: 'clear',
    finds: [UNUSED],
    evidence: ['data["disable_network_policy"]: key absent', 'networkpolicies.networking.k8s.io: none'],
  },
  'takes an empty value, "false" and "0" for on': {
    objects: [set, eniConfigMap({ data: { disable_network_policy: '0' } })],
    outcome: 'clear',
    finds: [UNUSED],
  },
  'takes any other text for off': {
    objects: [set, eniConfigMap({ data: { disable_network_policy: 'yes' } })],
    outcome: 'clear',
  },
  'advises that existing policies can cause the delay': {
    objects: [set, eniConfigMap(), standard],
    outcome: 'clear',
    finds: [enforced(1)],
    evidence: ['networkpolicies.networking.k8s.io: shop/deny-all'],
  },
  'counts policies of every kind': {
    objects: [
      set,
      eniConfigMap(),
      standard,
      policy('cilium.io/v2', 'CiliumNetworkPolicy', 'shop'),
      policy('cilium.io/v2', 'CiliumClusterwideNetworkPolicy'),
      policy('crd.projectcalico.org/v1', 'NetworkPolicy', 'shop'),
      policy('crd.projectcalico.org/v1', 'GlobalNetworkPolicy'),
    ],
    outcome: 'clear',
    finds: [enforced(5)],
  },
  'does not call enforcement unused while one kind of policy may not be listed': {
    objects: [set, eniConfigMap()],
    forbidden: ['globalnetworkpolicies'],
    outcome: 'unknown',
    says: 'Whether policies of globalnetworkpolicies.crd.projectcalico.org exist could not be read',
  },
  'advises that policies exist and none is enforced': {
    objects: [set, off, standard],
    outcome: 'clear',
    finds: [
      'notEnforced: 1 network policy exists, but enforcement is switched off in eni-config: it takes no effect.',
    ],
  },
  'finds the switch inside eni_conf': {
    objects: [set, eniConfigMap({ daemon: { disable_network_policy: 'true' } }), standard],
    outcome: 'found',
    finds: [
      enforced(1),
      'misplaced: disable_network_policy stands inside eni_conf, where nothing reads it, so policies are still enforced. It belongs beside eni_conf, as a key of its own.',
    ],
    evidence: ['data["eni_conf"].disable_network_policy: "true"'],
  },
  'advises that switching off waits for a restart': {
    objects: [
      set,
      eniConfigMap({ data: { disable_network_policy: 'true' }, writtenAt: '2026-11-24T01:00:00Z' }),
      terwayPod('n1'),
      terwayPod('n2', { startTime: '2026-11-24T02:00:00Z' }),
    ],
    outcome: 'clear',
    finds: [
      'pending: Policy enforcement is switched off, but 1 of 2 Terway pods started before the ConfigMap was last written: it may still be on, on n1.',
    ],
  },
  'finds that allocation itself is slow': {
    objects: [
      set,
      off,
      ...allocated(' took 35.1ms', 2),
      ...allocated(' took 6.5s', 3),
      ...allocated(' took 1m2s', 1),
    ],
    outcome: 'found',
    finds: [
      'slowAllocation: Half of the 6 pods that got an address within the last hour waited 6.5 s or longer for it (the slowest 62.0 s): the delay is in address allocation, not in network policies.',
    ],
    evidence: ['Event AllocIPSucceed on Pod shop/web-0: Alloc IP 10.0.40.0/24 took 1m2s'],
  },
  'concludes nothing from a few slow pods': {
    objects: [set, off, ...allocated(' took 6.5s', 4)],
    outcome: 'clear',
  },
  'concludes nothing from events without a time, or with a broken one': {
    objects: [set, off, ...allocated('', 3), ...allocated(' took ages', 3)],
    outcome: 'clear',
  },
  'concludes nothing from events older than the fix': {
    objects: [set, off, ...allocated(' took 6.5s', 6, '2026-11-24T02:30:00Z')],
    since: '2026-11-24T02:40:00Z',
    outcome: 'clear',
  },
  'advises on very many identities': {
    objects: [set, off, ...identities(1000)],
    outcome: 'clear',
    finds: [
      'manyIdentities: 1000 Cilium identities exist. Every distinct set of pod labels is one, and so many slow down new pods: leave unneeded labels out of identities.',
    ],
  },
  'says when identities may not be counted': {
    objects: [set, off],
    forbidden: ['ciliumidentities'],
    outcome: 'unknown',
    says: 'identities could not be counted',
  },
  'cannot tell without the ConfigMap': { objects: [set, standard], outcome: 'unknown', says: 'eni-config' },
  'cannot tell when events may not be listed': {
    objects: [set, off],
    forbidden: ['events'],
    outcome: 'unknown',
    says: 'events',
  },
  'does not apply to Flannel': {
    objects: [fixture('06-daemonset-kube-flannel-ds')],
    outcome: 'not-applicable',
  },
});
