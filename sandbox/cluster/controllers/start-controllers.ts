import { text } from '../../../src/cluster/fields.js';
import { eventKind, podKind } from '../api/objects/kinds.js';
import { reconcileBudgets } from './budgets.js';
import type { ControllerContext } from './controller-context.js';
import { createDaemonSetController } from './daemon-sets.js';
import { reconcileEndpointSlices } from './endpoint-slices.js';
import { beatHearts } from './heartbeat.js';
import { createKubelet } from './kubelet.js';
import { reconcileTaints } from './node-taints.js';
import { reconcileReplicaSets } from './replica-sets.js';
import { schedulePods } from './scheduler.js';

const HEARTBEAT_MS = 60_000;

/** Controllers, scheduler, kubelets and the scenario's rules: what makes the simulated cluster react. Returns the stop. */
export function startControllers(options: Omit<ControllerContext, 'later' | 'held'>): () => void {
  const timers = new Set<NodeJS.Timeout>();
  let stopped = false;
  let due = false;
  let running = false;
  const context: ControllerContext = {
    ...options,
    held: heldPods(options),
    later: (work) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        work();
      }, options.podStartMs);
      timers.add(timer);
    },
  };
  const daemonSets = createDaemonSetController(context);
  const reconcilers = [
    reconcileTaints,
    daemonSets.reconcile,
    reconcileReplicaSets,
    schedulePods,
    createKubelet(context),
    reconcileBudgets,
    reconcileEndpointSlices,
  ];
  const run = () => {
    due = false;
    if (stopped) return;
    running = true;
    for (const reconcile of reconcilers) reconcile(context);
    running = false;
  };
  const unsubscribe = options.store.subscribe((event) => {
    if (event.kind === eventKind) return;
    daemonSets.observe(event);
    // Of what they write themselves, only a pod gives those before them something to do.
    if (running && event.kind !== podKind) return;
    if (!due) setImmediate(run);
    due = true;
  });
  const heart = setInterval(() => beatHearts(context), HEARTBEAT_MS).unref();
  run();
  return () => {
    stopped = true;
    unsubscribe();
    clearInterval(heart);
    for (const timer of timers) clearTimeout(timer);
  };
}

/** Pods that the scenario left Pending stay so. */
function heldPods({ store, scenario }: Pick<ControllerContext, 'store' | 'scenario'>): Set<string> {
  const waiting = new Set(
    scenario.workloads
      .filter(({ phase }) => !['Running', 'Succeeded', 'Failed'].includes(phase))
      .map(({ name }) => name),
  );
  const pods = store
    .all(podKind)
    .filter(
      (pod) =>
        text(pod, 'status', 'phase') === 'Pending' &&
        waiting.has(text(pod, 'metadata', 'labels', 'app') ?? ''),
    );
  return new Set(pods.map((pod) => text(pod, 'metadata', 'uid') ?? ''));
}
