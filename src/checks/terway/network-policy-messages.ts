import type { MessageTemplate } from '../judging/define-check.js';

export const networkPolicyMessages = {
  unused: {
    severity: 'advice',
    text: 'Network policies are enforced although none of any kind exists. Enforcement can delay the network of new pods, and can be switched off here.',
  },
  enforced: {
    severity: 'advice',
    text: '{policies} network {policies:policy is|policies are} enforced, which can delay the network of new pods. Enforcement cannot be switched off without losing {policies:it|them}; ACK advises to stay below 100.',
  },
  notEnforced: {
    severity: 'advice',
    text: '{policies} network {policies:policy exists|policies exist}, but enforcement is switched off in eni-config: {policies:it takes no effect|none of them takes effect}.',
  },
  misplaced: {
    severity: 'problem',
    text: 'disable_network_policy stands inside eni_conf, where nothing reads it, so policies are still enforced. It belongs beside eni_conf, as a key of its own.',
  },
  pending: {
    severity: 'advice',
    text: 'Policy enforcement is switched off, but {count} of {total} Terway {total:pod|pods} started before the ConfigMap was last written: it may still be on, on {nodes}.',
  },
  slowAllocation: {
    severity: 'problem',
    text: 'Half of the {pods} {pods:pod|pods} that got an address within the last hour waited {median} s or longer for it (the slowest {slowest} s): the delay is in address allocation, not in network policies.',
  },
  manyIdentities: {
    severity: 'advice',
    text: '{identities} Cilium {identities:identity exists|identities exist}. Every distinct set of pod labels is one, and so many slow down new pods: leave unneeded labels out of identities.',
  },
} as const satisfies Record<string, MessageTemplate>;
