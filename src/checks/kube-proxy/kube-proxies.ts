import { unlessAbsent } from '../../cluster/absent.js';
import { imageVersion } from '../../cluster/identity/gather-identity.js';
import type { ClusterIdentity } from '../../cluster/identity/identity.js';
import type { ClusterReader, ObjectRef, RbacRule } from '../../cluster/ports.js';
import type { Version } from '../../cluster/identity/versions.js';
import { type ConfigMapView, configMaps } from '../../cluster/views/config-map.js';
import { type DaemonSetView, daemonSets } from '../../cluster/views/daemon-set.js';
import { type PodView, pods } from '../../cluster/views/pod.js';
import type { ShownCode } from '../../errors.js';
import { withoutLeftovers } from '../crashes/leftovers.js';
import type { KubeProxyFault } from './document/kube-proxy-fault.js';
import {
  brokenValue,
  type KubeProxyConfig,
  type KubeProxySettings,
  readKubeProxyConfig,
} from './document/kube-proxy-settings.js';

/** ConfigMap and DaemonSet bear the same name. `-master` exists on dedicated clusters, `kube-proxy` on self-made ones. */
export const kubeProxyNames = ['kube-proxy-worker', 'kube-proxy-master', 'kube-proxy'] as const;
/** Key of the ConfigMap that holds the KubeProxyConfiguration. */
export const CONFIG_KEY = 'config.conf';
/** Label of nodes on which Terway's eBPF replaces kube-proxy. */
export const NO_KUBE_PROXY = 'k8s.aliyun.com/no-kube-proxy';

export const kubeProxyReads: readonly RbacRule[] = [
  { group: '', resource: 'configmaps', verbs: ['get'], namespace: 'kube-system', names: [...kubeProxyNames] },
  { group: 'apps', resource: 'daemonsets', verbs: ['list'] },
  { group: '', resource: 'pods', verbs: ['list'] },
];

export interface KubeProxy {
  readonly name: string;
  readonly configMap: ConfigMapView | undefined;
  readonly daemonSet: DaemonSetView | undefined;
  readonly pods: readonly PodView[];
}

/** Every kube-proxy that has a ConfigMap or a DaemonSet here. */
export async function gatherKubeProxies(reader: ClusterReader): Promise<readonly KubeProxy[]> {
  const [sets, all, ...configs] = await Promise.all([
    reader.list(daemonSets),
    reader.list(pods),
    ...kubeProxyNames.map((name) => unlessAbsent(reader.get(configMaps, { namespace: 'kube-system', name }))),
  ]);
  return kubeProxyNames
    .map((name, index) => ({
      name,
      configMap: configs[index],
      daemonSet: sets.find((set) => set.namespace === 'kube-system' && set.name === name),
      pods: withoutLeftovers(all.filter((pod) => isPodOf(name, pod))),
    }))
    .filter(({ configMap, daemonSet }) => configMap !== undefined || daemonSet !== undefined);
}

const isPodOf = (name: string, { namespace, owner }: PodView): boolean =>
  namespace === 'kube-system' && owner?.kind === 'DaemonSet' && owner.name === name;

/** Release of the pods that would start now; the server's where the image tag tells none. */
export const kubeProxyVersion = (
  { daemonSet }: Pick<KubeProxy, 'daemonSet'>,
  { kubernetes }: ClusterIdentity,
): Version | undefined => (daemonSet && imageVersion(daemonSet, '/kube-proxy:')) ?? kubernetes;

/** undefined = there is no ConfigMap, or it has no key `config.conf`. */
export function configOf(proxy: KubeProxy, identity: ClusterIdentity): KubeProxyConfig | undefined {
  const source = proxy.configMap?.data[CONFIG_KEY];
  return source === undefined ? undefined : readKubeProxyConfig(source, kubeProxyVersion(proxy, identity));
}

export interface ReadableProxy extends KubeProxy {
  readonly config: KubeProxyConfig;
  readonly settings: KubeProxySettings;
}

/** Those whose `needs` (paths of settings) can be judged; the others are told as unknown, each with its reason. */
export function readableProxies(
  proxies: readonly KubeProxy[],
  report: { unknown(code: ShownCode, detail: string): void; notApplicable(reason: string): void },
  { identity, needs }: { readonly identity: ClusterIdentity; readonly needs: readonly string[] },
): readonly ReadableProxy[] {
  if (proxies.length === 0)
    report.unknown(
      'cluster.not-found',
      'kube-system has neither ConfigMap nor DaemonSet of kube-proxy (a managed one is not visible here).',
    );
  if (proxies.length > 0 && proxies.every(runsNowhere))
    report.notApplicable('No node runs kube-proxy here: its DaemonSets are scheduled to none.');
  return proxies
    .filter((proxy) => !runsNowhere(proxy))
    .flatMap((proxy) => {
      const config = configOf(proxy, identity);
      const broken = needs.map((path) => config && brokenValue(config, path)).find((fault) => fault);
      if (config?.settings !== undefined && broken === undefined)
        return [{ ...proxy, config, settings: config.settings }];
      if (config === undefined)
        report.unknown(
          'cluster.not-found',
          `ConfigMap kube-system/${proxy.name} has no key ${CONFIG_KEY} to read.`,
        );
      else report.unknown('cluster.malformed', malformed(proxy.name, broken ?? config.faults[0]));
      return [];
    });
}

/** Where every node is labelled `no-kube-proxy`, the DaemonSet stays and wants no pod. */
const runsNowhere = ({ daemonSet, pods }: KubeProxy): boolean =>
  daemonSet !== undefined && daemonSet.desired === 0 && daemonSet.observedGeneration > 0 && pods.length === 0;

const malformed = (name: string, fault: KubeProxyFault | undefined): string =>
  `${configWhere(name)}${fault?.path ? `: ${fault.path}` : ''} ${fault?.detail ?? 'is not readable'} (see the check kube-proxy-config).`;

/** When the pod read its configuration: a container that restarted has read it again. */
export const readAt = ({ startedAt, containers }: PodView): string | undefined =>
  containers.find(({ init, startedAt: at }) => !init && at !== undefined)?.startedAt ?? startedAt;

export const aboutConfigMap = (name: string): ObjectRef => ({
  kind: 'ConfigMap',
  namespace: 'kube-system',
  name,
});
export const aboutDaemonSet = (name: string): ObjectRef => ({
  kind: 'DaemonSet',
  namespace: 'kube-system',
  name,
});
export const configWhere = (name: string, line?: number): string =>
  `ConfigMap kube-system/${name}, data["${CONFIG_KEY}"]${line === undefined ? '' : `, line ${line}`}`;
