import { z } from 'zod';
import { conversationSchema, type LabelledConversation, passagesOf } from './labelled-conversation.js';

const ids = z.array(z.string().min(1));

/** A line of an evaluation file that is a single message; no intents = out of scope. */
const questionSchema = z.object({
  text: z.string(),
  intents: ids,
  /** Entries that may be offered to choose from, never answered with: the text alone does not decide. */
  atMost: ids.optional(),
  kind: z.string().min(1).optional(),
});

export type Question = z.infer<typeof questionSchema>;

export interface KnownNames {
  /** Ids of the entries. */
  readonly intents: ReadonlySet<string>;
  /** Names of the passages. */
  readonly passages: ReadonlySet<string>;
}

export interface ReadQuestions {
  readonly questions: readonly Question[];
  readonly conversations: readonly LabelledConversation[];
  /** `line 3: …`, for every line that could not be used. */
  readonly faults: readonly string[];
}

/** Reads JSON Lines, each a question or, with `turns`, a conversation. Empty lines are skipped. */
export function readQuestions(text: string, known: KnownNames): ReadQuestions {
  const questions: Question[] = [];
  const conversations: LabelledConversation[] = [];
  const faults: string[] = [];
  text.split(/\r?\n/).forEach((line, at) => {
    if (line.trim() === '') return;
    const read = readLine(line, known);
    if (typeof read === 'string') faults.push(`line ${at + 1}: ${read}`);
    else if ('turns' in read) conversations.push(read);
    else questions.push(read);
  });
  return { questions, conversations, faults };
}

function readLine(line: string, known: KnownNames): Question | LabelledConversation | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return `no JSON (${(error as SyntaxError).message})`;
  }
  const isConversation = typeof value === 'object' && value !== null && 'turns' in value;
  const parsed = (isConversation ? conversationSchema : questionSchema).safeParse(value);
  if (!parsed.success) {
    return parsed.error.issues
      .map((issue) => `${issue.path.join('.') || 'the line'}: ${issue.message}`)
      .join('; ');
  }
  return unknownNames(parsed.data, known) ?? parsed.data;
}

function unknownNames(line: Question | LabelledConversation, known: KnownNames): string | undefined {
  const turns = 'turns' in line ? line.turns : [];
  const named =
    'turns' in line ? turns.flatMap(({ intents }) => intents) : [line.intents, line.atMost ?? []].flat();
  const faults = [
    ...missing('entry', named, known.intents),
    ...missing('passage', turns.flatMap(passagesOf), known.passages),
  ];
  return faults.length === 0 ? undefined : faults.join('; ');
}

function missing(what: string, names: readonly string[], known: ReadonlySet<string>): readonly string[] {
  const unknown = [...new Set(names)].filter((name) => !known.has(name));
  return unknown.length === 0 ? [] : [`no such ${what}: ${unknown.join(', ')}`];
}
