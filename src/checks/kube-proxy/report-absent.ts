import type { NodeView } from '../../cluster/views/node.js';
import type { PodView } from '../../cluster/views/pod.js';
import type { Judgement } from '../judging/define-check.js';
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

/** What kube-proxy is configured with is here, and nothing that runs it. A cluster that keeps it out of sight has neither. */
export function reportAbsent(
  proxies: readonly KubeProxy[],
  nodes: number,
  report: Pick<Judgement<typeof kubeProxyModeMessages>, 'found'>,
): void {
  const [proxy] = proxies;
  if (proxy?.configMap === undefined || nodes === 0) return;
  report.found('absent', aboutDaemonSet(proxy.name), {
    data: { daemonSet: proxy.name, nodes },
    evidence: [{ where: configWhere(proxy.name), value: proxy.configMap.data[CONFIG_KEY] ?? 'key absent' }],
  });
}
