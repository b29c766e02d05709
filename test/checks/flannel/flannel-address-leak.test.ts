import { flannelAddressLeak } from '../../../src/checks/flannel/flannel-address-leak.js';
import { flannelPodCidrExhausted } from '../../../src/checks/flannel/flannel-pod-cidr-exhausted.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { describeCheck } from '../../support/describe-check.js';
import { configMap, fixture, node } from '../../support/kube-objects.js';
import { event, pod } from '../../support/kube-pods.js';

const set = fixture('06-daemonset-kube-flannel-ds');
const tmpfs = fixture('08-configmap-kube-flannel-cfg-current');
const safe = configMap('kube-flannel-cfg', {
  'cni-conf.json':
    '{"cniVersion":"0.3.1","plugins":[{"type":"flannel","ipam":{"dataDir":"/var/run/cni/networks"}}]}',
});
const host = (name: string, podCIDR?: string, maxPods = '64'): JsonObject => {
  const made = node(name, podCIDR === undefined ? {} : { spec: { podCIDR, podCIDRs: [podCIDR] } });
  return { ...made, status: { ...(made.status as JsonObject), allocatable: { pods: maxPods } } };
};
const noAddress = (at?: string): JsonObject =>
  event({
    kind: 'Pod',
    name: 'batch-1',
    namespace: 'batch',
    reason: 'FailedCreatePodSandBox',
    message:
      'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "3c1b": plugin type="flannel" failed (add): failed to allocate for range 0: no IP addresses available in range set: 172.30.34.129-172.30.34.190',
    ...(at !== undefined && { at }),
  });
const running = (count: number, first = 130): JsonObject[] =>
  Array.from({ length: count }, (_, i) => pod(`p${i}`, { node: 'n1', ip: `172.30.34.${first + i}` }));
const n1 = host('n1', '172.30.34.128/26');

describeCheck(flannelAddressLeak, {
  'stays quiet without events, on an address store that a reboot clears': {
    objects: [set, safe, n1, ...running(10)],
    outcome: 'clear',
  },
  'finds a node without addresses whose pods hold only a few': {
    objects: [set, safe, n1, noAddress(), ...running(10)],
    outcome: 'found',
    finds: [
      'leaked: Node n1 has no pod address left, yet only 10 of its 61 are in use: 51 are held by pods that are gone. New pods there stay in ContainerCreating until the node is cleaned.',
    ],
    evidence: ['no IP addresses available in range set', '172.30.34.128/26, 10 running pods'],
  },
  'does not count pods that ended, or that use the host network': {
    objects: [
      set,
      safe,
      n1,
      noAddress(),
      pod('done', { node: 'n1', ip: '172.30.34.131', phase: 'Succeeded' }),
      pod('host', { node: 'n1', ip: '10.0.0.4', hostNetwork: true }),
    ],
    outcome: 'found',
    finds: [
      'leaked: Node n1 has no pod address left, yet only 0 of its 61 are in use: 61 are held by pods that are gone. New pods there stay in ContainerCreating until the node is cleaned.',
    ],
  },
  'looks into every range of a dual-stack node, in whichever order they stand': {
    objects: [
      set,
      safe,
      node('n1', { spec: { podCIDRs: ['2001:db8:7::/120', '172.30.34.128/26'] } }),
      noAddress(),
      event({
        kind: 'Pod',
        name: 'batch-2',
        namespace: 'batch',
        reason: 'FailedCreatePodSandBox',
        message:
          'failed to allocate for range 1: no IP addresses available in range set: 2001:db8:7::1-2001:db8:7::ff',
      }),
      ...running(10),
    ],
    outcome: 'found',
    finds: [
      'leaked: Node n1 has no pod address left, yet only 0 of its 253 are in use: 253 are held by pods that are gone. New pods there stay in ContainerCreating until the node is cleaned.',
      'leaked: Node n1 has no pod address left, yet only 10 of its 61 are in use: 51 are held by pods that are gone. New pods there stay in ContainerCreating until the node is cleaned.',
    ],
  },
  'maps the words of host-local before 0.6, which name no range, by the node of the pod': {
    objects: [
      set,
      safe,
      n1,
      event({
        kind: 'Pod',
        name: 'p1',
        namespace: 'default',
        reason: 'FailedCreatePodSandBox',
        message:
          'NetworkPlugin cni failed to set up pod "p1_default" network: no IP addresses available in network: cb0',
      }),
      ...running(10),
    ],
    outcome: 'found',
    finds: [
      'leaked: Node n1 has no pod address left, yet only 10 of its 61 are in use: 51 are held by pods that are gone. New pods there stay in ContainerCreating until the node is cleaned.',
    ],
  },
  'says nothing of a node whose pod waits for another reason': {
    objects: [
      set,
      safe,
      n1,
      event({
        kind: 'Pod',
        name: 'p1',
        namespace: 'default',
        reason: 'FailedCreatePodSandBox',
        message: 'failed to set bridge addr: "cni0" already has an IP address',
      }),
      ...running(10),
    ],
    outcome: 'clear',
  },
  'leaves a node that is really full to the other check': {
    objects: [set, safe, n1, noAddress(), ...running(60)],
    outcome: 'clear',
  },
  'takes an old event for history': {
    objects: [set, safe, n1, noAddress('2026-11-24T01:00:00Z'), ...running(10)],
    outcome: 'clear',
  },
  'judges only evidence newer than a fix': {
    objects: [set, safe, n1, noAddress('2026-11-24T02:40:00Z'), ...running(10)],
    since: '2026-11-24T02:45:00Z',
    outcome: 'clear',
  },
  'advises on a store that survives a reboot': {
    objects: [set, fixture('07-configmap-kube-flannel-cfg-legacy'), n1],
    outcome: 'clear',
    finds: [
      'mayLeak: Addresses are kept under /var/lib/cni/networks, which survives a node restart: they can leak. Flannel 0.15.1.11 and later can keep them under /var/run.',
    ],
  },
  'cannot tell which node a spent range belongs to when no node has it': {
    objects: [set, safe, host('n1'), noAddress()],
    outcome: 'unknown',
    says: 'a range that no node has',
  },
  'cannot tell where addresses are kept without the config': {
    objects: [set, n1],
    outcome: 'unknown',
    says: 'kube-flannel-cfg',
  },
  'cannot tell when events may not be listed': {
    objects: [set, tmpfs, n1],
    forbidden: ['events'],
    outcome: 'unknown',
  },
  'does not apply to Terway': { objects: [fixture('01-daemonset-terway-eniip')], outcome: 'not-applicable' },
});

