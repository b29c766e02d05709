import type { MessageTemplate } from '../../judging/define-check.js';

const explains = ['node-not-ready', 'pod-waiting', 'warning'] as const;

export const flannelCniMessages = {
  missing: {
    severity: 'problem',
    atStart: true,
    text: 'ConfigMap kube-flannel-cfg has no cniVersion; from Kubernetes 1.16 on the kubelet refuses such a config. {notReady} of {total} {total:node|nodes} {notReady:has|have} no usable CNI config now.',
    explains,
    mends: 'plugin config',
  },
  waiting: {
    severity: 'problem',
    text: 'ConfigMap kube-flannel-cfg is as it should be, but {notReady} of {total} {total:node|nodes} still {notReady:has|have} no usable CNI config ({nodes}): {why}.',
    explains,
    mends: 'plugin pods',
  },
  withoutFlannel: {
    severity: 'problem',
    text: '{notReady} of {total} {total:node|nodes} {notReady:has|have} no usable CNI config, and no Flannel pod is Ready there to write one: {nodes}.',
    explains,
    mends: 'plugin pods',
  },
  notTakenUp: {
    severity: 'problem',
    text: '{notReady} of {total} {total:node|nodes} {notReady:reports|report} no usable CNI config, although {config} and the Flannel {notReady:pod there has|pods there have} started since: {nodes}. {look}',
    explains,
    mends: 'plugin pods',
  },
  tolerated: {
    severity: 'advice',
    text: 'ConfigMap kube-flannel-cfg has no cniVersion. Flannel {flannel} tolerates that (since 0.15.1.19); an older image would not.',
  },
  unreadable: {
    severity: 'problem',
    atStart: true,
    text: 'cni-conf.json in ConfigMap kube-flannel-cfg is not a JSON object, so no node can use it.',
    explains,
    mends: 'plugin config',
  },
} as const satisfies Record<string, MessageTemplate>;
