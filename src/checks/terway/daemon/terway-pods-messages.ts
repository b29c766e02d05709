import type { MessageTemplate } from '../../judging/define-check.js';

export const terwayPodsMessages = {
  notReady: {
    severity: 'problem',
    text: '{count} of {total} Terway {total:pod|pods} {count:is|are} not ready ({state}), so new pods get no network on {nodes}.{last}',
    explains: ['component-down', 'node-not-ready', 'pod-waiting', 'warning'],
    mends: 'plugin pods',
  },
  initFailed: {
    severity: 'problem',
    text: '{count} Terway {count:pod|pods} cannot start: {cause}. New pods get no network on {nodes}, and a restart of Terway does not help.',
    explains: ['component-down', 'node-not-ready', 'pod-waiting', 'warning'],
    mends: 'plugin config',
    proof: 'state',
  },
  missing: {
    severity: 'problem',
    text: 'The Terway DaemonSet {daemonSet} wants {desired} {desired:pod|pods} and has {present}; nodes without one: {nodes}.',
    explains: ['component-down', 'node-not-ready', 'pod-waiting', 'warning'],
    mends: 'plugin pods',
  },
  olderThanConfig: {
    severity: 'problem',
    text: '{count} of {total} Terway {total:pod|pods} started before ConfigMap eni-config was last written ({written}), so what was changed is not in effect on {nodes} until {count:it restarts|they restart}.',
  },
  configUnreadable: {
    severity: 'problem',
    text: 'eni_conf in ConfigMap eni-config is not a JSON object: a Terway pod that restarts now does not come up.',
    explains: ['component-down'],
    mends: 'plugin config',
  },
  starting: {
    severity: 'advice',
    text: '{count} Terway {count:pod|pods} started less than two minutes ago and {count:is|are} not ready yet, on {nodes}.',
  },
} as const satisfies Record<string, MessageTemplate>;
