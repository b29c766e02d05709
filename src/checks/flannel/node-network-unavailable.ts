import { type EventView, events } from '../../cluster/views/event.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import { count, form } from '../../texts/count.js';
import { ROUTE_QUOTA } from '../cluster/addresses/report-room.js';
import { defineCheck, type Evidence } from '../judging/define-check.js';
import { listed } from '../listed.js';
import { isJoining, isNetworkedNode } from '../node-kinds.js';
import { eventEvidence, recentEvents } from '../recent-events.js';
import { judgePodRoutes, podRouteDecides, podRouteMessages } from './cloud/judge-pod-routes.js';
import { podRouteActions, seePodRoutes } from './cloud/see-pod-routes.js';
import { needsFlannel } from './flannel-config.js';

export const NETWORK_TAINT = 'node.kubernetes.io/network-unavailable';
/** Whoever makes routes reports under its own name or in a reason of its own: every warning of it counts. Source: cluster-signals 4.2. */
const ROUTE_SOURCE = /^(?:route[-_]controller|cloud-controller-manager|cloud-node-controller|cidrAllocator)$/;
const ROUTE_REASON = /Route|^CIDR(?:NotAvailable|AssignmentFailed)$/;

/** What known texts of the cloud mean; any other is quoted. */
const KNOWN: readonly (readonly [RegExp, string])[] = [
  [/quota|LimitExceed/i, 'The route table is full: raise its quota.'],
  [
    /instance not found|InvalidInstanceId\.NotFound|InstanceId[^.]{0,40}does not exist/i,
    'The cloud finds no instance for this node: it was released, or spec.providerID names another one.',
  ],
  [/multiple route tables/i, 'The VPC has several route tables, and none is set for the cluster.'],
  [/no route tables? found/i, 'The VPC has no route table that the cluster may use.'],
  [/Forbidden|not authorized|NoPermission/i, 'The cloud controller manager may not write routes.'],
  [/Throttling/i, 'The cloud throttles the calls; it is tried again by itself.'],
];

interface Facts {
  readonly nodes: readonly NodeView[];
  readonly events: readonly EventView[];
}

