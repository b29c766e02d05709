import { ipv6InternetFacts } from '../../../src/checks/ipv6/ipv6-internet-facts.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { describeCheck } from '../../support/describe-check.js';
import { node } from '../../support/kube-objects.js';
import { BOTH, dualCluster, flannelCluster, pod, service, singleCluster, V4 } from './dual-stack-objects.js';

const base = [...dualCluster(), node('n1')];
const balanced = (name: string, spec: JsonObject, ingress: readonly JsonObject[]): JsonObject => ({
  ...service(name, { type: 'LoadBalancer', ...spec }),
  status: { loadBalancer: { ingress } },
});
const global = ['10.0.0.5', '2408:4005::5'];
const bandwidth = { 'k8s.aliyun.com/ipv6-bandwidth': '5' };

describeCheck(ipv6InternetFacts, {
  'has nothing to object to about global addresses': {
    objects: [...base, pod('a', global, { annotations: bandwidth })],
    outcome: 'clear',
  },
  'finds pods that ask for bandwidth without an address for it': {
    objects: [...base, pod('a', global), pod('b', ['10.0.0.6'], { annotations: bandwidth })],
    outcome: 'found',
    finds: [
      'noAddress: 1 pod asks for IPv6 Internet bandwidth but has no IPv6 address that is routed on the Internet: shop/b.',
    ],
    evidence: ['Pod shop/b, status.podIPs and annotations: no IPv6 address; k8s.aliyun.com/ipv6-bandwidth=5'],
  },
  'advises about addresses that are not routed': {
    objects: [...base, pod('a', ['10.0.0.5', 'fd00::5'])],
    outcome: 'clear',
    finds: [
      'notGlobal: 1 pod has only IPv6 addresses that no gateway routes to the Internet (unique-local or link-local): shop/a.',
    ],
  },
  'advises about egress-only pods': {
    objects: [
      ...base,
      pod('a', global, { annotations: { ...bandwidth, 'k8s.aliyun.com/ipv6-egress-only': 'true' } }),
      pod('b', global, { annotations: { 'k8s.aliyun.com/ipv6-egress-only': 'false' } }),
    ],
    outcome: 'clear',
    finds: [
      'egressOnly: 1 pod is marked egress-only (shop/a): the Internet cannot reach it over IPv6, by design.',
    ],
  },
  'advises about Services with IPv6 whose load balancer has IPv4 alone': {
    objects: [
      ...base,
      pod('a', global),
      balanced('four', BOTH, [{ ip: '47.97.10.78' }]),
      balanced('both', BOTH, [{ ip: '47.97.10.79' }, { ip: '2408:4005:3ff::9' }]),
      balanced('named', BOTH, [{ hostname: 'nlb-x.cn-hangzhou.nlb.aliyuncs.com' }]),
      balanced('single', V4, [{ ip: '47.97.10.80' }]),
      balanced('waiting', BOTH, []),
    ],
    outcome: 'clear',
    finds: [
      'balancerIPv4Only: 1 Service has an IPv6 cluster IP and a load balancer with IPv4 addresses alone: shop/four. Through it nobody comes in over IPv6.',
    ],
    evidence: ['Service shop/four, status.loadBalancer: 47.97.10.78'],
    facts: ['IPv6 address of the load balancer of shop/both: 2408:4005:3ff::9'],
  },
  'says of a load balancer that its address is not routed on the Internet': {
    objects: [...base, pod('a', global), balanced('inside', BOTH, [{ ip: 'fd00::77' }])],
    outcome: 'clear',
    facts: [
      'IPv6 address of the load balancer of shop/inside: fd00::77 (no gateway routes it to the Internet)',
    ],
  },
  'cannot tell without the right to list Services': {
    objects: [...base, pod('a', global)],
    forbidden: ['services'],
    outcome: 'unknown',
    says: 'may not',
  },
  'does not count pods still without any address': {
    objects: [...base, pod('a', global), pod('new', [], { phase: 'Pending', annotations: bandwidth })],
    outcome: 'clear',
  },
  'cannot tell where no pod has IPv6': {
    objects: [...base, pod('a', ['10.0.0.5'])],
    outcome: 'unknown',
    says: 'No running pod',
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
