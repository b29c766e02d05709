import type { DaemonSetView } from '../../cluster/views/daemon-set.js';
import type { NodeView } from '../../cluster/views/node.js';
import type { PodView } from '../../cluster/views/pod.js';
import type { Judgement } from '../judging/define-check.js';
import { listed } from '../listed.js';
import { isNetworkedNode } from '../node-kinds.js';
import { aboutDaemonSet, CONFIG_KEY, configWhere, type KubeProxy, NO_KUBE_PROXY } from './kube-proxies.js';
import type { kubeProxyModeMessages } from './kube-proxy-mode-messages.js';

/** Nodes that need a kube-proxy: on those with the label Terway's eBPF does its work. */
export const needing = (list: readonly NodeView[]): readonly NodeView[] =>
  list.filter((node) => isNetworkedNode(node) && node.labels[NO_KUBE_PROXY] !== 'true');

/** Under a name of somebody's own it is still there. */
export const isNamedAlike = ({ namespace, owner, containers }: PodView): boolean =>
  namespace === 'kube-system' &&
  (/^kube-proxy/.test(owner?.name ?? '') || containers.some(({ image }) => /\/kube-proxy[:@]/.test(image)));

interface Absence {
  /** How many nodes need one. */
  readonly nodes: number;
  /** DaemonSets that may do its work. */
  readonly replacing: readonly DaemonSetView[];
}

/** What kube-proxy is configured with is here, and nothing that runs it. A cluster that keeps it out of sight has neither. */
export function reportAbsent(
  proxies: readonly KubeProxy[],
  { nodes, replacing }: Absence,
  report: Pick<Judgement<typeof kubeProxyModeMessages>, 'found' | 'unknown'>,
): void {
  const [proxy] = proxies;
  if (proxy?.configMap === undefined || nodes === 0) return;
  if (replacing.length > 0) {
    report.unknown(
      'check.no-evidence',
      `ConfigMap ${proxy.name} is here, and no DaemonSet or pod of kube-proxy is. ${listed(replacing.map(({ namespace, name }) => `${namespace}/${name}`))} can do its work; whether it does (kubeProxyReplacement in Cilium) is in settings of its own, which acknet does not read`,
      ['absent'],
    );
    return;
  }
  report.found('absent', aboutDaemonSet(proxy.name), {
    data: { daemonSet: proxy.name, nodes },
    evidence: [{ where: configWhere(proxy.name), value: proxy.configMap.data[CONFIG_KEY] ?? 'key absent' }],
  });
}
