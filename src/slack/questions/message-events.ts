import { z } from 'zod';

const saidEvent = z.looseObject({ type: z.enum(['app_mention', 'message']) });

/** What Slack sends of anything said. */
export const saidSchema = z.object({ team_id: z.string().optional(), event: saidEvent });

/** What a message event must have to be a person's words. Subtypes are edits, joins and other apps' posts. */
const personMessage = z.object({
  user: z.string(),
  text: z.string().default(''),
  ts: z.string(),
  thread_ts: z.string().optional(),
  channel: z.string(),
  channel_type: z.string().optional(),
  team: z.string().optional(),
  subtype: z.enum(['file_share', 'thread_broadcast']).optional(),
  bot_id: z.never().optional(),
  hidden: z.literal(false).optional(),
});
export type PersonMessage = z.infer<typeof personMessage>;

/** undefined = not said by a person: bots, our own posts, edits, deletions, joins. */
export function readPersonMessage(event: unknown): PersonMessage | undefined {
  const parsed = personMessage.safeParse(event);
  return parsed.success && parsed.data.user !== 'USLACKBOT' ? parsed.data : undefined;
}

/** Something said, as in acknet's own messages, that no person said: nothing comes of it. */
export const isForNobody = (event: unknown): boolean =>
  saidEvent.safeParse(event).success && readPersonMessage(event) === undefined;

export const askerOf = (message: PersonMessage, team: string | undefined) => ({
  user: message.user,
  team: message.team ?? team ?? '',
});
