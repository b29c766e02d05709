import { at, list, object, text, texts } from '../../../src/cluster/fields.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { relativeTime } from '../relative-time.js';
import type { Workload } from '../scenario-schema/workload-schema.js';
import type { Expansion } from './expand-scenario.js';
import type { ExpandedNode } from './node-objects.js';
import { isReady } from './node-taints.js';
import { creatingPod, endedPod, startedPod, unschedulablePod } from './pod-states.js';
import { barePod, controllersOf, replicaPod } from './workload-objects.js';

/** Deployments with their pods, placed and in the phase the scenario wants. */
export function expandWorkload(
  workload: Workload,
  nodes: readonly ExpandedNode[],
  expansion: Expansion,
): readonly JsonObject[] {
  const { nextId, now } = expansion;
  const controllers = controllersOf(workload, nextId, now);
  const set = controllers[1];
  const created = relativeTime(workload.started, now);
  const homes = homesOf(workload, nodes);
  const pods = Array.from({ length: workload.replicas }, (_, index) => {
    const uid = nextId();
    const pod = set ? replicaPod(set, { uid, at: created }) : barePod(workload, { uid, at: created, index });
    return placed(pod, { workload, index, node: homes[index % homes.length], at: created }, expansion);
  });
  return [...controllers, ...pods];
}

function homesOf(workload: Workload, nodes: readonly ExpandedNode[]): readonly ExpandedNode[] {
  if (workload.nodes.length > 0) {
    const named = nodes.filter(({ name }) => workload.nodes.includes(name));
    if (named.length < workload.nodes.length)
      throw new TypeError(`workload ${workload.name}: not all of ${workload.nodes.join(', ')} are nodes`);
    return named;
  }
  return nodes.filter(({ object: node, pool }) => {
    const labels = texts(node, 'metadata', 'labels');
    return (
      isReady(node) &&
      pool.taints.length === 0 &&
      at(node, 'spec', 'unschedulable') !== true &&
      !list(node, 'spec', 'taints').some((taint) => text(taint, 'effect') !== 'PreferNoSchedule') &&
      Object.entries(workload.nodeSelector).every(([key, value]) => labels[key] === value)
    );
  });
}

interface Placement {
  readonly workload: Workload;
  readonly index: number;
  readonly node: ExpandedNode | undefined;
  readonly at: string;
}

function placed(pod: JsonObject, placement: Placement, { addresses }: Expansion): JsonObject {
  const { workload, index, node, at: created } = placement;
  if (workload.phase === 'Pending' || node === undefined)
    return unschedulablePod(pod, created, workload.unschedulable);
  const bound = { ...pod, spec: { ...object(pod, 'spec'), nodeName: node.name } };
  const host = hostAddress(node.object);
  if (workload.phase === 'ContainerCreating') return creatingPod(bound, created, host);
  const ips = ipsFor(workload, { index, node, host, addresses });
  const start = { at: created, hostIp: host, ips };
  if (workload.phase === 'Running') return startedPod(bound, start);
  for (const ip of ips) addresses.release(ip);
  return endedPod(bound, start, workload.phase);
}

function ipsFor(
  workload: Workload,
  home: { index: number; node: ExpandedNode; host: string | undefined; addresses: Expansion['addresses'] },
): readonly string[] {
  if (workload.hostNetwork) return home.host === undefined ? [] : [home.host];
  if (workload.ip !== undefined) return [workload.ip.replaceAll('{n}', String(home.index + 1))];
  return home.addresses.take(home.node.name, { ipv4Only: workload.ipv4Only });
}

export const hostAddress = (node: JsonObject): string | undefined =>
  text(
    list(node, 'status', 'addresses').find((entry) => text(entry, 'type') === 'InternalIP'),
    'address',
  );
