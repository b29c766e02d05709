import type { RouteEntry } from '../../../cloud/views/route-table.js';
import type { NodeView } from '../../../cluster/views/node.js';
import type { Judgement, MessageTemplate } from '../../judging/define-check.js';
import { listed } from '../../listed.js';
import { instanceOf } from '../../node-kinds.js';
import type { PodRoutes } from './see-pod-routes.js';

/** What only the VPC's route tables can bring. */
export const podRouteMessages = {
  routeMissing: {
    severity: 'problem',
    text: 'Pods of node {node} ({range}) cannot be reached from other nodes, although the node says that its route exists: {tables} {count:has|have} no route there to {instance}.',
  },
  routeMissingInTable: {
    severity: 'problem',
    text: 'The vSwitches of the nodes hang on several route tables, and {table} has no route to the pods of {nodes} {nodes:node|nodes} ({names}), which others have: nodes there cannot reach them. Name all tables in the settings of the cloud controller manager.',
    intent: 'multiple-route-tables',
  },
} as const satisfies Record<string, MessageTemplate>;

export const podRouteDecides = ['routeMissing', 'routeMissingInTable'] as const;

interface Judging {
  readonly report: Judgement<typeof podRouteMessages>;
  /** Nodes of which something else is said already, or that have just joined. */
  readonly told: ReadonlySet<string>;
}

export function judgePodRoutes(
  list: readonly NodeView[],
  { tables, unplaced }: PodRoutes,
  { report, told }: Judging,
): void {
  const judged = list.filter(
    (node) => node.podCIDRs.length > 0 && instanceOf(node) !== undefined && !told.has(node.name),
  );
  const lacking = tables.map(({ id, routes }) => ({
    id,
    nodes: judged.filter((node) => !routes.some((route) => leadsTo(route, node))),
  }));
  const nowhere = judged.filter(
    (node) => lacking.length > 0 && lacking.every(({ nodes }) => nodes.includes(node)),
  );
  for (const node of nowhere) reportMissing(node, tables, report);
  for (const { id, nodes } of lacking) {
    const names = nodes.filter((node) => !nowhere.includes(node)).map(({ name }) => name);
    if (names.length > 0)
      report.found(
        'routeMissingInTable',
        { kind: 'Cluster', name: 'route-tables' },
        {
          data: { table: id, nodes: names.length, names: listed(names) },
          evidence: [
            {
              where: `DescribeRouteEntryList of ${id}, routes to instances`,
              value: `none to ${listed(names)}`,
            },
          ],
        },
      );
  }
  for (const { id, routes } of tables)
    report.fact({
      label: `Routes to instances in ${id}`,
      value: String(routes.length),
      where: 'DescribeRouteEntryList',
    });
  if (unplaced.length > 0)
    report.unknown('check.no-evidence', `Which route table ${listed(unplaced)} hangs on is not told`, [
      'routeMissing',
      'routeMissingInTable',
    ]);
}

export const leadsTo = ({ destination, available, hops }: RouteEntry, node: NodeView): boolean =>
  available && node.podCIDRs.includes(destination) && hops.some(({ id }) => id === instanceOf(node));

function reportMissing(
  node: NodeView,
  tables: PodRoutes['tables'],
  report: Judgement<typeof podRouteMessages>,
): void {
  const range = node.podCIDRs.join(', ');
  const others = tables.flatMap(({ id, routes }) =>
    routes
      .filter(({ destination }) => node.podCIDRs.includes(destination))
      .map(
        ({ destination, hops, available }) =>
          `${id}: ${destination} -> ${hops.map((hop) => hop.id).join()}${available ? '' : ', not available'}`,
      ),
  );
  report.found(
    'routeMissing',
    { kind: 'Node', name: node.name },
    {
      data: {
        node: node.name,
        range,
        instance: instanceOf(node) ?? '',
        tables: listed(tables.map(({ id }) => id)),
        count: tables.length,
      },
      evidence: [
        {
          where: 'DescribeRouteEntryList, routes to instances',
          value: others.length === 0 ? `none to ${range}` : listed(others),
        },
      ],
    },
  );
}
