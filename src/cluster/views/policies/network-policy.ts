import type { V1NetworkPolicy } from '@kubernetes/client-node';
import { list, strings, text, texts } from '../../fields.js';
import type { Resource } from '../../ports.js';
import { nameOf, namespaceOf } from '../metadata.js';
import { resourceOf } from '../resource-of.js';

export interface NetworkPolicyView {
  readonly namespace: string;
  readonly name: string;
  readonly podSelector: Readonly<Record<string, string>>;
  /** True when the selector has expressions, which `podSelector` does not hold. */
  readonly selectsByExpression: boolean;
  /** Absent `policyTypes` means Ingress, and Egress where egress rules exist. */
  readonly types: readonly string[];
  /** Every `ipBlock.cidr` of ingress and egress rules. */
  readonly ipBlocks: readonly string[];
}

export const networkPolicies: Resource<NetworkPolicyView> = resourceOf<V1NetworkPolicy, NetworkPolicyView>(
  {
    group: 'networking.k8s.io',
    version: 'v1',
    plural: 'networkpolicies',
    kind: 'NetworkPolicy',
    namespaced: true,
  },
  (raw) => ({
    namespace: namespaceOf(raw),
    name: nameOf(raw),
    podSelector: texts(raw.spec?.podSelector?.matchLabels),
    selectsByExpression: list(raw.spec?.podSelector?.matchExpressions).length > 0,
    types: strings(raw.spec?.policyTypes),
    ipBlocks: [
      ...list(raw.spec?.ingress).flatMap((rule) => list(rule?.from)),
      ...list(raw.spec?.egress).flatMap((rule) => list(rule?.to)),
    ].flatMap((peer) => text(peer?.ipBlock?.cidr) ?? []),
  }),
);
