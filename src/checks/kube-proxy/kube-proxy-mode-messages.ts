/** What `kube-proxy-mode` can find. */
export const kubeProxyModeMessages = {
  exits: {
    severity: 'problem',
    text: '{unready} of {total} {daemonSet} {total:pod|pods} {unready:is|are} not ready, and kube-proxy exits at every start on {count} of {sampled} of them: “{says}”. A restart mends nothing. {remedy}',
    explains: ['component-down'],
    mends: 'kube-proxy config',
    proof: 'state',
  },
  notReady: {
    severity: 'problem',
    text: '{count} of {total} {daemonSet} {total:pod|pods} {count:is|are} not ready ({reasons}): Services do not follow their endpoints on those nodes.{last}',
    explains: ['component-down'],
    mends: 'kube-proxy pods',
    proof: 'open',
  },
  absent: {
    severity: 'problem',
    text: 'ConfigMap {daemonSet} is here, and no DaemonSet or pod of kube-proxy is: so on {nodes} {nodes:node that needs|nodes that need} it what changes in Services and their pods has no effect. Bring the DaemonSet back.',
    explains: ['component-down'],
    mends: 'kube-proxy pods',
    proof: 'state',
  },
  fellBack: {
    severity: 'problem',
    text: '{count} of {sampled} sampled {daemonSet} {sampled:pod|pods} {count:runs|run} in {actual} mode although ipvs is set: before 1.26 kube-proxy falls back where it cannot use IPVS. {remedy}',
    intent: 'ipvs-scheduler',
    explains: ['component-failing'],
    mends: 'kube-proxy config',
  },
  refused: {
    severity: 'problem',
    text: '{count} of {sampled} sampled {daemonSet} {sampled:pod|pods} {count:says that it|say that they} cannot use IPVS and, from Kubernetes 1.26 on, {count:exits|exit} instead of falling back. {remedy}',
    intent: 'ipvs-scheduler',
    explains: ['component-down', 'component-failing'],
    mends: 'kube-proxy config',
  },
  otherMode: {
    severity: 'problem',
    text: '{count} of {sampled} sampled {daemonSet} {sampled:pod|pods} {count:runs|run} in {actual} mode, set is {configured}. {why}',
  },
  ipvsDeprecated: {
    severity: 'advice',
    text: 'IPVS mode is deprecated from Kubernetes 1.35 on (this is {version}); nftables and Terway DataPath V2 are its successors.',
  },
} as const;
