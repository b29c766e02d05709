import { unlessAbsent } from '../../cluster/absent.js';
import type { ClusterReader, RbacRule, Resource } from '../../cluster/ports.js';
import {
  calicoGlobalPolicies,
  calicoPolicies,
  ciliumClusterwidePolicies,
  ciliumPolicies,
  type NamedObject,
} from '../../cluster/views/named-object.js';
import { networkPolicies } from '../../cluster/views/policies/network-policy.js';
import { isAcknetError } from '../../errors.js';

/** Every kind of policy that Terway can enforce. */
const policyKinds: readonly Resource<NamedObject>[] = [
  networkPolicies,
  ciliumPolicies,
  ciliumClusterwidePolicies,
  calicoPolicies,
  calicoGlobalPolicies,
];

export const policyReads: readonly RbacRule[] = policyKinds.map(({ group, plural }) => ({
  group,
  resource: plural,
  verbs: ['list'],
}));

/** Policies of one kind: `undefined` = the API group is not installed; `unread` = could not be listed, and any number may exist. */
export interface PolicyCount {
  readonly kind: string;
  readonly objects: readonly NamedObject[] | undefined;
  readonly unread?: string | undefined;
}

export const gatherPolicies = (reader: ClusterReader): Promise<readonly PolicyCount[]> =>
  Promise.all(policyKinds.map((resource) => count(reader, resource)));

async function count(reader: ClusterReader, resource: Resource<NamedObject>): Promise<PolicyCount> {
  const kind = `${resource.plural}.${resource.group}`;
  try {
    return { kind, objects: await unlessAbsent(reader.list(resource)) };
  } catch (error) {
    if (isAcknetError(error, 'cluster.forbidden')) return { kind, objects: undefined, unread: error.message };
    throw error;
  }
}
