import path from 'node:path';
import { z } from 'zod';
import { readData } from '../read-data.js';

/** What a message can be that is no question: the order decides where it could be several. */
export const talkKinds = [
  'undo',
  'approvers',
  'approve',
  'reject',
  'check',
  'status',
  'never-mind',
  'help',
  'thanks',
  'greeting',
  'nod',
] as const;

export type TalkKind = (typeof talkKinds)[number];

const phrases = z.array(z.coerce.string().trim().min(1)).min(1);

const talkSchema = z.strictObject({
  fillers: phrases,
  talk: z.strictObject(
    Object.fromEntries(talkKinds.map((kind) => [kind, phrases])) as Record<TalkKind, typeof phrases>,
  ),
  'still-broken': phrases,
  'still-broken-alone': phrases,
  well: phrases,
  asking: phrases,
  'asking-first': phrases,
  'of-an-entry': phrases,
  elsewhere: phrases,
  'refers-back': phrases,
});

/** `intents/talk.yaml`; the file says what each part is for. */
export type TalkData = z.infer<typeof talkSchema>;

/** Reads `talk.yaml` in the folder. */
export function loadTalk(folder: string): Promise<TalkData> {
  return readData(path.join(folder, 'talk.yaml'), talkSchema);
}
