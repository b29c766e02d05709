import type { JsonObject } from '../../../src/cluster/ports.js';
import { disableNetworkPolicy } from '../../../src/remediations/terway/disable-network-policy.js';
import { describePlan } from '../../support/describe-plan.js';
import { describeRemediation } from '../../support/describe-remediation.js';
import { terway } from './terway-objects.js';

const about = { kind: 'ConfigMap', namespace: 'kube-system', name: 'eni-config' };
const policy = (apiVersion: string, kind: string, namespace?: string): JsonObject => ({
  apiVersion,
  kind,
  metadata: { name: 'deny-all', ...(namespace !== undefined && { namespace }) },
});

describeRemediation(disableNetworkPolicy, {
  scenario: 'terway-exhausted',
  diff: ['-data.disable_network_policy: "false"', '+data.disable_network_policy: "true"'],
  warns: ['no network policy is enforced'],
  objects: [about],
});

describePlan(disableNetworkPolicy, {
  'sets the top-level key and restarts Terway': {
    objects: terway(),
    changes: ['set ConfigMap/eni-config', 'roll-pods DaemonSet/terway-eniip'],
    risk: 'high',
  },
  'has nothing to do where policies are off': {
    objects: terway({ data: { disable_network_policy: 'true' } }),
    changes: [],
  },
  'takes "0" for on': {
    objects: terway({ data: { disable_network_policy: '0' } }),
    changes: ['set ConfigMap/eni-config', 'roll-pods DaemonSet/terway-eniip'],
  },
  'refuses while a NetworkPolicy exists': {
    objects: [...terway(), policy('networking.k8s.io/v1', 'NetworkPolicy', 'pay')],
    refuses: '1 NetworkPolicy.networking.k8s.io (pay/deny-all)',
  },
  'refuses while a CiliumNetworkPolicy exists': {
    objects: [...terway(), policy('cilium.io/v2', 'CiliumNetworkPolicy', 'pay')],
    refuses: 'CiliumNetworkPolicy',
  },
  'refuses while a CiliumClusterwideNetworkPolicy exists': {
    objects: [...terway(), policy('cilium.io/v2', 'CiliumClusterwideNetworkPolicy')],
    refuses: '(deny-all)',
  },
  'refuses while a Calico NetworkPolicy exists': {
    objects: [...terway(), policy('crd.projectcalico.org/v1', 'NetworkPolicy', 'pay')],
    refuses: 'NetworkPolicy.crd.projectcalico.org',
  },
  'refuses while a Calico GlobalNetworkPolicy exists': {
    objects: [...terway(), policy('crd.projectcalico.org/v1', 'GlobalNetworkPolicy')],
    refuses: 'GlobalNetworkPolicy',
  },
  'refuses where policies may not be listed': {
    objects: terway(),
    forbidden: ['ciliumnetworkpolicies'],
    refuses: 'could not be read',
  },
});
