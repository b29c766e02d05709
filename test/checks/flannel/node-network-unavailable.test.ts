import { nodeNetworkUnavailable } from '../../../src/checks/flannel/node-network-unavailable.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { describeCheck } from '../../support/describe-check.js';
import { fixture, node } from '../../support/kube-objects.js';
import { event } from '../../support/kube-pods.js';

const set = fixture('06-daemonset-kube-flannel-ds');
const TAINT = { key: 'node.kubernetes.io/network-unavailable', effect: 'NoSchedule' };
const host = (
  status: 'True' | 'False',
  spec: JsonObject = { podCIDR: '172.20.1.0/26' },
  { since, joined }: { since?: string; joined?: string } = {},
): JsonObject => {
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
  return {
    ...made,
    metadata: {
      ...(made.metadata as JsonObject),
      ...(joined !== undefined && { creationTimestamp: joined }),
    },
    status: {
      ...(made.status as JsonObject),
      conditions: [{ ...condition, ...(since !== undefined && { lastTransitionTime: since }) }],
    },
  };
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
        'The route controller reported nothing about it within the last hour: look at the cloud controller manager and the VPC route table.',
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
  'quotes what the cloud said where it does not know the text': {
    objects: [
      set,
      host('True'),
      routeEvent('CreateRouteFailed', 'Error creating route entry in vtb-1: Message: conflict'),
    ],
    outcome: 'found',
    finds: [says('The newest event says: "Error creating route entry in vtb-1: Message: conflict".')],
  },
  'names every cause that older releases report under a reason of their own': {
    objects: [
      set,
      host('True'),
      routeEvent(
        'FailedToCreateRoute',
        'could not create route 172.20.1.0/26: timed out waiting for the condition -> instance not found',
      ),
      routeEvent('FailedToCreateRoute', 'Code: QuotaExceeded', '2026-11-24T02:40:00Z'),
    ],
    outcome: 'found',
    finds: [
      says(
        'The cloud finds no instance for this node: it was released, or spec.providerID names another one. The route table is full: raise its quota.',
      ),
    ],
    evidence: ['instance not found'],
  },
  'takes a reason it has never seen from who makes the routes': {
    objects: [set, host('True'), routeEvent('BrandNewReason', 'the moon is full')],
    outcome: 'found',
    finds: [says('The newest event says: "the moon is full".')],
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
      'routeErrors: The route controller reports errors about node n1, whose route stands so far: SyncRouteFailed. The newest event says: "sync cloud route failed".',
    ],
  },
  'takes an error from before the route came for history': {
    objects: [
      set,
      host('False', { podCIDR: '172.20.1.0/26' }, { since: '2026-11-24T02:50:30Z' }),
      routeEvent('CreateRouteFailed', 'Error creating route entry in vtb-1: Message: Throttling'),
    ],
    outcome: 'clear',
  },
  'believes a taint where no condition says the opposite': {
    objects: [set, node('n1', { spec: { podCIDR: '172.20.1.0/26', taints: [TAINT] } })],
    outcome: 'found',
    finds: [
      'unavailable: Node n1 has no route for its pods (NetworkUnavailable, only the taint says so), so nothing is scheduled there. The route controller reported nothing about it within the last hour: look at the cloud controller manager and the VPC route table.',
    ],
  },
  'gives a node that has just joined the time to get its route': {
    objects: [set, host('True', { podCIDR: '172.20.1.0/26' }, { joined: '2026-11-24T02:59:00Z' })],
    outcome: 'unknown',
    says: '1 node has just joined and waits for its route, so look again in a few minutes: n1',
  },
  'does not wait where the cloud has refused the route already': {
    objects: [
      set,
      host('True', { podCIDR: '172.20.1.0/26' }, { joined: '2026-11-24T02:59:00Z' }),
      routeEvent('CreateRouteFailed', 'Message: conflict', '2026-11-24T02:59:30Z'),
    ],
    outcome: 'found',
    finds: [says('The newest event says: "Message: conflict".')],
  },
  'cannot tell of a node that says nothing about its route': {
    objects: [set, host('False'), node('n2')],
    outcome: 'unknown',
    says: '1 of 2 nodes does not say whether it has a route (condition NetworkUnavailable): n2',
  },
  'cannot tell without a node': { objects: [set], outcome: 'unknown', says: 'no node was read' },
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
