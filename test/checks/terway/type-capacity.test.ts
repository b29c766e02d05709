import { terwayPodCapacity } from '../../../src/checks/terway/terway-pod-capacity.js';
import type { CloudQuery } from '../../../src/cloud/ports.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import type { InMemoryCloud } from '../../support/cloud-of.js';
import { describeCases } from '../../support/describe-check.js';
import { daemonSet, fixture } from '../../support/kube-objects.js';
import { eniConfigMap, host, pod, terwayPod } from '../../support/terway-objects.js';

const set = fixture('01-daemonset-terway-eniip');
const TYPE = 'ecs.g7.large';
const labels = { 'node.kubernetes.io/instance-type': TYPE };
const EXCLUSIVE = { 'k8s.aliyun.com/exclusive-mode-eni-type': 'eniOnly' };
const saying = (capacity: number): JsonObject =>
  host('n1', { labels, annotations: { 'k8s.aliyun.com/max-available-ip': String(capacity) } });
const silent = host('n1', { labels });
const running = (count: number): readonly JsonObject[] =>
  Array.from({ length: count }, (_, index) => pod(`p${index}`, { node: 'n1', ip: `10.0.40.${index + 2}` }));
/** (3 - 1) x 6 = 12 pods. */
const account = (given: object = {}): InMemoryCloud => ({
  answers: {
    'ecs:DescribeInstanceTypes': ({ InstanceTypes }: CloudQuery) =>
      (InstanceTypes as readonly string[]).includes(TYPE)
        ? [
            {
              InstanceTypeId: TYPE,
              EniQuantity: 3,
              EniPrivateIpAddressQuantity: 6,
              EniTotalQuantity: 10,
              EniTrunkSupported: true,
              ...given,
            },
          ]
        : [],
  },
});
/** An account that may be asked nothing: each call would be told as refused. */
const silence: InMemoryCloud = { answers: {} };
const AT_LIMIT = 'atLimit: 1 node carries all the pods its ENIs have addresses for: n1.';
const OVERSTATED =
  'overstated: 1 node says that it carries more pods than the instance type has addresses for (n1; 20 against 12): counted here by the type. The annotation max-available-ip is wrong in some versions of Terway before 1.11.1.';

describeCases(terwayPodCapacity, {
  'takes the formula where the node tells no capacity': {
    objects: [set, eniConfigMap(), silent, ...running(5)],
    cloud: account(),
    outcome: 'clear',
  },
  'finds by the formula that a node is full': {
    objects: [set, eniConfigMap(), silent, ...running(12)],
    cloud: account(),
    outcome: 'clear',
    finds: [AT_LIMIT],
    evidence: [
      `DescribeInstanceTypes ${TYPE}, (EniQuantity - 1) x EniPrivateIpAddressQuantity, and pods of n1: 12 of 12`,
    ],
  },
  'counts an ENI a pod on an exclusive node': {
    objects: [set, eniConfigMap(), host('n1', { labels: { ...labels, ...EXCLUSIVE } }), ...running(2)],
    cloud: account(),
    outcome: 'clear',
    finds: [AT_LIMIT],
    evidence: [`DescribeInstanceTypes ${TYPE}, EniQuantity - 1, and pods of n1: 2 of 2`],
  },
  'counts an ENI a pod on the nodes of the exclusive DaemonSet beside the shared one': {
    objects: [
      set,
      daemonSet('terway-eni', 'acs/terway:v1.17.2'),
      eniConfigMap(),
      terwayPod('n1', { set: 'terway-eni' }),
      terwayPod('n2'),
      host('n2', { labels }),
      silent,
      ...running(2),
    ],
    cloud: account(),
    outcome: 'clear',
    finds: [AT_LIMIT],
    evidence: [`DescribeInstanceTypes ${TYPE}, EniQuantity - 1, and pods of n1: 2 of 2`],
  },
  'is content with a node that says what its type carries': {
    objects: [set, eniConfigMap(), saying(12), ...running(5)],
    cloud: account(),
    outcome: 'clear',
  },
  'advises about a node that says more than its type carries, and counts by the type': {
    objects: [set, eniConfigMap(), saying(20), ...running(12)],
    cloud: account(),
    outcome: 'clear',
    finds: [OVERSTATED, AT_LIMIT],
    evidence: ['annotation k8s.aliyun.com/max-available-ip: 20', 'EniPrivateIpAddressQuantity: 12'],
  },
  'believes a node that says less: an ENI may have another use': {
    objects: [set, eniConfigMap(), saying(6), ...running(6)],
    cloud: account(),
    outcome: 'clear',
    finds: [AT_LIMIT],
    evidence: ['6 of 6'],
  },
  'cannot tell by a formula where nodes keep ENIs for ERDMA': {
    objects: [set, eniConfigMap({ daemon: { enable_erdma: true } }), silent, ...running(5)],
    cloud: account(),
    outcome: 'unknown',
    says: 'How many pods 1 of 1 node can carry is told by no annotation, resource or instance type',
  },
  'cannot tell by a formula with IP prefixes': {
    objects: [set, eniConfigMap({ daemon: { enable_ip_prefix: true } }), silent, ...running(5)],
    cloud: account(),
    outcome: 'unknown',
    says: 'with IP prefixes no formula holds',
  },
  'asks nothing where nodes keep ENIs for ERDMA': {
    objects: [set, eniConfigMap({ daemon: { enable_erdma: true } }), saying(12), ...running(5)],
    cloud: silence,
    outcome: 'clear',
  },
  'asks nothing with IP prefixes on nodes of the shared mode': {
    objects: [
      set,
      eniConfigMap({ daemon: { enable_ip_prefix: true } }),
      terwayPod('n1'),
      saying(12),
      ...running(5),
    ],
    cloud: silence,
    outcome: 'unknown',
    says: 'with IP prefixes no formula holds',
    silent: 'may not call',
  },
  'asks with IP prefixes for nodes of exclusive ENI, which have none': {
    objects: [
      set,
      eniConfigMap({ daemon: { enable_ip_prefix: true } }),
      terwayPod('n1'),
      host('n1', { labels: { ...labels, ...EXCLUSIVE } }),
      ...running(2),
    ],
    cloud: account(),
    outcome: 'clear',
    finds: [AT_LIMIT],
    evidence: [`DescribeInstanceTypes ${TYPE}, EniQuantity - 1, and pods of n1: 2 of 2`],
  },
  'asks nothing where no node tells its instance type': {
    objects: [
      set,
      eniConfigMap(),
      host('n1', { annotations: { 'k8s.aliyun.com/max-available-ip': '12' } }),
      ...running(5),
    ],
    cloud: silence,
    outcome: 'clear',
  },
  'cannot tell of a type that ECS does not list': {
    objects: [
      set,
      eniConfigMap(),
      host('n1', { labels: { 'node.kubernetes.io/instance-type': 'ecs.old.large' } }),
      ...running(5),
    ],
    cloud: account(),
    outcome: 'unknown',
    says: 'instance type',
  },
  'takes no figure that is missing for one': {
    objects: [set, eniConfigMap(), silent, ...running(5)],
    cloud: account({ EniPrivateIpAddressQuantity: null }),
    outcome: 'unknown',
    says: 'EniPrivateIpAddressQuantity',
  },
  'says which action is missing': {
    objects: [set, eniConfigMap(), saying(12), ...running(5)],
    cloud: { ...account(), refused: { 'ecs:DescribeInstanceTypes': 'cloud.forbidden' } },
    outcome: 'unknown',
    says: 'may not call ecs:DescribeInstanceTypes',
  },
});
