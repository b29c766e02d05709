import type { MessageTemplate } from '../../judging/define-check.js';

export const ipvsSchedulerMessages = {
  moduleMissing: {
    severity: 'problem',
    text: 'The kernel module of the IPVS algorithm {scheduler} is missing on {count} of {sampled} sampled {sampled:node|nodes} ({nodes}). Load ip_vs_{scheduler} there{back}.',
  },
  unknownName: {
    severity: 'problem',
    atStart: true,
    text: 'ConfigMap {configMap} sets ipvs.scheduler to {scheduler}, an algorithm that {unknownTo} does not know; kube-proxy does not start with it.',
  },
  mayLackModule: {
    severity: 'advice',
    text: '{count} {count:node was|nodes were} created before October 2022 and may lack the kernel module ip_vs_{scheduler}. Kubernetes does not show modules: run lsmod | grep ip_vs_{scheduler} there.',
  },
  bypassed: {
    severity: 'advice',
    text: 'The IPVS algorithm {scheduler} does not reach pod traffic here: with {datapath} pods resolve Services in eBPF, past IPVS.',
    intent: 'terway-ipvs-bypass',
  },
  default: {
    severity: 'advice',
    text: 'ConfigMap {configMap} names no IPVS algorithm, so connections are spread round robin (rr). With long-lived connections another one, such as lc, can be more even.',
  },
} as const satisfies Record<string, MessageTemplate>;