/** Source: FAQ "Why do cluster nodes have the NodeNetworkUnavailable taint?"; cluster-signals 4.1, 4.2. */
export const nodeNetworkUnavailable = defineCheck({
  id: 'node-network-unavailable',
  title: 'Every node has its route',
  area: 'flannel',
  intents: ['node-network-unavailable'],
  reads: [
    { group: '', resource: 'nodes', verbs: ['list'] },
    { group: '', resource: 'events', verbs: ['list'] },
  ],
  appliesTo: needsFlannel,
  cloud: {
    actions: podRouteActions,
    shows: 'which route tables the nodes hang on, and the routes to the pods of each node',
    settles: ['node-network-unavailable', 'multiple-route-tables'],
    decides: podRouteDecides,
    gather: (cloud, { nodes: list }: Facts) => seePodRoutes(cloud, list),
  },
  messages: {
    ...podRouteMessages,
    unavailable: {
      severity: 'problem',
      text: 'Node {node} has no route for its pods (NetworkUnavailable, {reason}), so nothing is scheduled there. {cause}',
      explains: ['node-without-route', 'warning'],
      mends: 'route of the node',
    },
    leftTaint: {
      severity: 'problem',
      text: 'Node {node} still carries the taint node.kubernetes.io/network-unavailable although its condition says the route exists.',
      explains: ['node-without-route', 'warning'],
      mends: 'route of the node',
    },
    routeErrors: {
      severity: 'problem',
      text: 'The route controller reports errors about node {node}, whose route stands so far: {reason}',
      explains: ['node-without-route', 'warning'],
      mends: 'route of the node',
    },
  },

  async gather(reader): Promise<Facts> {
    const [list, seen] = await Promise.all([reader.list(nodes), reader.list(events)]);
    return {
      nodes: list.filter(isNetworkedNode),
      events: seen.filter(isRouteWarning),
    };
  },

  judge({ nodes: list, events: seen }, report, context) {
    const recent = recentEvents(seen, context);
    const joining: string[] = [];
    const told = new Set<string>();
    for (const node of list) {
      if (isJoining(node, context.now)) told.add(node.name);
      const about = { kind: 'Node', name: node.name };
      const own = recent.filter((event) => event.about.kind === 'Node' && event.about.name === node.name);
      const condition = routeCondition(node);
      const tainted = node.taints.some(({ key }) => key === NETWORK_TAINT);
      const evidence = [...conditionEvidence(node), ...own.slice(0, 2).map(eventEvidence)];
      const since = own.filter(({ at }) => !(Date.parse(at) <= Date.parse(condition?.changedAt ?? '')));
      if (condition?.status !== 'False' || tainted) told.add(node.name);
      if (condition?.status === 'True' || (tainted && condition?.status !== 'False')) {
        if (own.length === 0 && isJoining(node, context.now)) joining.push(node.name);
        else
          report.found('unavailable', about, {
            data: {
              node: node.name,
              reason: condition?.reason || 'only the taint says so',
              cause: causeOf(node, own, list.length),
            },
            evidence,
          });
      } else if (tainted) report.found('leftTaint', about, { data: { node: node.name }, evidence });
      else if (since.length > 0)
        report.found('routeErrors', about, {
          data: { node: node.name, reason: `${since[0]?.reason ?? ''}. ${saysOf(since)}` },
          evidence,
        });
    }
    if (context.cloud !== undefined) judgePodRoutes(list, context.cloud, { report, told });
    const untold = list.filter((node) => !['True', 'False'].includes(routeCondition(node)?.status ?? ''));
    if (joining.length > 0)
      report.unknown(
        'check.no-evidence',
        `${count(joining.length, 'node has just joined and waits for its', 'nodes have just joined and wait for their')} route, so look again in a few minutes: ${listed(joining)}`,
      );
    if (untold.length > 0 || list.length === 0)
      report.unknown(
        'check.no-evidence',
        `${untold.length} of ${count(list.length, 'node')} ${form(untold.length, 'does not say whether it has', 'do not say whether they have')} a route (condition NetworkUnavailable): ${listed(untold.map(({ name }) => name)) || 'no node was read'}`,
      );
  },
});

const routeCondition = ({ conditions }: NodeView) =>
  conditions.find(({ type }) => type === 'NetworkUnavailable');

const isRouteWarning = ({ type, source, reason }: EventView): boolean =>
  type !== 'Normal' && (ROUTE_SOURCE.test(source) || ROUTE_REASON.test(reason));

/** The likeliest cause that the API shows; the cloud side is in the entry. */
function causeOf(node: NodeView, own: readonly EventView[], nodeCount: number): string {
  if (node.podCIDRs.length === 0) return 'It has no pod range yet (spec.podCIDR is empty).';
  if (own.length > 0) return saysOf(own);
  if (nodeCount >= ROUTE_QUOTA)
    return `${count(nodeCount, 'node needs', 'nodes need')} a route each, and a route table holds ${ROUTE_QUOTA} unless raised.`;
  return 'The route controller reported nothing about it within the last hour: look at the cloud controller manager and the VPC route table.';
}

const LONGEST_QUOTE = 200;

/** Every known cause that the events name, newest first; else the newest event's own words. */
function saysOf(own: readonly EventView[]): string {
  const known = own.flatMap(({ message }) => KNOWN.find(([pattern]) => pattern.test(message))?.[1] ?? []);
  if (known.length > 0) return [...new Set(known)].join(' ');
  return `The newest event says: "${(own[0]?.message ?? '').slice(0, LONGEST_QUOTE)}".`;
}

function conditionEvidence(node: NodeView): readonly Evidence[] {
  const condition = routeCondition(node);
  const taint = node.taints.find(({ key }) => key === NETWORK_TAINT);
  return [
    ...(condition === undefined
      ? []
      : [
          {
            where: `Node ${node.name}, condition NetworkUnavailable=${condition.status} (${condition.reason})`,
            value: condition.message,
            at: condition.changedAt,
          },
        ]),
    ...(taint === undefined
      ? []
      : [{ where: `Node ${node.name}, spec.taints`, value: `${taint.key}:${taint.effect}` }]),
  ];
}
