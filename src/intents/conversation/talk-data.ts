import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { AcknetError } from '../../errors.js';

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
  asking: phrases,
  elsewhere: phrases,
});

/** `intents/talk.yaml`; the file says what each part is for. */
export type TalkData = z.infer<typeof talkSchema>;

/** Reads `talk.yaml` in the folder. */
export async function loadTalk(folder: string): Promise<TalkData> {
  const file = path.join(folder, 'talk.yaml');
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new AcknetError('intent.invalid', `${file}: cannot be read (${cause.code})`, { cause });
  });
  const document = parseDocument(text);
  const parsed = talkSchema.safeParse(document.errors.length > 0 ? undefined : document.toJS());
  if (parsed.success) return parsed.data;
  const faults =
    document.errors.length > 0
      ? document.errors.map(({ message }) => message.split('\n')[0])
      : parsed.error.issues.map((issue) => `${issue.path.join('.') || '(top level)'}: ${issue.message}`);
  throw new AcknetError('intent.invalid', `${file} has ${faults.length} fault(s):\n- ${faults.join('\n- ')}`);
}
