import { z } from 'zod';

/** One line of an evaluation file; no intents = out of scope. */
const questionSchema = z.object({
  text: z.string(),
  intents: z.array(z.string().min(1)),
  kind: z.string().min(1).optional(),
});

export type Question = z.infer<typeof questionSchema>;

export interface ReadQuestions {
  readonly questions: readonly Question[];
  /** `line 3: …`, for every line that could not be used. */
  readonly faults: readonly string[];
}

/** Reads JSON Lines; `known` are the ids of the entries. Empty lines are skipped. */
export function readQuestions(text: string, known: ReadonlySet<string>): ReadQuestions {
  const questions: Question[] = [];
  const faults: string[] = [];
  text.split(/\r?\n/).forEach((line, at) => {
    if (line.trim() === '') return;
    const read = readLine(line, known);
    if (typeof read === 'string') faults.push(`line ${at + 1}: ${read}`);
    else questions.push(read);
  });
  return { questions, faults };
}

function readLine(line: string, known: ReadonlySet<string>): Question | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return `no JSON (${(error as SyntaxError).message})`;
  }
  const parsed = questionSchema.safeParse(value);
  if (!parsed.success) {
    return parsed.error.issues
      .map((issue) => `${issue.path.join('.') || 'the line'}: ${issue.message}`)
      .join('; ');
  }
  const unknown = parsed.data.intents.filter((id) => !known.has(id));
  return unknown.length === 0 ? parsed.data : `no such entry: ${unknown.join(', ')}`;
}
