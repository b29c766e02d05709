import { type Connection, openConnection } from '../../cluster/kube/connecting/connection.js';
import { type KubeconfigChoice, readKubeconfig } from '../../cluster/kube/connecting/read-kubeconfig.js';
import { AcknetError } from '../../errors.js';
import type { ClusterFlags } from '../open-cluster.js';
import type { Runtime } from '../runtime.js';

const TIMEOUT_MS = 15_000;

interface AdminConnection {
  readonly choice: KubeconfigChoice;
  readonly connection: Connection;
}

/** With the context called like the cluster, or the one given. Throws `usage.invalid` without a kubeconfig. */
export function openAdminConnection(
  cluster: string,
  flags: ClusterFlags,
  { env }: Pick<Runtime, 'env'>,
): AdminConnection {
  const kubeconfig = flags.kubeconfig ?? env.KUBECONFIG;
  if (kubeconfig === undefined)
    throw new AcknetError('usage.invalid', 'No kubeconfig of an administrator was given.', {
      hint: "Name one with --kubeconfig: it must be allowed to create ServiceAccounts, roles and bindings. The console's cluster page has it under Connection Information.",
    });
  const context = flags.context ?? cluster;
  return {
    choice: readKubeconfig(cluster, kubeconfig, context),
    connection: openConnection(cluster, { kubeconfig, context }, { timeoutMs: TIMEOUT_MS }),
  };
}
