import type { Ledger, StoredDocument } from '../../ops/audit/ledger.js';
import {
  type MessageRef,
  messageRefSchema,
  type Proposal,
  proposalSchema,
} from '../../proposals/proposal.js';
import { type Doubt, UnverifiedChange } from '../proof/doubt.js';

export interface StoredProposal {
  readonly proposal: Proposal;
  readonly revision: string;
}

/** `card` = where its card is said to stand, by a text that is not believed otherwise. */
export type OnUnverified = (id: string, doubt: Doubt, card: MessageRef | undefined) => Promise<void>;

/** A proposal as acknet wrote it. Throws `UnverifiedChange` for any other text. */
export async function loadProposal(
  { ledger, onUnverified }: { readonly ledger: Ledger; readonly onUnverified?: OnUnverified | undefined },
  { id, key }: { readonly id: string; readonly key: string },
): Promise<StoredProposal | undefined> {
  const found = await ledger.load(key);
  if (!found) return undefined;
  const doubt = doubtOf(found, id);
  if (doubt === undefined)
    return { proposal: proposalSchema.parse(JSON.parse(found.value)), revision: found.revision };
  await onUnverified?.(id, doubt, claimedCard(found));
  throw new UnverifiedChange(id, doubt);
}

function doubtOf({ seal, value }: StoredDocument, id: string): Doubt | undefined {
  if (seal === 'plain') return 'unsealed';
  if (seal === 'broken') return 'altered';
  // Without a key a text may still stand where it does not belong.
  return claims(value)?.id === id ? undefined : 'altered';
}

function claimedCard({ value }: StoredDocument): MessageRef | undefined {
  const parsed = messageRefSchema.safeParse(claims(value)?.card);
  return parsed.success ? parsed.data : undefined;
}

function claims(text: string): { readonly id?: unknown | undefined; readonly card?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
