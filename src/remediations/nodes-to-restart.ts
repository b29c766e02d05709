import type { PodView } from '../cluster/views/pod.js';

/** Nodes whose pod read its config before the last write of it, or is not Ready. */
export function nodesToRestart(
  pods: readonly PodView[],
  writtenAt: string | undefined,
  readAt: (pod: PodView) => string | undefined = ({ startedAt }) => startedAt,
): string[] {
  const written = Date.parse(writtenAt ?? '');
  return pods
    .filter((pod) => !pod.ready || !(Date.parse(readAt(pod) ?? '') >= written || Number.isNaN(written)))
    .flatMap(({ node }) => node ?? [])
    .sort();
}
