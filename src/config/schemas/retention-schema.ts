import { z } from 'zod';

const keepDays = z.int().min(1).max(3650);
const keepMost = z.int().min(1).max(1_000_000);

export const retentionSchema = z.strictObject({
  runs: z
    .strictObject({
      days: keepDays.default(14).describe('Then a result and its buttons are gone.'),
      most: keepMost.default(10_000).describe('So many results, the newest ones.'),
    })
    .prefault({})
    .describe('Results of checks.'),
  cards: z
    .strictObject({
      days: keepDays.default(90).describe('After a fix ended: for `history` and undo.'),
      most: keepMost.default(5000).describe('So many that ended a cluster, the newest ones.'),
    })
    .prefault({})
    .describe('Fixes that ended. One that is open stays.'),
  questions: z
    .strictObject({
      days: keepDays.default(30).describe('What was asked and answered.'),
      most: keepMost.default(5000).describe('So many that were not placed or were rated.'),
    })
    .prefault({})
    .describe('Questions, and what people thought of the answers.'),
  audit: z
    .strictObject({
      days: keepDays.optional().describe('Older records are archived. Absent: age is no reason.'),
      records: keepMost.optional().describe('So many stay in Redis. Absent: number is no reason.'),
    })
    .prefault({})
    .describe('What `acknet audit archive` takes where it is not told. Nothing is archived by itself.'),
});
