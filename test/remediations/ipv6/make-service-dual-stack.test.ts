import type { Json, JsonObject } from '../../../src/cluster/ports.js';
import { makeServiceDualStack } from '../../../src/remediations/ipv6/make-service-dual-stack.js';
import { describePlan } from '../../support/describe-plan.js';
import { describeRemediation } from '../../support/describe-remediation.js';
import { configMap, node } from '../../support/kube-objects.js';

const api = { kind: 'Service', namespace: 'shop', name: 'api' };

describeRemediation(makeServiceDualStack, {
  scenario: 'dual-stack-ipv6',
  from: '1.23',
  finding: { id: 'dual-stack-services.singleStack', check: 'dual-stack-services', about: api },
  diff: ['-spec.ipFamilyPolicy: "SingleStack"', '+spec.ipFamilyPolicy: "PreferDualStack"'],
  warns: ['must listen on IPv6'],
  says: '1 of 1 Service has both families',
  objects: [api],
});

const cluster = (ipStack = 'dual'): JsonObject[] => [
  configMap('ack-cluster-profile', { ipStack }),
  node('n1'),
];
const service = (name: string, spec: Record<string, Json> = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec: {
    type: 'ClusterIP',
    ipFamilyPolicy: 'SingleStack',
    clusterIPs: ['10.1.0.7'],
    selector: { app: name },
    ...spec,
  },
});
const params = (...services: string[]) => ({ services });

describePlan(makeServiceDualStack, {
  'changes many in one card, in a fixed order': {
    objects: [...cluster(), service('b'), service('a')],
    params: params('shop/b', 'shop/a', 'shop/b'),
    changes: ['set Service/a', 'set Service/b'],
    risk: 'medium',
  },
  'takes the finding’s Service': {
    objects: [...cluster(), service('a')],
    target: { kind: 'Service', namespace: 'shop', name: 'a' },
    changes: ['set Service/a'],
  },
  'changes a headless Service with a selector': {
    objects: [...cluster(), service('a', { clusterIPs: ['None'] })],
    params: params('shop/a'),
    changes: ['set Service/a'],
  },
  'leaves those that are dual stack': {
    objects: [...cluster(), service('a', { ipFamilyPolicy: 'PreferDualStack' }), service('b')],
    params: params('shop/a', 'shop/b'),
    changes: ['set Service/b'],
  },
  'is a high risk for a LoadBalancer': {
    objects: [...cluster(), service('a', { type: 'LoadBalancer' })],
    params: params('shop/a'),
    risk: 'high',
    warns: ['listeners of their load balancer: shop/a'],
  },
  'refuses an ExternalName': {
    objects: [...cluster(), service('a', { type: 'ExternalName' })],
    params: params('shop/a'),
    refuses: 'ExternalName',
  },
  'refuses a headless Service without a selector': {
    objects: [...cluster(), service('a', { clusterIPs: ['None'], selector: {} })],
    params: params('shop/a'),
    refuses: 'written by hand',
  },
  'refuses in a single-stack cluster': {
    objects: [...cluster('ipv4'), service('a')],
    params: params('shop/a'),
    refuses: 'single stack',
  },
  'refuses where the kind of cluster cannot be read': {
    objects: [service('a')],
    forbidden: ['configmaps', 'nodes'],
    params: params('shop/a'),
    refuses: 'could not be read',
  },
  'refuses an old server': {
    objects: [...cluster(), service('a')],
    version: 'v1.22.3-aliyun.1',
    params: params('shop/a'),
    refuses: 'from Kubernetes 1.23 on',
  },
  'refuses without a Service': { objects: cluster(), refuses: 'Which Services?' },
  'refuses one that is not there': {
    objects: cluster(),
    params: params('shop/none'),
    refuses: 'no Service shop/none',
  },
  'refuses what is no name': { objects: cluster(), params: params('shop'), refuses: 'namespace/name' },
});
