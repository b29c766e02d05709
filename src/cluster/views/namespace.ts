import type { V1Namespace } from '@kubernetes/client-node';
import { nameOf } from './metadata.js';
import { resourceOf } from './resource-of.js';

/** Names alone. */
export const namespaces = resourceOf<V1Namespace, string>(
  { group: '', version: 'v1', plural: 'namespaces', kind: 'Namespace', namespaced: false },
  nameOf,
);
