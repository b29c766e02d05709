import type { ClusterReader } from '../../cluster/ports.js';
import type { ContainerView, PodView } from '../../cluster/views/pod.js';
import type { Evidence } from '../define-check.js';
import { type LogSample, sampleLogs } from '../sample-logs.js';

/** What stops `terway-init` or `policy`, and no restart cures. Source: cluster-signals 2.6. */
const INIT_FAULTS: readonly (readonly [RegExp, string])[] = [
  [/unsupport kernel version/i, 'the kernel is older than 5.10, which Terway 1.14.0 and later refuse'],
  [/ipvlan is (?:unsupported|not supported)/i, 'IPvlan is configured and this Terway no longer supports it'],
  [
    /exclusive (?:eni )?mode changed/i,
    'the exclusive ENI label of the node was changed after it joined, which Terway refuses',
  ],
  [/failed process input/i, 'the CNI config in ConfigMap eni-config cannot be processed'],
  [
    /no cilium chainer is installed/i,
    'the CNI chain on the node lacks the cilium plugin that the policy container needs',
  ],
];

const SAMPLED_PODS = 3;
const LOGGED = ['terway-init', 'terway'];

/** Only of pods that are down, and few of them: one cause repeats itself. */
export function readDownLogs(reader: ClusterReader, own: readonly PodView[]): Promise<readonly LogSample[]> {
  const down = own.filter(({ ready, deleting, node }) => !ready && !deleting && node !== undefined);
  return Promise.all(
    LOGGED.map((container) => sampleLogs(reader, down, { container, pods: SAMPLED_PODS, tailLines: 20 })),
  );
}

export interface InitFault {
  readonly cause: string;
  readonly evidence: Evidence;
}

/** The known fault that a pod's container state or its log names. */
export function initFault(pod: PodView, logs: readonly LogSample[]): InitFault | undefined {
  const states = pod.containers.map(({ name, message = '' }) => ({
    where: `Pod kube-system/${pod.name} on ${pod.node ?? 'no node'}, container ${name}`,
    value: message,
  }));
  const lines = logs
    .flatMap((sample) => sample.logs)
    .filter((log) => log.pod === pod.name)
    .flatMap((log) => log.lines.map((value) => ({ where: `log of ${pod.name} on ${log.node}`, value })));
  for (const evidence of [...states, ...lines.toReversed()]) {
    const cause = INIT_FAULTS.find(([pattern]) => pattern.test(evidence.value))?.[1];
    if (cause !== undefined) return { cause, evidence };
  }
  return undefined;
}

/** The one word that `kubectl get pods` would show, and where it stands. */
export function podState(pod: PodView): { readonly state: string; readonly evidence: Evidence } {
  const where = `Pod kube-system/${pod.name} on ${pod.node ?? 'no node'}`;
  if (pod.node === undefined)
    return {
      state: 'not scheduled',
      evidence: {
        where: `${where}, condition PodScheduled=False`,
        value: pod.unschedulable ?? 'no reason told',
      },
    };
  const held = heldUp(pod);
  if (held === undefined)
    return {
      state: pod.phase === 'Running' ? 'running, not ready' : pod.phase || 'phase unknown',
      evidence: { where, value: `phase ${pod.phase || 'absent'}, not Ready` },
    };
  const state = `${held.init ? 'Init:' : ''}${held.reason}`;
  return {
    state,
    evidence: {
      where: `${where}, container ${held.name}`,
      value: `${held.reason}${held.message ? `: ${held.message}` : ''}${held.restarts > 0 ? ` (${held.restarts} restarts)` : ''}`,
    },
  };
}

/** While an init container has not ended well, the others only wait for it. */
function heldUp({ containers }: PodView): (ContainerView & { readonly reason: string }) | undefined {
  const reasoned = containers.flatMap((container) =>
    container.reason === undefined || (container.init && container.reason === 'Completed')
      ? []
      : [{ ...container, reason: container.reason }],
  );
  return (
    reasoned.find(({ init }) => init) ??
    reasoned.find(({ reason }) => reason !== 'PodInitializing') ??
    reasoned[0]
  );
}

/** What the broken pods said last: the end of one pod's log of each container. */
export function lastLines(members: readonly PodView[], logs: readonly LogSample[]): readonly Evidence[] {
  const names = new Set(members.map(({ name }) => name));
  return logs.flatMap((sample, index) => {
    const log = sample.logs.find(({ pod, lines }) => names.has(pod) && lines.length > 0);
    return log === undefined
      ? []
      : log.lines
          .slice(-2)
          .map((line) => ({ where: `log of ${log.pod}, container ${LOGGED[index]}`, value: line }));
  });
}
