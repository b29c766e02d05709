import { z } from 'zod';
import type { PodView } from '../cluster/views/pod.js';

/** What every restart may be told. */
export const restartParams = z.strictObject({
  everyPod: z.boolean().default(false).meta({ typedOnly: true }),
});

interface Restart {
  readonly writtenAt: string | undefined;
  readonly everyPod: boolean;
  /** When a pod read its config; default when it started. */
  readonly readAt?: (pod: PodView) => string | undefined;
}

/** Nodes whose pod read its config before the last dated write of it, or is not Ready. */
export function nodesToRestart(
  pods: readonly PodView[],
  { writtenAt, everyPod, readAt = ({ startedAt }) => startedAt }: Restart,
): string[] {
  const written = Date.parse(writtenAt ?? '');
  return pods
    .filter(
      (pod) => everyPod || !pod.ready || !(Date.parse(readAt(pod) ?? '') >= written || Number.isNaN(written)),
    )
    .flatMap(({ node }) => node ?? [])
    .sort();
}
