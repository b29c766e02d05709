import type { MessageTemplate } from '../../judging/define-check.js';

export const flannelVersionMessages = {
  mixed: {
    severity: 'problem',
    text: '{behind} of {total} Flannel {total:pod|pods} {behind:does|do} not run the image of the DaemonSet ({wanted}). Where its update strategy is OnDelete {behind:it changes only when it is|they change only when they are} deleted.',
    intent: 'flannel-cni-version',
  },
  leaky: {
    severity: 'advice',
    text: 'Flannel {version} is older than 0.15.1.11: pod addresses can leak across a node restart, until none are left.',
  },
  cannotStart: {
    severity: 'problem',
    text: '{count} of {total} Flannel {total:pod|pods} cannot start{sampled}: {cause}. {remedy} On {nodes} new pods get no network, and a restart of Flannel does not help.',
    intent: null,
    explains: ['component-down', 'node-not-ready', 'pod-waiting', 'warning'],
    mends: 'plugin config',
    proof: 'state',
  },
  notReady: {
    severity: 'problem',
    text: '{notReady} of {total} Flannel {total:pod|pods} {notReady:is|are} not ready ({state}); on {notReady:this node|these nodes} new pods get no network.{last}',
    intent: 'flannel-cni-version',
    explains: ['component-down', 'node-not-ready', 'pod-waiting', 'warning'],
    mends: 'plugin pods',
  },
} as const satisfies Record<string, MessageTemplate>;
