import type { ClusterReader } from '../cluster/ports.js';
import { datesEveryWrite, undatedWrites } from '../cluster/write-times.js';
import { refuse } from './refuse.js';

/** Refuses to call it nothing to do where the server's times cannot show that the pods are younger than their config. */
export async function refuseUntoldRestart(
  reader: ClusterReader,
  { id, config }: { readonly id: string; readonly config: string },
): Promise<void> {
  if (await timesTell(reader)) return;
  throw refuse(
    `No pod is known to run an old configuration, but ${undatedWrites(config)}.`,
    `If it was changed, restart them all: /acknet fix ${id} ${reader.cluster} everyPod=true`,
  );
}

/** Whether the time a ConfigMap shows is that of its newest write. */
export async function timesTell(reader: ClusterReader): Promise<boolean> {
  const { major, minor } = await reader.serverVersion();
  return datesEveryWrite([major, minor, 0, 0]);
}
