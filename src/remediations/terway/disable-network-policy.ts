import { z } from 'zod';
import { listed } from '../../checks/listed.js';
import { unlessAbsent } from '../../cluster/absent.js';
import type { ClusterReader, RbacRule } from '../../cluster/ports.js';
import {
  calicoGlobalPolicies,
  calicoPolicies,
  ciliumClusterwidePolicies,
  ciliumPolicies,
  type NamedObject,
} from '../../cluster/views/named-object.js';
import { networkPolicies } from '../../cluster/views/policies/network-policy.js';
import { isAcknetError } from '../../errors.js';
import { defineRemediation } from '../define-remediation.js';
import { refuse } from '../refuse.js';
import {
  eniConfigMap,
  gatherTerwayTarget,
  TERWAY_IMPACT,
  terwayPlanReads,
  terwayWrites,
} from './terway-target.js';

const KEY = 'disable_network_policy';
const kinds = [
  networkPolicies,
  ciliumPolicies,
  ciliumClusterwidePolicies,
  calicoPolicies,
  calicoGlobalPolicies,
];
const policyReads: readonly RbacRule[] = kinds.map(({ group, plural }) => ({
  group,
  resource: plural,
  verbs: ['list'],
}));

/** Source: FAQ "How do I resolve the latency issue after a pod starts?"; the key is a top-level one, cluster-signals 0.1. */
export const disableNetworkPolicy = defineRemediation({
  id: 'disable-network-policy',
  title: 'Switch network policies off and restart Terway',
  does: 'switch network policies off in Terway’s config',
  impact: `No network policy is enforced any more. ${TERWAY_IMPACT}`,
  intent: 'pod-startup-network-delay',
  fixes: ['network-policy-latency.unused'],
  risk: 'high',
  undo: 'restore',
  after: 'settles',
  reads: [...terwayPlanReads, ...policyReads],
  writes: terwayWrites,
  params: z.strictObject({}),

  async plan(reader) {
    const target = await gatherTerwayTarget(reader);
    if (target.config.networkPolicyOff) return { changes: [], warnings: [] };
    await refuseWherePoliciesExist(reader);
    const from = target.configMap.data[KEY] ?? null;
    return {
      changes: [{ verb: 'set', about: eniConfigMap, path: ['data', KEY], from, to: 'true' }, target.roll],
      warnings: [
        'From then on no network policy is enforced in this cluster, also none that is created later.',
        ...target.restart.warnings,
      ],
    };
  },
  mustHold: refuseWherePoliciesExist,
});

async function refuseWherePoliciesExist(reader: ClusterReader): Promise<void> {
  const found = await Promise.all(
    kinds.map(async (resource) => ({ resource, objects: await listPolicies(reader, resource) })),
  );
  const used = found.filter(({ objects }) => objects.length > 0);
  if (used.length === 0) return;
  const shown = used.map(({ resource: { kind, group }, objects }) => {
    const names = objects.map(({ namespace, name }) => (namespace ? `${namespace}/${name}` : name));
    return `${objects.length} ${kind}.${group} (${listed(names)})`;
  });
  throw refuse(
    `Network policies are in use, and none would be enforced any more: ${shown.join('; ')}.`,
    'Remove the policies first if they are not wanted, or keep the delay.',
  );
}

/** An API group that is not installed holds no policies; one that may not be read could hold any. */
async function listPolicies(
  reader: ClusterReader,
  resource: (typeof kinds)[number],
): Promise<readonly NamedObject[]> {
  try {
    return (await unlessAbsent<readonly NamedObject[]>(reader.list<NamedObject>(resource))) ?? [];
  } catch (error) {
    if (!isAcknetError(error)) throw error;
    throw refuse(
      `Whether ${resource.plural}.${resource.group} exist could not be read: ${error.message}`,
      error.hint,
    );
  }
}
