import type { V1ControllerRevision } from '@kubernetes/client-node';
import { number, text } from '../fields.js';
import type { Resource } from '../ports.js';
import { type OwnerView, ownerOf } from './metadata.js';
import { resourceOf } from './resource-of.js';

interface ControllerRevisionView {
  readonly revision: number;
  /** The `controller-revision-hash` that pods of this revision carry. */
  readonly hash: string;
  readonly owner?: OwnerView | undefined;
}

export const controllerRevisions: Resource<ControllerRevisionView> = resourceOf<
  V1ControllerRevision,
  ControllerRevisionView
>(
  {
    group: 'apps',
    version: 'v1',
    plural: 'controllerrevisions',
    kind: 'ControllerRevision',
    namespaced: true,
  },
  (raw) => ({
    revision: number(raw.revision) ?? 0,
    hash: text(raw.metadata?.labels?.['controller-revision-hash']) ?? '',
    owner: ownerOf(raw.metadata),
  }),
);
