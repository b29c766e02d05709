import type { ContainerView, PodView } from '../../cluster/views/pod.js';

/**
 * The container that keeps a pod from being Ready: an init container first, as the others only wait for it. An init
 * container that ended well is none.
 */
export function failingContainer({ containers }: Pick<PodView, 'containers'>): ContainerView | undefined {
  const bad = containers.filter((container) => !container.ready && !isDone(container));
  return (
    bad.find((container) => container.init && isTold(container)) ??
    bad.find(({ ended, restarts }) => restarts > 0 || (ended?.exitCode ?? 0) !== 0) ??
    bad.find(({ reason }) => reason !== undefined && reason !== 'PodInitializing') ??
    bad[0]
  );
}

/** An init container that finished its work; the API leaves out an exit code of 0 at times. */
const isDone = ({ init, reason, ended }: ContainerView): boolean =>
  init && (ended?.exitCode === 0 || reason === 'Completed');

/** Whether the kubelet has said anything of it yet. */
const isTold = (container: ContainerView): boolean => container.reason !== undefined || hasRun(container);

/** Whether it ever ran, so that there can be a log of it. */
export const hasRun = ({ startedAt, ended, restarts, reason }: ContainerView): boolean =>
  startedAt !== undefined || ended !== undefined || restarts > 0 || reason === 'CrashLoopBackOff';
