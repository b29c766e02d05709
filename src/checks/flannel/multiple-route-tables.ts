import { events } from '../../cluster/views/event.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import { defineCheck } from '../judging/define-check.js';
import { isNetworkedNode } from '../node-kinds.js';
import { eventEvidence, recentEvents } from '../recent-events.js';
import { needsFlannel } from './flannel-config.js';

const MANY = /multiple route tables? (?:or no route table )?found/i;
const NONE = /no route tables? found/i;

/** The event stands on a pseudo object of the route controller, never on a Node. Source: cluster-signals 4.2, trap 8. */
export const multipleRouteTables = defineCheck({
  id: 'multiple-route-tables',
  title: 'The cloud controller knows which route table to use',
  area: 'flannel',
  intents: ['multiple-route-tables'],
  reads: [
    { group: '', resource: 'events', verbs: ['list'] },
    { group: '', resource: 'nodes', verbs: ['list'] },
  ],
  appliesTo: needsFlannel,
  messages: {
    several: {
      severity: 'problem',
      text: 'The VPC has several route tables and the cloud controller manager does not know which to use: new nodes get no route. Name the tables in its settings.',
    },
    none: {
      severity: 'problem',
      text: 'The cloud controller manager finds no route table in the VPC, so no node gets a route.',
    },
    suspected: {
      severity: 'advice',
      text: 'Nodes wait for a route and the route controller fails for a reason that acknet does not know; several route tables in the VPC are a known cause.',
    },
  },

  async gather(reader) {
    const [seen, all] = await Promise.all([reader.list(events), reader.list(nodes)]);
    const list = all.filter(isNetworkedNode);
    return {
      events: seen.filter(({ reason, message }) => reason === 'SyncRouteFailed' || MANY.test(message)),
      waiting: list.filter((node) => routeState(node) === 'True').length,
      routed: list.filter((node) => routeState(node) === 'False').length,
    };
  },

  judge({ events: seen, waiting, routed }, report, context) {
    const recent = recentEvents(seen, context);
    const about = { kind: 'Cluster', name: 'route-controller' };
    const many = recent.filter(({ message }) => MANY.test(message));
    const none = recent.filter(({ message }) => NONE.test(message));
    if (many.length > 0)
      return report.found('several', about, { data: {}, evidence: many.slice(0, 2).map(eventEvidence) });
    if (none.length > 0)
      return report.found('none', about, { data: {}, evidence: none.slice(0, 2).map(eventEvidence) });
    if (recent.length > 0 && waiting > 0)
      report.found('suspected', about, { data: {}, evidence: recent.slice(0, 2).map(eventEvidence) });
    // A node with its route proves that the controller found its table; without such a node silence proves nothing.
    if (waiting > 0 || routed === 0)
      report.unknown(
        'check.no-evidence',
        `No event of the last hour names the route tables, and ${waiting > 0 ? 'nodes wait for a route' : 'no node says that it has its route'}; the cloud controller manager logs tell.`,
      );
  },
});

const routeState = ({ conditions }: NodeView): string | undefined =>
  conditions.find(({ type }) => type === 'NetworkUnavailable')?.status;
