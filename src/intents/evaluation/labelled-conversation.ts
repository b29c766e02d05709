import { z } from 'zod';

export const turnKinds = ['first', 'follow-up', 'switch', 'still-broken', 'two-questions', 'talk'] as const;

export type TurnKind = (typeof turnKinds)[number];

const ids = z.array(z.string().min(1));

const turnSchema = z.object({
  text: z.string(),
  /** Each of these is right; of `two-questions` the reply must name all. None: small talk, or a command. */
  intents: ids,
  /** The passage asked for; of several each is right. */
  passage: z.union([z.string().min(1), ids.min(1)]).optional(),
  /** `false`: the entry does not say it. */
  said: z.boolean().optional(),
  kind: z.enum(turnKinds).optional(),
});

type TurnLine = z.infer<typeof turnSchema>;

export interface LabelledTurn extends TurnLine {
  readonly kind: TurnKind;
}

export interface LabelledConversation {
  readonly turns: readonly LabelledTurn[];
}

/** A line of an evaluation file that is a conversation. A turn without a kind gets it from its place and its entries. */
export const conversationSchema = z
  .object({ turns: z.array(turnSchema).min(1) })
  .transform(({ turns }) => ({ turns: turns.map((turn, at) => ({ ...turn, kind: kindOf(turns, at) })) }));

function kindOf(turns: readonly TurnLine[], at: number): TurnKind {
  const { kind, intents = [] } = turns[at] ?? {};
  if (kind !== undefined) return kind;
  if (intents.length === 0) return 'talk';
  const before = turns.slice(0, at).findLast((turn) => turn.intents.length > 0);
  if (before === undefined) return 'first';
  return intents.some((id) => before.intents.includes(id)) ? 'follow-up' : 'switch';
}

/** The passages that would be right. */
export function passagesOf({ passage }: Pick<LabelledTurn, 'passage'>): readonly string[] {
  if (passage === undefined) return [];
  return typeof passage === 'string' ? [passage] : passage;
}
