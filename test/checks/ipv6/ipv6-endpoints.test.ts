import { ipv6Endpoints } from '../../../src/checks/ipv6/ipv6-endpoints.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { describeCheck } from '../../support/describe-check.js';
import { node } from '../../support/kube-objects.js';
import { BOTH, dualCluster, flannelCluster, service, singleCluster, V4 } from './dual-stack-objects.js';

const base = [...dualCluster(), node('n1')];
const slice = (name: string, addressType: string, ready: number, notReady = 0): JsonObject => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: {
    name: `${name}-${addressType}`,
    namespace: 'shop',
    labels: { 'kubernetes.io/service-name': name },
  },
  addressType,
  endpoints: [
    ...Array.from({ length: ready }, () => ({ addresses: ['x'], conditions: { ready: true } })),
    ...Array.from({ length: notReady }, () => ({ addresses: ['x'], conditions: { ready: false } })),
  ],
});
const policy = (name: string, ...cidrs: readonly string[]): JsonObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: 'shop' },
  spec: { podSelector: {}, ingress: [{ from: cidrs.map((cidr) => ({ ipBlock: { cidr } })) }] },
});
const web = service('web', BOTH);
const fine = [web, slice('web', 'IPv4', 2), slice('web', 'IPv6', 2)];

describeCheck(ipv6Endpoints, {
  'stays quiet about as many endpoints of both families': { objects: [...base, ...fine], outcome: 'clear' },
  'stays quiet about policies that name both families, or none': {
    objects: [...base, ...fine, policy('both', '10.0.0.0/8', 'fd00::/8'), policy('none')],
    outcome: 'clear',
  },
  'finds a Service without any IPv6 endpoint': {
    objects: [...base, web, slice('web', 'IPv4', 2), slice('web', 'IPv6', 0, 2)],
    outcome: 'found',
    finds: [
      'noEndpoint: Service shop/web has an IPv6 address but no IPv6 endpoint, while 2 IPv4 endpoints are ready: its pods have no IPv6 address.',
    ],
    evidence: [
      'EndpointSlices of Service shop/web: ready: 0 of addressType IPv6, 2 of IPv4; clusterIPs 172.21.0.9 fd00::9',
    ],
  },
  'finds a Service with fewer': {
    objects: [...base, web, slice('web', 'IPv4', 3), slice('web', 'IPv6', 1)],
    outcome: 'found',
    finds: [
      'fewer: Service shop/web has 1 ready IPv6 endpoint and 3 for IPv4: some of its pods have no IPv6 address.',
    ],
  },
  'tells ten, and counts the rest': {
    objects: [
      ...base,
      ...Array.from({ length: 12 }, (_, index) => [
        service(`s${index}`, BOTH),
        slice(`s${index}`, 'IPv4', 1),
      ]).flat(),
    ],
    outcome: 'found',
    finds: [
      ...Array.from(
        { length: 10 },
        (_, index) =>
          `noEndpoint: Service shop/s${index} has an IPv6 address but no IPv6 endpoint, while 1 IPv4 endpoint is ready: its pods have no IPv6 address.`,
      ),
      'others: 2 further Services have fewer IPv6 than IPv4 endpoints: shop/s10, shop/s11.',
    ],
  },
  'advises about policies that name only IPv4': {
    objects: [...base, ...fine, policy('office', '10.0.0.0/8', '0.0.0.0/0')],
    outcome: 'clear',
    finds: [
      'onlyIPv4Allowed: 1 NetworkPolicy names only IPv4 ranges (shop/office): it lets nothing in or out by IPv6 range.',
    ],
    evidence: ['NetworkPolicy shop/office, ipBlock.cidr: 10.0.0.0/8, 0.0.0.0/0'],
  },
  'judges a range it cannot read as no IPv4 range': {
    objects: [...base, ...fine, policy('odd', 'everything')],
    outcome: 'clear',
  },
  'cannot tell where nothing is ready in either family': {
    objects: [...base, web, slice('web', 'IPv4', 0, 1)],
    outcome: 'unknown',
    says: 'None of the 1 IPv6 Service has a ready endpoint',
  },
  'cannot tell where no Service speaks IPv6': {
    objects: [...base, service('old', V4), service('manual', { ...BOTH, selector: {} })],
    outcome: 'unknown',
    says: 'No Service has an IPv6 address',
  },
  'cannot tell without the right to list EndpointSlices': {
    objects: [...base, ...fine],
    forbidden: ['endpointslices'],
    outcome: 'unknown',
    says: 'may not',
  },
  'does not apply to a single-stack cluster': {
    objects: [...singleCluster, node('n1')],
    outcome: 'not-applicable',
  },
  'does not apply to Flannel': { objects: [...flannelCluster, node('n1')], outcome: 'not-applicable' },
});
