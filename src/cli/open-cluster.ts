import { type Clouds, noClouds } from '../cloud/ports.js';
import { createClusters, type OpenClusters } from '../cluster/kube/connecting/create-clusters.js';
import { readKubeconfig } from '../cluster/kube/connecting/read-kubeconfig.js';
import { loadFileConfig } from '../config/config.js';
import { openClouds } from './open-clouds.js';
import type { Runtime } from './runtime.js';

export interface ClusterFlags {
  readonly kubeconfig?: string;
  readonly context?: string;
}

interface OpenedClusters {
  readonly clusters: OpenClusters;
  readonly clouds: Clouds;
  readonly deadlineMs: number;
}

/**
 * A kubeconfig given by flag needs no acknet.yaml, and is used with the context called like the cluster, or the one given;
 * without one the cluster is looked up there. Throws `config.invalid` with the contexts there are.
 */
export async function openClusters(
  name: string,
  flags: ClusterFlags,
  { env, now }: Pick<Runtime, 'env' | 'now'>,
): Promise<OpenedClusters> {
  const kubeconfig = flags.kubeconfig ?? (flags.context === undefined ? undefined : env.KUBECONFIG);
  if (kubeconfig !== undefined) {
    const credential = { kubeconfig, context: flags.context ?? name };
    readKubeconfig(name, kubeconfig, credential.context);
    return {
      clusters: createClusters({ [name]: credential }, { requestTimeoutMs: 15_000 }),
      clouds: noClouds,
      deadlineMs: 120_000,
    };
  }
  const config = await loadFileConfig(env.ACKNET_CONFIG ?? 'acknet.yaml');
  const { requestTimeoutSeconds, deadlineSeconds } = config.checks;
  return {
    clusters: createClusters(config.clusters, { requestTimeoutMs: requestTimeoutSeconds * 1000 }),
    clouds: await openClouds(config, { env, now }),
    deadlineMs: deadlineSeconds * 1000,
  };
}
