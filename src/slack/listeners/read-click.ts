import { z } from 'zod';
import type { MessageRef, Person } from '../../proposals/proposal.js';

const clickSchema = z.object({
  user: z.object({ id: z.string(), team_id: z.string().optional() }),
  team: z.object({ id: z.string() }).nullish(),
  channel: z.object({ id: z.string() }).optional(),
  container: z
    .object({
      message_ts: z.string().optional(),
      thread_ts: z.string().optional(),
      is_ephemeral: z.boolean().optional(),
    })
    .optional(),
  message: z.object({ thread_ts: z.string().optional() }).optional(),
  trigger_id: z.string().optional(),
  actions: z
    .array(
      z.object({
        action_id: z.string(),
        block_id: z.string().optional(),
        value: z.string().optional(),
        selected_option: z.object({ value: z.string() }).nullish(),
      }),
    )
    .min(1),
});

/** One click on something acknet sent. */
export interface Click {
  readonly who: Person;
  readonly actionId: string;
  readonly blockId: string;
  readonly value: string | undefined;
  /** The message clicked in; absent in modals. */
  readonly at: MessageRef | undefined;
  readonly threadTs: string | undefined;
  readonly triggerId: string;
}

export function readClick(body: unknown): Click | undefined {
  const parsed = clickSchema.safeParse(body);
  const action = parsed.data?.actions[0];
  if (!parsed.success || action === undefined) return undefined;
  const { user, team, channel, container, message, trigger_id } = parsed.data;
  return {
    who: { user: user.id, team: user.team_id ?? team?.id ?? '' },
    actionId: action.action_id,
    blockId: action.block_id ?? '',
    value: action.value ?? action.selected_option?.value,
    at:
      channel && container?.message_ts !== undefined
        ? { channel: channel.id, ts: container.message_ts }
        : undefined,
    threadTs: container?.thread_ts ?? message?.thread_ts,
    triggerId: trigger_id ?? '',
  };
}
