import { nodeNetworkUnavailable } from '../../../src/checks/flannel/node-network-unavailable.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { describeCheck } from '../../support/describe-check.js';
import { fixture, node } from '../../support/kube-objects.js';
import { event } from '../../support/kube-pods.js';

const set = fixture('06-daemonset-kube-flannel-ds');
const TAINT = { key: 'node.kubernetes.io/network-unavailable', effect: 'NoSchedule' };
const host = (status: 'True' | 'False', spec: JsonObject = { podCIDR: '172.20.1.0/26' }): JsonObject => {
  const made = node('n1', { spec });
  const condition =
    status === 'True'
      ? {
          type: 'NetworkUnavailable',
          status,
          reason: 'NoRouteCreated',
          message: 'RouteController failed to create a route',
        }
      : {
          type: 'NetworkUnavailable',
          status,
          reason: 'RouteCreated',
          message: 'RouteController created a route',
        };
  return { ...made, status: { ...(made.status as JsonObject), conditions: [condition] } };
};
const routeEvent = (reason: string, message: string, at?: string): JsonObject =>
  event({
    kind: 'Node',
    name: 'n1',
    reason,
    message,
    source: 'route-controller',
    ...(at !== undefined && { at }),
  });
const says = (cause: string): string =>
  `unavailable: Node n1 has no route for its pods (NetworkUnavailable, NoRouteCreated), so nothing is scheduled there. ${cause}`;

describeCheck(nodeNetworkUnavailable, {
  'stays quiet about a node with its route': { objects: [set, host('False')], outcome: 'clear' },
  'finds a node without a route, and names the silence': {
    objects: [set, host('True')],
    outcome: 'found',
    finds: [
      says(
        'No event of the last hour says why: look at the cloud controller manager and the VPC route table.',
      ),
    ],
    evidence: ['RouteController failed to create a route'],
  },
  'says that the route table is full': {
    objects: [
      set,
      host('True'),
      routeEvent('CreateRouteFailed', 'Error creating route entry in vtb-1: Message: QuotaExceeded'),
    ],
    outcome: 'found',
    finds: [says('The route table is full: raise its quota.')],
    evidence: ['Event CreateRouteFailed on Node n1 (3 times)'],
  },
  'says that the cloud refused the route': {
    objects: [
      set,
      host('True'),
      routeEvent('CreateRouteFailed', 'Error creating route entry in vtb-1: Message: conflict'),
    ],
    outcome: 'found',
    finds: [says('The cloud refused the route; see the event.')],
  },
  'says that the node has no pod range yet': {
    objects: [set, host('True', {})],
    outcome: 'found',
    finds: [says('It has no pod range yet (spec.podCIDR is empty).')],
  },
  'points at the quota when there are as many nodes as routes': {
    objects: [set, host('True'), ...Array.from({ length: 200 }, (_, i) => node(`m${i}`))],
    outcome: 'found',
    finds: [says('201 nodes need a route each, and a route table holds 200 unless raised.')],
  },
  'finds a taint left behind': {
    objects: [set, host('False', { podCIDR: '172.20.1.0/26', taints: [TAINT] })],
    outcome: 'found',
    finds: [
      'leftTaint: Node n1 still carries the taint node.kubernetes.io/network-unavailable although its condition says the route exists.',
    ],
  },
  'finds route errors about a node whose route stands': {
    objects: [set, host('False'), routeEvent('SyncRouteFailed', 'sync cloud route failed')],
    outcome: 'found',
    finds: [
      'routeErrors: The route controller reports errors about node n1, whose route stands so far: SyncRouteFailed.',
    ],
  },
  'takes old events for history': {
    objects: [
      set,
      host('False'),
      routeEvent('SyncRouteFailed', 'sync cloud route failed', '2026-11-23T02:00:00Z'),
    ],
    outcome: 'clear',
  },
  'cannot tell when nodes may not be listed': { objects: [set], forbidden: ['nodes'], outcome: 'unknown' },
  'does not apply to Terway': { objects: [fixture('01-daemonset-terway-eniip')], outcome: 'not-applicable' },
});
