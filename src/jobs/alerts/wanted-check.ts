import { type Cover, firingOf, type Incident, type IncidentAlert } from './incident.js';

/** A result is too old to speak for what began since. */
const FRESH_MS = 10 * 60_000;

/** The least that covers all of them; two nodes, or a node and a namespace, are the whole cluster. */
function coverOf(alerts: readonly IncidentAlert[]): Cover {
  const checks = alerts.some((alert) => alert.checks.length === 0)
    ? []
    : [...new Set(alerts.flatMap((alert) => alert.checks))].sort();
  return { checks, scope: scopeOf(alerts) };
}

function scopeOf(alerts: readonly IncidentAlert[]): Cover['scope'] {
  const nodes = [...new Set(alerts.map(({ only, node }) => (only === 'node' ? node : undefined)))];
  const [node] = nodes;
  if (nodes.length === 1 && node !== undefined) return { namespaces: [], node };
  const namespaces = [
    ...new Set(alerts.map(({ only, namespace }) => (only === 'namespace' ? namespace : undefined))),
  ];
  const named = namespaces.filter((name) => name !== undefined);
  const all = named.length === namespaces.length && named.length <= MOST_NAMESPACES;
  return { namespaces: all ? named.sort() : [] };
}

const MOST_NAMESPACES = 5;

/**
 * The check that an incident still wants: what fires is not covered by its last one, or began long after it. Since each
 * covers more than the one before, a storm brings few.
 */
export function wantedCheck(incident: Pick<Incident, 'run' | 'grewAt' | 'alerts'>): Cover | undefined {
  const firing = firingOf(incident);
  if (firing.length === 0) return undefined;
  const { run } = incident;
  const cover = coverOf(firing);
  if (run === undefined) return cover;
  const isStale = Date.parse(incident.grewAt) - Date.parse(run.at) > FRESH_MS;
  return isStale || !covers(run, cover) ? cover : undefined;
}

const covers = (has: Cover, wanted: Cover): boolean =>
  includesAll(has.checks, wanted.checks) && coversScope(has.scope, wanted.scope);

/** Empty = all. */
const includesAll = (has: readonly string[], wanted: readonly string[]): boolean =>
  has.length === 0 || (wanted.length > 0 && wanted.every((name) => has.includes(name)));

const coversScope = (has: Cover['scope'], wanted: Cover['scope']): boolean =>
  (has.node === undefined || has.node === wanted.node) && includesAll(has.namespaces, wanted.namespaces);
