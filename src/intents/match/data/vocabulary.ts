import { z } from 'zod';

const aliases = z.array(z.coerce.string().trim().min(1));
const concepts = z.record(z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/), aliases);

/** `intents/vocabulary.yaml`; the file says what each part is for. */
export const vocabularySchema = z
  .strictObject({
    subjects: concepts,
    qualifiers: concepts,
    symptoms: concepts,
    acts: concepts,
    named: z.strictObject({ ours: concepts, others: concepts }),
    generic: z.record(z.string(), aliases),
    observable: z.record(z.string(), z.array(z.string())),
    areas: z.record(z.string(), z.array(z.string()).min(1)),
    foreign: z.record(z.string(), aliases),
    chinese: z.record(z.string().regex(/^[\p{L}\p{N}]+$/u), z.string()),
  })
  .superRefine((vocabulary, context) => {
    const known = new Set(conceptsOf(vocabulary).map(([name]) => name));
    const refuse = (path: (string | number)[], names: readonly string[]): void => {
      for (const name of names.filter((one) => !known.has(one))) {
        context.addIssue({ code: 'custom', path, message: `"${name}" is no concept` });
      }
    };
    refuse(
      ['generic'],
      Object.keys(vocabulary.generic)
        .flatMap((names) => names.split(' '))
        .filter((name) => name !== 'nothing'),
    );
    refuse(['observable'], Object.keys(vocabulary.observable));
    refuse(['areas'], Object.values(vocabulary.areas).flat());
  });

export type Vocabulary = z.infer<typeof vocabularySchema>;

/** Every concept with all that it is called. */
export function conceptsOf(
  vocabulary: Pick<Vocabulary, 'subjects' | 'qualifiers' | 'symptoms' | 'acts'>,
): readonly (readonly [name: string, aliases: readonly string[]])[] {
  const { subjects, qualifiers, symptoms, acts } = vocabulary;
  return [subjects, qualifiers, symptoms, acts].flatMap((group) =>
    Object.entries(group).map(([name, texts]) => [name, [name.replaceAll('-', ' '), ...texts]] as const),
  );
}
