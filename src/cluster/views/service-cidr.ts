import type { V1ServiceCIDR } from '@kubernetes/client-node';
import { list, strings, text } from '../fields.js';
import type { Resource } from '../ports.js';
import { nameOf } from './metadata.js';
import { resourceOf } from './resource-of.js';

/** The Kubernetes release that brought them into `networking.k8s.io/v1`. */
export const serviceCidrsSince = '1.33';

/** A range that Services get their addresses of. */
export interface ServiceCidrView {
  readonly name: string;
  /** One, or one of each family. */
  readonly cidrs: readonly string[];
  /** Why no new address of it is given out: it is being deleted, or its condition says so; absent = it is in use. */
  readonly notReady?: string | undefined;
}

export const serviceCidrs: Resource<ServiceCidrView> = resourceOf<V1ServiceCIDR, ServiceCidrView>(
  {
    group: 'networking.k8s.io',
    version: 'v1',
    plural: 'servicecidrs',
    kind: 'ServiceCIDR',
    namespaced: false,
    since: serviceCidrsSince,
  },
  (raw) => {
    const ready = list(raw.status?.conditions).find((entry) => text(entry?.type) === 'Ready');
    const deleted = text(raw.metadata?.deletionTimestamp) !== undefined;
    // Without the condition the allocator takes it for ready. Source: Kubernetes, ipallocator/cidrallocator.go, isReady.
    const refused = ready !== undefined && text(ready?.status) !== 'True';
    const said = [text(ready?.reason), text(ready?.message)].filter(Boolean).join(': ');
    return {
      name: nameOf(raw),
      cidrs: strings(raw.spec?.cidrs),
      notReady: deleted || refused ? said || (deleted ? 'it is being deleted' : 'no reason told') : undefined,
    };
  },
);
