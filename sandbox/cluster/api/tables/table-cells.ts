import { at, list, number, object, text } from '../../../../src/cluster/fields.js';
import type { Json, JsonObject } from '../../../../src/cluster/ports.js';

/** Cells that kubectl users know by heart: a node's and a pod's state in one word. */
export function nodeStatus(raw: JsonObject): string {
  const ready = list(raw, 'status', 'conditions').find((entry) => text(entry, 'type') === 'Ready');
  const state = { True: 'Ready', False: 'NotReady' }[text(ready, 'status') ?? ''] ?? 'Unknown';
  return at(raw, 'spec', 'unschedulable') === true ? `${state},SchedulingDisabled` : state;
}

export function nodeRoles(raw: JsonObject): string {
  const prefix = 'node-role.kubernetes.io/';
  const labels = Object.keys(object(raw, 'metadata', 'labels'));
  const roles = labels.filter((label) => label.startsWith(prefix)).map((label) => label.slice(prefix.length));
  return roles.sort().join(',') || '<none>';
}

const containerStatuses = (raw: JsonObject): readonly Json[] => list(raw, 'status', 'containerStatuses');

export function podReady(raw: JsonObject): string {
  const ready = containerStatuses(raw).filter((status) => at(status, 'ready') === true).length;
  return `${ready}/${list(raw, 'spec', 'containers').length}`;
}

export const podRestarts = (raw: JsonObject): number =>
  containerStatuses(raw).reduce<number>((sum, status) => sum + (number(status, 'restartCount') ?? 0), 0);

export function podStatus(raw: JsonObject): string {
  if (text(raw, 'metadata', 'deletionTimestamp')) return 'Terminating';
  const init = initProblem(raw);
  if (init !== undefined) return init;
  const reasons = containerStatuses(raw).map(
    (status) => text(status, 'state', 'waiting', 'reason') ?? text(status, 'state', 'terminated', 'reason'),
  );
  return (
    reasons.find((reason) => reason !== undefined) ??
    text(raw, 'status', 'reason') ??
    text(raw, 'status', 'phase') ??
    'Unknown'
  );
}

function initProblem(raw: JsonObject): string | undefined {
  const statuses = list(raw, 'status', 'initContainerStatuses');
  const index = statuses.findIndex((status) => number(status, 'state', 'terminated', 'exitCode') !== 0);
  if (index < 0) return undefined;
  const reason =
    text(statuses[index], 'state', 'waiting', 'reason') ??
    text(statuses[index], 'state', 'terminated', 'reason');
  return reason && reason !== 'PodInitializing'
    ? `Init:${reason}`
    : `Init:${index}/${list(raw, 'spec', 'initContainers').length}`;
}

export function servicePorts(raw: JsonObject): string {
  const ports = list(raw, 'spec', 'ports').map((port) => {
    const outside = number(port, 'nodePort');
    return `${number(port, 'port')}${outside ? `:${outside}` : ''}/${text(port, 'protocol') ?? 'TCP'}`;
  });
  return ports.join(',') || '<none>';
}
