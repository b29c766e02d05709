import { object, text, texts } from '../../../src/cluster/fields.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { isPodReady } from '../controllers/owned-pods.js';
import { fillLogLine } from '../fill-text.js';
import { relativeTime } from '../relative-time.js';
import type { ScenarioDaemonSet } from '../scenario-schema/daemon-set-schema.js';
import {
  daemonSetObject,
  daemonSetPod,
  revisionObject,
  revisionOf,
  wantsNode,
  withImages,
} from './daemon-set-objects.js';
import type { Expansion, SeededLog } from './expand-scenario.js';
import { hostAddress } from './expand-workloads.js';
import type { ExpandedNode } from './node-objects.js';
import { crashedPod, restartedPod, startedPod } from './pod-states.js';

/** A DaemonSet, its revisions, and a pod on every node it wants, with what their containers have said so far. */
export function expandDaemonSet(
  set: ScenarioDaemonSet,
  nodes: readonly ExpandedNode[],
  expansion: Expansion,
): { objects: readonly JsonObject[]; logs: readonly SeededLog[] } {
  const current = daemonSetObject(set, expansion.nextId(), expansion.now);
  const older = set.stale.map(({ images }) => withImages(current, images));
  const revisions = [...older, current].map((entry, index) => revisionObject(entry, index + 1));
  const wanted = nodes.filter((node) => wantsNode(current, node.object));
  const homes = wanted.filter(({ name }) => !set.refusedOn.includes(name));
  const pods = homes.map((node) => {
    const stale = set.stale.findIndex((entry) => entry.nodes.includes(node.name));
    return seededPod(older[stale] ?? current, { set, node, expansion });
  });
  return {
    objects: [{ ...current, status: statusOf(current, wanted.length, pods) }, ...revisions, ...pods],
    logs: pods.flatMap((pod) => seededLogs(pod, set, expansion.now)),
  };
}

/** As its controller counts, which writes it anew once the cluster runs. */
const statusOf = (set: JsonObject, desired: number, pods: readonly JsonObject[]): JsonObject => {
  const ready = pods.filter(isPodReady).length;
  const current = pods.filter(
    (pod) => texts(pod, 'metadata', 'labels')['controller-revision-hash'] === revisionOf(set),
  );
  return {
    updatedNumberScheduled: current.length,
    desiredNumberScheduled: desired,
    currentNumberScheduled: pods.length,
    numberMisscheduled: 0,
    numberReady: ready,
    numberAvailable: ready,
    observedGeneration: 1,
  };
};

interface Seeding {
  readonly set: ScenarioDaemonSet;
  readonly node: ExpandedNode;
  readonly expansion: Expansion;
}

function seededPod(template: JsonObject, { set, node, expansion }: Seeding): JsonObject {
  const { now, nextId, addresses } = expansion;
  const at = relativeTime(set.startedOn[node.name] ?? set.started, now);
  const host = hostAddress(node.object);
  const ips = set.hostNetwork ? (host === undefined ? [] : [host]) : addresses.take(node.name);
  const started = startedPod(daemonSetPod(template, { node: node.name, uid: nextId(), at }), {
    at,
    hostIp: host,
    ips,
  });
  const broken = set.broken.find(({ nodes }) => nodes.includes(node.name));
  if (broken === undefined) return started;
  const crash = { ...broken, at: relativeTime('-2m', now) };
  return broken.ready ? restartedPod(started, crash) : crashedPod(started, crash);
}

function seededLogs(pod: JsonObject, set: ScenarioDaemonSet, now: Date): readonly SeededLog[] {
  const node = text(pod, 'spec', 'nodeName') ?? '';
  const own = set.nodeLogs[node] ?? {};
  const containers = new Set([...Object.keys(set.logs), ...Object.keys(own)]);
  const startedAt = text(object(pod, 'status'), 'startTime') ?? '';
  return [...containers].map((container) => ({
    podUid: text(pod, 'metadata', 'uid') ?? '',
    container,
    lines: [...(set.logs[container] ?? []), ...(own[container] ?? [])].map((line) =>
      fillLogLine(line, { startedAt, now, values: { node } }),
    ),
  }));
}
