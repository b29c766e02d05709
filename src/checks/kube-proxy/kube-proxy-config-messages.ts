/** What `kube-proxy-config` can find; the first three keep a kube-proxy that starts from running. */
export const kubeProxyConfigMessages = {
  unreadable: {
    severity: 'problem',
    atStart: true,
    text: 'config.conf in ConfigMap {configMap} {faults}. A kube-proxy pod that restarts will not come up.',
    explains: ['component-down'],
    mends: 'kube-proxy config',
  },
  wrongValue: {
    severity: 'problem',
    atStart: true,
    text: 'ConfigMap {configMap} has values that kube-proxy {version} does not start with: {faults}.{exit}',
    explains: ['component-down'],
    mends: 'kube-proxy config',
  },
  gateRefused: {
    severity: 'problem',
    atStart: true,
    text: 'ConfigMap {configMap} sets feature gates that kube-proxy {version} does not start with: {faults}.{exit}',
    explains: ['component-down'],
    mends: 'kube-proxy config',
  },
  misplaced: {
    severity: 'problem',
    atStart: true,
    text: 'ConfigMap {configMap} has fields in the wrong place, where kube-proxy ignores them: {faults}. Mind the indentation.',
  },
  ignored: {
    severity: 'problem',
    atStart: true,
    text: 'ConfigMap {configMap} has fields that kube-proxy {version} ignores: {faults}. It starts all the same, {log}.',
  },
  notApplied: {
    severity: 'problem',
    text: '{count} of {total} {daemonSet} {total:pod|pods} started before {count:its|their} ConfigMap was last changed{by} and still {count:runs|run} the old configuration. Nothing restarts {count:it|them} by itself.',
  },
  differ: {
    severity: 'advice',
    text: 'kube-proxy-worker and kube-proxy-master are set differently: {fields}. A change is meant for both, unless that is on purpose.',
  },
  leftOver: {
    severity: 'advice',
    text: 'ConfigMap {configMap} still has fields of older releases, which do nothing any more: {faults}.',
  },
  notJudged: {
    severity: 'advice',
    text: 'acknet cannot judge this in ConfigMap {configMap} for kube-proxy {version}: {faults}. What kube-proxy does not take keeps it from starting.',
  },
} as const;
