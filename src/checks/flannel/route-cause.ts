import type { EventView } from '../../cluster/views/event.js';
import type { NodeView } from '../../cluster/views/node.js';
import { count } from '../../texts/count.js';
import { ROUTE_QUOTA } from '../cluster/addresses/report-room.js';
import { listed } from '../listed.js';
import type { PodRouteTable } from './cloud/see-pod-routes.js';

const QUOTA = /quota|LimitExceed/i;
const THROTTLED = /Throttling/i;

/** What known texts of the cloud mean; any other is quoted. */
const KNOWN: readonly (readonly [RegExp, string])[] = [
  [QUOTA, 'The route table is full: raise its quota.'],
  [
    /instance not found|InvalidInstanceId\.NotFound|InstanceId[^.]{0,40}does not exist/i,
    'The cloud finds no instance for this node: it was released, or spec.providerID names another one.',
  ],
  [/multiple route tables/i, 'The VPC has several route tables, and none is set for the cluster.'],
  [/no route tables? found/i, 'The VPC has no route table that the cluster may use.'],
  [/Forbidden|not authorized|NoPermission/i, 'The cloud controller manager may not write routes.'],
  [THROTTLED, 'The cloud throttles the calls; it is tried again by itself.'],
];

const knownIn = ({ message }: EventView) => KNOWN.find(([text]) => text.test(message)) ?? [];

/** Whether a full table can be why it has no route: nothing else is said of it that raising the quota would leave. */
export function canBeQuota({ podCIDRs }: NodeView, own: readonly EventView[]): boolean {
  if (podCIDRs.length === 0) return false;
  const patterns = own.flatMap((event) => knownIn(event)[0] ?? []);
  return own.length === 0 || (patterns.includes(QUOTA) && patterns.every(passesWithQuota));
}

/** Calls that are throttled come through by themselves. */
const passesWithQuota = (pattern: RegExp): boolean => pattern === QUOTA || pattern === THROTTLED;

interface Around {
  readonly nodeCount: number;
  /** Whether the routes of every table that nodes hang on were counted. */
  readonly counted: boolean;
  /** Tables of the nodes, each counted and with room; absent = not counted, or one of them has none. */
  readonly room?: readonly PodRouteTable[] | undefined;
}

/** The likeliest cause that was seen; what else the cloud has is in the entry. */
export function causeOf(
  node: NodeView,
  own: readonly EventView[],
  { nodeCount, counted, room }: Around,
): string {
  if (node.podCIDRs.length === 0) return 'It has no pod range yet (spec.podCIDR is empty).';
  if (own.length > 0) return saysOf(own, room);
  const silent = 'The route controller reported nothing about it within the last hour';
  if (room !== undefined)
    return `${silent}, and ${countText(room)}, so there is room for its route: look at the cloud controller manager.`;
  // What was counted is told as it is: a quota that was raised is no longer the one that nodes can be held against.
  if (!counted && nodeCount >= ROUTE_QUOTA)
    return `${count(nodeCount, 'node needs', 'nodes need')} a route each, and a route table holds ${ROUTE_QUOTA} unless raised.`;
  return `${silent}: look at the cloud controller manager and the VPC route table.`;
}

const LONGEST_QUOTE = 200;

/** Every known cause that the events name, newest first; else the newest event's own words. */
export function saysOf(own: readonly EventView[], room?: readonly PodRouteTable[]): string {
  const known = own.flatMap((event) => {
    const [pattern, means] = knownIn(event);
    if (pattern === QUOTA && room !== undefined)
      return `The route table was full when that was said; now ${countText(room)}.`;
    return means ?? [];
  });
  if (known.length > 0) return [...new Set(known)].join(' ');
  return `The newest event says: "${(own[0]?.message ?? '').slice(0, LONGEST_QUOTE)}".`;
}

const countText = (room: readonly PodRouteTable[]): string =>
  listed(room.map(({ id, custom }) => `${id} holds ${custom} of ${ROUTE_QUOTA} custom routes`));
