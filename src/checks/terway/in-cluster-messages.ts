import type { MessageTemplate } from '../judging/define-check.js';

export const inClusterMessages = {
  off: {
    severity: 'advice',
    text: 'In-cluster load balancing is off: calls from pods to the external addresses of {services} {services:Service|Services} leave the cluster and may fail on the way back.',
  },
  misplaced: {
    severity: 'problem',
    text: 'in_cluster_loadbalance stands inside eni_conf, where nothing reads it. It belongs beside eni_conf, as a key of its own.',
  },
  invalid: {
    severity: 'problem',
    atStart: true,
    text: 'in_cluster_loadbalance is "{value}"; only the exact text "true" switches it on.',
  },
  tooOld: {
    severity: 'advice',
    text: 'Terway {version} cannot keep calls to external addresses in the cluster; 1.2.0 and later can.',
  },
  pending: {
    severity: 'advice',
    text: 'In-cluster load balancing is set, but {count} of {total} Terway {total:pod|pods} started before the ConfigMap was last written: it may not be in effect on {nodes}.',
  },
} as const satisfies Record<string, MessageTemplate>;
