import type { ApprovalsOptions } from '../approvals.js';
import type { ChangeProof } from './create-change-proof.js';
import { UnverifiedChange } from './doubt.js';

/** The proof of a change; what it refuses is audited and shown on the card. */
export function reportingProof(
  { store, distrust }: Pick<ApprovalsOptions, 'store' | 'distrust'>,
  id: string,
): ChangeProof {
  const proof = store.proof(id);
  return async () => {
    try {
      return await proof();
    } catch (error) {
      if (!(error instanceof UnverifiedChange)) throw error;
      const card = await store.get(id).then(
        (proposal) => proposal?.card,
        () => undefined,
      );
      await distrust.report(id, { doubt: error.doubt, card });
      throw error;
    }
  };
}
