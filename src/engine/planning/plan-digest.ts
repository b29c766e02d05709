import { labelOf } from '../../cluster/object-label.js';
import { AcknetError } from '../../errors.js';
import { holdsSecret } from '../../masking/mask.js';
import type { Basis } from '../../proposals/basis.js';
import type { Rollout, StoredChange } from '../../proposals/proposal.js';
import type { Change, Risk } from '../../remediations/define-remediation.js';
import { canonical, sha256 } from './digest.js';
import { type Splice, spliceOf } from './facts/document-splice.js';
import type { Drained } from './facts/gather-drains.js';

/** Changes in the form in which they are kept: documents become digests and one splice. */
export const storeChanges = (changes: readonly Change[]): StoredChange[] => changes.map(storeChange);

function storeChange(change: Change): StoredChange {
  switch (change.verb) {
    case 'edit-document': {
      const { verb, about, key, from, to } = change;
      return {
        verb,
        about,
        key,
        fromDigest: sha256(from),
        toDigest: sha256(to),
        splice: keepableSplice(change),
      };
    }
    case 'set':
      return { ...change, path: [...change.path] };
    case 'roll-pods': {
      const { canary, nodes, ...rest } = change;
      return { ...rest, canary: canary && [...canary], nodes: nodes && [...nodes] };
    }
    case 'drain':
      return { ...change, accepted: [...change.accepted] };
    case 'cordon':
      return change;
  }
}

/** A splice is kept as it is, for the way back: two edits with a secret between them would put that into Redis. */
function keepableSplice({ about, key, from, to }: Extract<Change, { verb: 'edit-document' }>): Splice {
  const splice = spliceOf(from, to);
  const { at, removed, inserted } = splice;
  const touched = holdsSecret(from, { start: at, end: at + removed.length });
  if (!touched && !holdsSecret(to, { start: at, end: at + inserted.length })) return splice;
  throw new AcknetError(
    'plan.refused',
    `A secret stands within what would change in data["${key}"] of ${labelOf(about)}, and acknet keeps what it changes.`,
    { hint: 'Move the secret out of the ConfigMap, or make this change by hand.' },
  );
}

/** What an approval is for. Whatever of it moves before the write makes the proposal stale. */
interface PlanBasis {
  /** Which cluster it is, whatever its name; undefined = not readable. */
  readonly clusterUid: string | undefined;
  readonly changes: readonly StoredChange[];
  /** Other keys of a ConfigMap count too, and the templates that pods are made from. */
  readonly basis: Basis;
  /** Which machine a drain empties, and of which pods. */
  readonly drained: readonly Drained[];
  readonly alsoChanges: readonly Pick<Rollout, 'daemonSet' | 'alsoChanges'>[];
  readonly risk: Risk;
}

export function planDigest({ clusterUid, changes, basis, drained, alsoChanges, risk }: PlanBasis): string {
  const rollouts = alsoChanges.map(({ daemonSet, alsoChanges: nodes }) => ({ daemonSet, nodes }));
  const drains = drained.map(({ label, uid, pods }) => {
    const uids = pods.map((pod) => pod.uid).sort();
    return [`drain of ${label}`, sha256(canonical({ uid, pods: uids }))];
  });
  return sha256(canonical({ clusterUid, changes, basis, drained: drains, rollouts, risk }));
}
