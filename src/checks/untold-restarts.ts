import type { Version } from '../cluster/identity/versions.js';
import type { ConfigMapView } from '../cluster/views/config-map.js';
import type { PodView } from '../cluster/views/pod.js';
import { datesEveryWrite, whyUndated } from '../cluster/write-times.js';
import { form } from '../texts/count.js';

interface Reading {
  readonly configMap: Pick<ConfigMapView, 'name' | 'writtenAt'>;
  /** Those that read it when they start, and that no time shows to be older. */
  readonly pods: readonly PodView[];
}

/** Why it cannot be told whether pods run the present configuration; undefined where the times tell. */
export function untoldRestarts(
  kubernetes: Version | undefined,
  { configMap: { name, writtenAt }, pods }: Reading,
): string | undefined {
  const dated = !Number.isNaN(Date.parse(writtenAt ?? '')) && datesEveryWrite(kubernetes);
  if (pods.length === 0 || dated) return undefined;
  const readers = form(pods.length, 'the pod that reads it runs', `the ${pods.length} pods that read it run`);
  return `${whyUndated(`ConfigMap kube-system/${name}`, writtenAt)}, so whether ${readers} what it says is not known; a restart settles it`;
}
