import { list, number, text } from '../fields.js';
import type { Resource } from '../ports.js';

export interface ControllerRevisionView {
  readonly revision: number;
  /** The `controller-revision-hash` that pods of this revision carry. */
  readonly hash: string;
  readonly owner?: { readonly kind: string; readonly name: string } | undefined;
}

export const controllerRevisions: Resource<ControllerRevisionView> = {
  group: 'apps',
  version: 'v1',
  plural: 'controllerrevisions',
  kind: 'ControllerRevision',
  namespaced: true,
  project: (raw) => {
    const owner = list(raw, 'metadata', 'ownerReferences')[0];
    return {
      revision: number(raw, 'revision') ?? 0,
      hash: text(raw, 'metadata', 'labels', 'controller-revision-hash') ?? '',
      owner:
        owner === undefined
          ? undefined
          : { kind: text(owner, 'kind') ?? '', name: text(owner, 'name') ?? '' },
    };
  },
};