describeCheck(flannelPodCidrExhausted, {
  'stays quiet with room': { objects: [set, n1, ...running(10)], outcome: 'clear' },
  'finds a node whose pods use every address': {
    objects: [set, n1, noAddress(), ...running(60)],
    outcome: 'found',
    finds: [
      'full: Node n1 has no pod address left: 60 pods hold the 61 of its range 172.30.34.128/26. The range cannot be changed: move pods away, add nodes, or plan a new cluster.',
    ],
  },
  'leaves leaked addresses to the other check': {
    objects: [set, n1, noAddress(), ...running(10)],
    outcome: 'clear',
  },
  'cannot tell from a range that no node has': {
    objects: [set, host('n2', '172.30.40.0/26'), noAddress()],
    outcome: 'unknown',
    says: 'in a range that no node has',
  },
  'cannot tell without a node': { objects: [set], outcome: 'unknown', says: 'no nodes' },
  'finds a node without a range': {
    objects: [set, host('n2')],
    outcome: 'found',
    finds: ['noRange: Node n2 has no pod range (spec.podCIDR), so no pod can get an address there.'],
  },
  'finds a range that is no CIDR block': {
    objects: [set, host('n2', 'garbage')],
    outcome: 'found',
    finds: ['noRange: Node n2 has no pod range (spec.podCIDR), so no pod can get an address there.'],
    evidence: ['garbage'],
  },
  'advises when a node admits more pods than it has addresses': {
    objects: [set, host('n1', '172.30.34.128/26', '128')],
    outcome: 'clear',
    finds: [
      'tight: Node n1 admits 128 pods but its range 172.30.34.128/26 serves 61; the rest would wait for an address.',
    ],
  },
  'cannot tell when pods may not be listed': { objects: [set, n1], forbidden: ['pods'], outcome: 'unknown' },
  'does not apply to Terway': { objects: [fixture('01-daemonset-terway-eniip')], outcome: 'not-applicable' },
});
