import { dualStackPods } from '../../../src/checks/ipv6/dual-stack-pods.js';
import { describeCheck } from '../../support/describe-check.js';
import { fixture, node } from '../../support/kube-objects.js';
import { dualCluster, flannelCluster, pod, singleCluster } from './dual-stack-objects.js';

const real = fixture('19-pod-dual-stack');
const realNode = node((real.spec as { nodeName: string }).nodeName);
const base = [...dualCluster(), node('n1'), node('n2')];
const both = ['10.0.0.5', '2408:4005::5'];

describeCheck(dualStackPods, {
  'stays quiet about pods with both addresses, the real-shaped one too': {
    objects: [...base, realNode, real, pod('web', both)],
    outcome: 'clear',
  },
  'finds that no pod has one': {
    objects: [...base, pod('a', ['10.0.0.5']), pod('b', ['10.0.0.6'], { node: 'n2' })],
    outcome: 'found',
    finds: [
      'none: None of the 2 pods has an IPv6 address, though the cluster is dual stack. It is not only how kubectl shows them: status.podIPs holds no IPv6 either.',
    ],
    evidence: ['Pod shop/a on n1, status.podIPs: 10.0.0.5, started 2026-11-20T00:00:00Z'],
  },
  'finds nodes without, and pods without beside others that have': {
    objects: [...base, pod('a', both), pod('old', ['10.0.0.6']), pod('c', ['10.0.0.7'], { node: 'n2' })],
    outcome: 'found',
    finds: [
      'noneOnNode: No pod on 1 node has an IPv6 address (n2), while pods on other nodes have: look at that node.',
      'some: 1 of 3 pods has IPv4 only, next to pods of the same node that have both. It started before dual stack, or its IPv6 address failed: recreate it.',
    ],
    evidence: ['Pod shop/c on n2', 'Pod shop/old on n1'],
  },
  'leaves out pods of the host’s network, ended pods and pods still without any address': {
    objects: [
      ...base,
      pod('a', both),
      pod('host', ['10.0.0.1'], { hostNetwork: true }),
      pod('done', ['10.0.0.8'], { phase: 'Succeeded' }),
      pod('starting', [], { phase: 'Pending' }),
    ],
    outcome: 'clear',
  },
  'leaves out pods of virtual nodes': {
    objects: [
      ...base,
      node('eci', { labels: { type: 'virtual-kubelet' } }),
      pod('a', both),
      pod('b', ['10.0.0.9'], { node: 'eci' }),
    ],
    outcome: 'clear',
  },
  'cannot tell without pods': { objects: base, outcome: 'unknown', says: 'No running pod has an address' },
  'cannot tell from addresses that are none': {
    objects: [...base, { ...pod('a', both), status: { phase: 'Running', podIPs: 'both' } }],
    outcome: 'unknown',
    says: 'No running pod has an address',
  },
  'cannot tell without the right to list pods': {
    objects: base,
    forbidden: ['pods'],
    outcome: 'unknown',
    says: 'may not',
  },
  'does not apply to a single-stack cluster': {
    objects: [...singleCluster, node('n1')],
    outcome: 'not-applicable',
  },
  'does not apply to Flannel': { objects: [...flannelCluster, node('n1')], outcome: 'not-applicable' },
});
