import type { AcknetError } from '../../../errors.js';
import { ROUTE_QUOTA } from '../../cluster/addresses/report-room.js';
import type { Evidence, Judgement, MessageTemplate } from '../../judging/define-check.js';
import { listed } from '../../listed.js';
import { instanceOf } from '../../node-kinds.js';
import type { NodeRoute } from '../node-route.js';
import { canBeQuota } from '../route-cause.js';
import { leadsTo } from './judge-pod-routes.js';
import type { PodRoutes, PodRouteTable } from './see-pod-routes.js';

/** What only the number of custom routes in a table can bring. Source: notes on the cloud API, section 9. */
export const routeCountMessages = {
  tableFull: {
    severity: 'problem',
    text: 'Route table {table} holds {count} custom routes, as many as fit unless its quota was raised, and none to the pods of {nodes} {nodes:node|nodes} ({names}). Raise the quota of the table, or delete routes there that nothing needs.',
    explains: ['node-without-route', 'warning'],
    mends: 'route of the node',
  },
  tableNearlyFull: {
    severity: 'advice',
    text: 'Route table {table} holds {count} custom routes, and {quota} fit unless its quota was raised: each further node needs one.',
  },
} as const satisfies Record<string, MessageTemplate>;

export const routeCountDecides = ['tableFull', 'tableNearlyFull'] as const;

const NEARLY = 0.9 * ROUTE_QUOTA;
const SHOWN = 5;

type Report = Judgement<typeof routeCountMessages>;

/** Tells how full the tables are, and what that explains. Returns the nodes whose route a full table lacks, for no other reason that is told. */
export function judgeRouteCounts(
  all: readonly NodeRoute[],
  { tables, uncounted }: PodRoutes,
  report: Report,
): ReadonlySet<string> {
  if (uncounted !== undefined) {
    reportUncounted(uncounted, report);
    return new Set();
  }
  const needing = all.filter(
    ({ node, state, settled, events }) =>
      (state === 'waits' || settled) && instanceOf(node) !== undefined && canBeQuota(node, events),
  );
  const told = new Set<string>();
  for (const { id, custom, routes } of tables) {
    const without = needing.filter(({ node }) => !routes.some((route) => leadsTo(route, node)));
    if (custom !== undefined) showCount(id, custom, report);
    if (custom === ROUTE_QUOTA && without.length > 0) {
      reportFull(id, without, report);
      for (const { node } of without) told.add(node.name);
    } else if (custom === undefined)
      report.unknown(
        'check.no-evidence',
        `How many custom routes ${id} holds is not told`,
        routeCountDecides,
      );
    else if (custom > ROUTE_QUOTA && without.length > 0)
      report.unknown(
        'check.no-evidence',
        `${id} holds ${custom} custom routes, so its quota was raised, and whether that is used up is not told`,
        ['tableFull'],
      );
    else if (custom >= NEARLY && custom <= ROUTE_QUOTA) reportNearlyFull(id, custom, report);
  }
  return told;
}

/** Whether the routes of every table that nodes hang on were counted. */
export const isCounted = ({ tables, unplaced }: PodRoutes): boolean =>
  tables.length > 0 && unplaced.length === 0 && tables.every(({ custom }) => custom !== undefined);

/** The tables of the nodes, where each surely has room: a quota is raised, never lowered. undefined = not told, or one may be full. */
export const roomIn = (seen: PodRoutes): readonly PodRouteTable[] | undefined =>
  isCounted(seen) && seen.tables.every(({ custom = ROUTE_QUOTA }) => custom < ROUTE_QUOTA)
    ? seen.tables
    : undefined;

const reportUncounted = ({ code, message }: AcknetError, report: Report): void =>
  report.unknown(code, `How many custom routes the tables hold was not read. ${message}`, routeCountDecides);

const countEvidence = (table: string, custom: number): Evidence => ({
  where: `GetVpcRouteEntrySummary, ${table}, Custom`,
  value: String(custom),
});

const showCount = (table: string, custom: number, report: Report): void =>
  report.fact({
    label: `Custom routes in ${table}`,
    value:
      custom > ROUTE_QUOTA
        ? `${custom}: its quota was raised`
        : `${custom} of ${ROUTE_QUOTA}, or of more where the quota was raised`,
    where: 'GetVpcRouteEntrySummary',
  });

function reportFull(table: string, without: readonly NodeRoute[], report: Report): void {
  const names = without.map(({ node }) => node.name);
  report.found(
    'tableFull',
    { kind: 'Cluster', name: `route-table ${table}` },
    {
      data: { table, count: ROUTE_QUOTA, nodes: names.length, names: listed(names) },
      evidence: [
        countEvidence(table, ROUTE_QUOTA),
        ...without.slice(0, SHOWN).flatMap(({ evidence }) => evidence),
      ],
      affects: { nodes: names },
    },
  );
}

const reportNearlyFull = (table: string, custom: number, report: Report): void =>
  report.found(
    'tableNearlyFull',
    { kind: 'Cluster', name: `route-table ${table}` },
    { data: { table, count: custom, quota: ROUTE_QUOTA }, evidence: [countEvidence(table, custom)] },
  );
