import { type EventView, events } from '../../cluster/views/event.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import { count, form } from '../../texts/count.js';
import { defineCheck, type Judgement, type MessageTemplate } from '../judging/define-check.js';
import { listed } from '../listed.js';
import { isNetworkedNode } from '../node-kinds.js';
import { recentEvents } from '../recent-events.js';
import { judgePodRoutes, podRouteDecides, podRouteMessages } from './cloud/judge-pod-routes.js';
import {
  isCounted,
  judgeRouteCounts,
  roomIn,
  routeCountDecides,
  routeCountMessages,
} from './cloud/judge-route-counts.js';
import { podRouteActions, seePodRoutes } from './cloud/see-pod-routes.js';
import { needsFlannel } from './flannel-config.js';
import { type NodeRoute, nodeRouteOf } from './node-route.js';
import { causeOf, saysOf } from './route-cause.js';

/** Whoever makes routes reports under its own name or in a reason of its own: every warning of it counts. Source: cluster-signals 4.2. */
const ROUTE_SOURCE = /^(?:route[-_]controller|cloud-controller-manager|cloud-node-controller|cidrAllocator)$/;
const ROUTE_REASON = /Route|^CIDR(?:NotAvailable|AssignmentFailed)$/;

interface Facts {
  readonly nodes: readonly NodeView[];
  readonly events: readonly EventView[];
}

const messages = {
  ...podRouteMessages,
  ...routeCountMessages,
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
} as const satisfies Record<string, MessageTemplate>;

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
    shows:
      'which route tables the nodes hang on, the routes to the pods of each node, and how full the tables are',
    settles: ['node-network-unavailable', 'multiple-route-tables'],
    decides: [...podRouteDecides, ...routeCountDecides],
    gather: (cloud, { nodes: list }: Facts) => seePodRoutes(cloud, list),
  },
  messages,

  async gather(reader): Promise<Facts> {
    const [list, seen] = await Promise.all([reader.list(nodes), reader.list(events)]);
    return {
      nodes: list.filter(isNetworkedNode),
      events: seen.filter(isRouteWarning),
    };
  },

  judge({ nodes: list, events: seen }, report, context) {
    const recent = recentEvents(seen, context);
    const routes = list.map((node) => nodeRouteOf(node, recent, context.now));
    const { cloud } = context;
    const unsettled = routes.flatMap(({ node, settled }) => (settled ? [] : node.name));
    const full = cloud === undefined ? new Set<string>() : judgeRouteCounts(routes, cloud, report);
    const counted = cloud !== undefined && isCounted(cloud);
    const around = { nodeCount: list.length, counted, room: cloud && roomIn(cloud) };
    for (const route of routes) if (!full.has(route.node.name)) reportRoute(route, around, report);
    if (cloud !== undefined) judgePodRoutes(list, cloud, { report, told: new Set([...unsettled, ...full]) });
    const joining = routes.flatMap(({ node, state }) => (state === 'joins' ? node.name : []));
    const untold = routes.filter(({ condition }) => !['True', 'False'].includes(condition?.status ?? ''));
    if (joining.length > 0)
      report.unknown(
        'check.no-evidence',
        `${count(joining.length, 'node has just joined and waits for its', 'nodes have just joined and wait for their')} route, so look again in a few minutes: ${listed(joining)}`,
      );
    if (untold.length > 0 || list.length === 0)
      report.unknown(
        'check.no-evidence',
        `${untold.length} of ${count(list.length, 'node')} ${form(untold.length, 'does not say whether it has', 'do not say whether they have')} a route (condition NetworkUnavailable): ${listed(untold.map(({ node }) => node.name)) || 'no node was read'}`,
      );
  },
});

const isRouteWarning = ({ type, source, reason }: EventView): boolean =>
  type !== 'Normal' && (ROUTE_SOURCE.test(source) || ROUTE_REASON.test(reason));

function reportRoute(
  { node, state, condition, events: own, evidence }: NodeRoute,
  around: Parameters<typeof causeOf>[2],
  report: Judgement<typeof messages>,
): void {
  const about = { kind: 'Node', name: node.name };
  const { name } = node;
  if (state === 'waits') {
    const reason = condition?.reason || 'only the taint says so';
    const cause = causeOf(node, own, around);
    report.found('unavailable', about, { data: { node: name, reason, cause }, evidence });
  } else if (state === 'left taint') report.found('leftTaint', about, { data: { node: name }, evidence });
  else if (state === 'refused') {
    const reason = `${own[0]?.reason ?? ''}. ${saysOf(own, around.room)}`;
    report.found('routeErrors', about, { data: { node: name, reason }, evidence });
  }
}
