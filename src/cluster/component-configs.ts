/** ConfigMaps of kube-system that the pods of a DaemonSet read when they start. Source: the DaemonSets' volumes and env. */
const configs: Readonly<Record<string, readonly string[]>> = {
  'kube-flannel-ds': ['kube-flannel-cfg'],
  'terway-eniip': ['eni-config'],
  'terway-eni': ['eni-config'],
  'kube-proxy-worker': ['kube-proxy-worker'],
  'kube-proxy-master': ['kube-proxy-master'],
};

export const configsOf = (daemonSet: string): readonly string[] =>
  Object.hasOwn(configs, daemonSet) ? (configs[daemonSet] ?? []) : [];

/** DaemonSets whose pods would start with what this ConfigMap says. */
export const readersOf = (configMap: string): readonly string[] =>
  Object.keys(configs).filter((daemonSet) => configsOf(daemonSet).includes(configMap));
