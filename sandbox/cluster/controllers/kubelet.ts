import { at, list, text } from '../../../src/cluster/fields.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { eventKind, nodeKind, podKind } from '../api/objects/kinds.js';
import { placeOf } from '../api/objects/object-store.js';
import { freshEvent, podSubject } from '../expand/expand-events.js';
import { hostAddress } from '../expand/expand-workloads.js';
import { isReady } from '../expand/node-taints.js';
import { creatingPod, startedPod } from '../expand/pod-states.js';
import { fillLogLine, fillText } from '../fill-text.js';
import { toSecond } from '../relative-time.js';
import { applyRules } from './apply-rules.js';
import type { ControllerContext, Reconciler } from './controller-context.js';
import { isDeleting, uidOf } from './owned-pods.js';

/** Starts the pods that were given a node, ends those that are marked for deletion. */
export function createKubelet({ store, later, held }: ControllerContext): Reconciler {
  const busy = new Set<string>();
  const once = (pod: JsonObject, work: (pod: JsonObject) => void) => {
    const uid = uidOf(pod);
    if (busy.has(uid)) return;
    busy.add(uid);
    later(() => {
      busy.delete(uid);
      const { namespace, name } = placeOf(pod);
      const current = store.find(podKind, namespace, name);
      if (current && uidOf(current) === uid) work(current);
    });
  };
  return (context) => {
    for (const pod of store.all(podKind)) {
      if (!isDeleting(pod) && !isFresh(pod)) continue;
      if (text(pod, 'spec', 'nodeName') === undefined || held.has(uidOf(pod))) continue;
      if (isDeleting(pod)) once(pod, (current) => endPod(current, context));
      else once(pod, (current) => startPod(current, context));
    }
  };
}

/** Not started, and not waiting in a crash or an init container's failure either. */
const isFresh = (pod: JsonObject): boolean =>
  text(pod, 'status', 'phase') === 'Pending' &&
  !list(pod, 'status', 'initContainerStatuses').some((status) => at(status, 'lastState', 'terminated'));

function endPod(pod: JsonObject, { store, addresses }: ControllerContext): void {
  if (list(pod, 'metadata', 'finalizers').length > 0) return;
  const { namespace, name } = placeOf(pod);
  store.remove(podKind, namespace, name);
  const ip = text(pod, 'status', 'podIP');
  if (ip !== undefined && at(pod, 'spec', 'hostNetwork') !== true) addresses.release(ip);
}

function startPod(pod: JsonObject, context: ControllerContext): void {
  const { store, stuckNodes, now, addresses } = context;
  if (isDeleting(pod)) return;
  const node = text(pod, 'spec', 'nodeName') ?? '';
  const host = store.find(nodeKind, undefined, node);
  const hostIp = host && hostAddress(host);
  const own = at(pod, 'spec', 'hostNetwork') !== true;
  const blocked = stuckNodes.has(node) || (own && host !== undefined && !isReady(host));
  const ips = own ? (blocked ? [] : addresses.take(node)) : hostIp === undefined ? [] : [hostIp];
  const startedAt = toSecond(now());
  if (blocked) {
    if (list(pod, 'status', 'containerStatuses').length === 0)
      store.replace(podKind, creatingPod(pod, startedAt, hostIp), { status: true, manager: 'kubelet' });
    return;
  }
  const started = startedPod(pod, { at: startedAt, hostIp, ips });
  store.replace(podKind, started, { status: true, manager: 'kubelet' });
  tellStart(started, context);
  writeFirstLogs(started, context);
  applyRules(started, context);
}

function tellStart(pod: JsonObject, { store, scenario, nextId, now }: ControllerContext): void {
  if (scenario.podStarted === undefined || at(pod, 'spec', 'hostNetwork') === true) return;
  const { about, values } = podSubject(pod);
  const { reason, message, source } = scenario.podStarted;
  const event = { about, type: 'Normal', reason, message: fillText(message, values), source };
  store.create(eventKind, freshEvent(event, nextId(), toSecond(now())));
}

/** What the containers of a DaemonSet's pods always say when they start. */
function writeFirstLogs(pod: JsonObject, { scenario, logs, now }: ControllerContext): void {
  const owner = text(list(pod, 'metadata', 'ownerReferences')[0], 'name');
  const set = scenario.daemonSets.find(({ name }) => name === owner);
  const moment = {
    startedAt: toSecond(now()),
    now: now(),
    values: { node: text(pod, 'spec', 'nodeName') ?? '' },
  };
  for (const [container, lines] of Object.entries(set?.logs ?? {})) {
    const always = lines.filter((line) => typeof line === 'string');
    logs.append(
      uidOf(pod),
      container,
      always.map((line) => fillLogLine(line, moment)),
    );
  }
}
