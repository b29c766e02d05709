import type { MessageTemplate } from '../judging/define-check.js';

export const dualStackNodesMessages = {
  terwaySingleStack: {
    severity: 'problem',
    text: 'The cluster is dual stack, but ip_stack in eni_conf of ConfigMap eni-config is {value}: Terway gives pods IPv4 addresses only.',
  },
  badStack: {
    severity: 'problem',
    text: 'ip_stack in eni_conf of ConfigMap eni-config is {value}, which Terway refuses (it takes ipv4 and dual): its daemon does not start.',
    explains: ['component-down'],
    mends: 'plugin config',
  },
  unsuited: {
    severity: 'problem',
    text: 'Pods on {count} {count:node|nodes} of type {type} get no IPv6 address: this instance type does not offer as many IPv6 as IPv4 addresses per ENI. Use another type.',
    explains: ['warning'],
    mends: 'type of the nodes',
  },
  off: {
    severity: 'problem',
    text: 'Terway gives no IPv6 addresses on {count} {count:node|nodes} ({nodes}), though the cluster is dual stack.',
  },
  mixedAddresses: {
    severity: 'advice',
    text: '{without} of {total} {total:node|nodes} {without:has no IPv6 address of its|have no IPv6 address of their} own ({nodes}): host-network pods there have none either.',
  },
} as const satisfies Record<string, MessageTemplate>;
