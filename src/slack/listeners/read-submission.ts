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

/** What was typed or picked, by field; '' = left empty. */
export const givenValues = (values: Submission['view']['state']['values']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).map(([name, { value }]) => [
      name,
      value?.value ?? value?.selected_option?.value ?? '',
    ]),
  );
