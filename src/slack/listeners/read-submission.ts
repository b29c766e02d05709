import { z } from 'zod';

/** A `view_submission` as far as acknet reads it. */
export const submissionSchema = z.object({
  user: z.object({ id: z.string(), team_id: z.string().optional() }),
  team: z.object({ id: z.string() }).nullish(),
  view: z.object({
    id: z.string(),
    private_metadata: z.string(),
    state: z.object({
      values: z.record(
        z.string(),
        z.record(
          z.string(),
          z.object({
            value: z.string().nullish(),
            selected_option: z.object({ value: z.string() }).nullish(),
          }),
        ),
      ),
    }),
  }),
});
export type Submission = z.infer<typeof submissionSchema>;

type Values = Submission['view']['state']['values'];

/** Where one types what the choices of a field do not hold. */
export const typedBlock = (field: string): string => `${field}.typed`;

/** What was typed or picked, by field; '' = left empty. What was typed beside choices is meant. */
export function givenValues(values: Values): Record<string, string> {
  const given = Object.entries(values).map(([block, { value }]): [string, string] => [
    block,
    value?.value ?? value?.selected_option?.value ?? '',
  ]);
  const fields = new Map(given);
  return Object.fromEntries(
    given
      .filter(([block]) => !isTyped(block))
      .map(([field, picked]) => [field, fields.get(typedBlock(field))?.trim() || picked]),
  );
}

/** Faults by field, each below the block that holds what is wrong. */
export const faultsByBlock = (
  faults: Readonly<Record<string, string>>,
  values: Values,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(faults).map(([field, fault]) => {
      const typed = typedBlock(field);
      return [values[typed]?.value?.value?.trim() ? typed : field, fault];
    }),
  );

const isTyped = (block: string): boolean => block.endsWith(typedBlock(''));
