import type { PodView } from '../../cluster/views/pod.js';

/** A pod that starts normally has its containers by then; image pulls of a few minutes are not counted. */
export const STUCK_AFTER_MS = 300_000;

export interface StuckPod {
  readonly pod: PodView;
  readonly minutes: number;
}

interface PendingPods {
  readonly stuck: readonly StuckPod[];
  /** Pods without a phase, or Pending without any time: whether and how long they wait cannot be told. */
  readonly untold: readonly PodView[];
}

/** Pods that have been Pending, scheduled or not, for longer than the limit. */
export function stuckPods(all: readonly PodView[], now: Date): PendingPods {
  const pending = all.filter(({ phase, deleting }) => phase === 'Pending' && !deleting);
  const waits = pending.map((pod) => ({ pod, ms: now.getTime() - since(pod) }));
  return {
    stuck: waits
      .filter(({ ms }) => ms >= STUCK_AFTER_MS)
      .map(({ pod, ms }) => ({ pod, minutes: Math.floor(ms / 60_000) })),
    untold: [
      ...all.filter(({ phase }) => phase === ''),
      ...waits.filter(({ ms }) => Number.isNaN(ms)).map(({ pod }) => pod),
    ],
  };
}

/** The kubelet stamps `startTime` when it takes the pod on; until then it waits for a node. */
const since = ({ startedAt, createdAt }: PodView): number => Date.parse(startedAt ?? createdAt ?? '');

export const isUnscheduled = ({ node, unschedulable }: PodView): boolean =>
  unschedulable !== undefined || node === undefined || node === '';
