import type { Clouds } from '../../cloud/ports.js';
import type { OpenClusters } from '../../cluster/kube/connecting/create-clusters.js';

/** The clusters of one configuration, and the accounts they live in. */
export interface Opened {
  readonly clusters: OpenClusters;
  readonly clouds: Clouds;
}

/**
 * Clusters and clouds of the configuration in use. What was got before a swap keeps its credentials and its connections:
 * these are not closed, as a job may hold them; idle ones close by themselves.
 */
export function swapClusters(first: Opened): Opened & { swap(next: Opened): void } {
  let now = first;
  return {
    clusters: {
      get names() {
        return now.clusters.names;
      },
      get: (name) => now.clusters.get(name),
      close: () => now.clusters.close(),
    },
    clouds: { get: (cluster) => now.clouds.get(cluster), close: () => now.clouds.close() },
    swap: (next) => {
      now = next;
    },
  };
}
