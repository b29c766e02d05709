import type { CloudQuery, CloudReader } from '../../../cloud/ports.js';
import {
  type InstalledAddOn,
  installedAddOns,
  type OfferedAddOn,
  offeredAddOns,
} from '../../../cloud/views/add-on.js';
import { clusterDetails } from '../../../cloud/views/cluster-detail.js';
import { type KubernetesVersion, kubernetesVersions } from '../../../cloud/views/kubernetes-version.js';
import { isAcknetError } from '../../../errors.js';

/** What is installed of the network's add-ons and of Kubernetes, and what ACK says of newer ones. */
export interface SeenVersions {
  readonly installed: readonly InstalledAddOn[];
  readonly offered: ReadonlyMap<string, OfferedAddOn>;
  /** Of the control plane; undefined = the account does not tell it. */
  readonly kubernetes: string | undefined;
  /** `unlisted` = ACK names no such version; undefined = not asked, as the account does not tell version or kind of the cluster. */
  readonly supported: KubernetesVersion | 'unlisted' | undefined;
}

export const versionActions = [
  'cs:DescribeClusterDetail',
  'cs:ListClusterAddonInstances',
  'cs:ListAddons',
  'cs:DescribeKubernetesVersionMetadata',
] as const;

/** Add-ons that carry, route or name the pods' traffic; a cluster has dozens of others. */
const OF_NETWORK =
  /^(?:terway(?:-eni(?:ip)?)?(?:-windows)?|terway-controlplane|(?:kube-)?flannel(?:-ds)?|kube-proxy|(?:managed-)?coredns|ack-node-local-dns|ack-extend-network-controller|cloud-controller-manager)$/;

export async function seeVersions(cloud: CloudReader): Promise<SeenVersions> {
  const [[detail], installed, offered] = await Promise.all([
    cloud.read(clusterDetails).then(({ items }) => items),
    cloud.read(installedAddOns),
    cloud.read(offeredAddOns, { cluster_id: cloud.clusterId }),
  ]);
  return {
    installed: installed.items.filter(({ name }) => OF_NETWORK.test(name)),
    offered: new Map(offered.items.map((entry) => [entry.name, entry])),
    kubernetes: detail?.version,
    supported: await supportOf(cloud, detail),
  };
}

async function supportOf(
  cloud: CloudReader,
  detail: { readonly version?: string | undefined; readonly type?: string | undefined } | undefined,
): Promise<SeenVersions['supported']> {
  if (detail?.version === undefined || detail.type === undefined) return undefined;
  const named = await versionsLike(cloud, {
    Region: cloud.region,
    ClusterType: detail.type,
    KubernetesVersion: detail.version,
  });
  return named.find(({ version }) => version === detail.version) ?? 'unlisted';
}

async function versionsLike(cloud: CloudReader, query: CloudQuery): Promise<readonly KubernetesVersion[]> {
  try {
    return (await cloud.read(kubernetesVersions, query)).items;
  } catch (error) {
    if (isAcknetError(error, 'cloud.not-found')) return [];
    throw error;
  }
}
