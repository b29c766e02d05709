import { multipleRouteTables } from '../../../src/checks/flannel/multiple-route-tables.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { describeCheck } from '../../support/describe-check.js';
import { fixture, node } from '../../support/kube-objects.js';
import { event } from '../../support/kube-pods.js';

const set = fixture('06-daemonset-kube-flannel-ds');
const pseudo = (message: string, at?: string): JsonObject =>
  event({
    kind: 'Event',
    name: 'route-controller',
    reason: 'SyncRouteFailed',
    message,
    source: 'route-controller',
    ...(at !== undefined && { at }),
  });
const waiting: JsonObject = {
  ...node('n1'),
  status: { conditions: [{ type: 'NetworkUnavailable', status: 'True', reason: 'NoRouteCreated' }] },
};
const routed: JsonObject = {
  ...node('n1'),
  status: { conditions: [{ type: 'NetworkUnavailable', status: 'False', reason: 'RouteCreated' }] },
};
const several =
  'several: The VPC has several route tables and the cloud controller manager does not know which to use: new nodes get no route. Name the tables in its settings.';

describeCheck(multipleRouteTables, {
  'stays quiet when every node has its route': { objects: [set, routed], outcome: 'clear' },
  'cannot tell from silence where no node says that it has its route': {
    objects: [set, node('n1')],
    outcome: 'unknown',
    says: 'no node says that it has its route',
  },
  'finds the event on the route controller, not on a node': {
    objects: [
      set,
      node('n1'),
      pseudo('Reconciling route error: multiple route tables found by vpc id[vpc-1], length(tables)=2'),
    ],
    outcome: 'found',
    finds: [several],
    evidence: ['vpc id[vpc-1], length(tables)=2'],
  },
  'finds a VPC without a route table': {
    objects: [set, node('n1'), pseudo('Reconciling route error: no route tables found by vpc id[vpc-1]')],
    outcome: 'found',
    finds: ['none: The cloud controller manager finds no route table in the VPC, so no node gets a route.'],
  },
  'only suspects it where the event says nothing': {
    objects: [set, waiting, pseudo('Error reconciling route, get route tables failed.')],
    outcome: 'unknown',
    finds: [
      'suspected: Nodes wait for a route and the route controller fails for a reason that acknet does not know; several route tables in the VPC are a known cause.',
    ],
    says: 'cloud controller manager logs tell',
  },
  'cannot tell from silence while nodes wait': { objects: [set, waiting], outcome: 'unknown' },
  'takes an old event for history': {
    objects: [set, routed, pseudo('multiple route tables found by vpc id[vpc-1]', '2026-11-23T00:00:00Z')],
    outcome: 'clear',
  },
  'cannot tell when events may not be listed': {
    objects: [set, node('n1')],
    forbidden: ['events'],
    outcome: 'unknown',
  },
  'does not apply to Terway': { objects: [fixture('01-daemonset-terway-eniip')], outcome: 'not-applicable' },
});
