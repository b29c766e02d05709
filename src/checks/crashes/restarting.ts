import type { ContainerView, PodView } from '../../cluster/views/pod.js';
import { count } from '../../texts/count.js';
import { listed } from '../listed.js';
import type { EvidenceWindow } from '../recent-events.js';

/** Longer than the kubelet's longest back-off, and than most runs that end by themselves. */
const RECENT_MS = 600_000;
/** A reboot or a rolled node restarts a container once. */
const SEVERAL = 3;

/** A container of a pod that is Ready just now, and which ended in error minutes ago, not for the first time. */
export function restartingContainer(
  { ready, deleting, containers }: PodView,
  { now, since }: EvidenceWindow,
): ContainerView | undefined {
  if (!ready || deleting) return undefined;
  const oldest = Math.max(now.getTime() - RECENT_MS, since?.getTime() ?? 0);
  return containers.find(
    ({ init, restarts, ended }) =>
      !init && restarts >= SEVERAL && (ended?.exitCode ?? 0) !== 0 && Date.parse(ended?.at ?? '') > oldest,
  );
}

/** For `report.unknown`: that it runs at this moment is no proof that it does; undefined = none restarts. */
export function restartingDetail(
  what: string,
  pods: readonly PodView[],
  window: EvidenceWindow,
): string | undefined {
  const own = pods.filter((pod) => restartingContainer(pod, window) !== undefined);
  return own.length === 0
    ? undefined
    : `${what} is Ready, and ended in error again within the last ten minutes in ${count(own.length, 'pod')}: ${listed(own.map(({ name }) => name))}`;
}
