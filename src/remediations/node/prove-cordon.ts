import type { ClusterReader, ObjectRef } from '../../cluster/ports.js';
import type { Proof } from '../define-remediation.js';
import { gatherNodeTarget } from './node-target.js';

interface Cordoned {
  readonly target: ObjectRef | undefined;
  readonly params: { readonly node?: string | undefined };
  /** Whether new pods are to be kept off. */
  readonly to: boolean;
}

export async function proveCordon(reader: ClusterReader, { target, params, to }: Cordoned): Promise<Proof> {
  const { name, unschedulable } = await gatherNodeTarget(reader, params.node, target);
  const detail = `${name} ${unschedulable ? 'takes no new pods' : 'takes new pods'}.`;
  return { state: unschedulable === to ? 'in-effect' : 'not-in-effect', detail };
}
