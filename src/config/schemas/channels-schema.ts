import { z } from 'zod';
import { readScheduleTime } from '../schedule-time.js';

export const channelSchema = z.strictObject({
  cluster: z.string().optional().describe('The cluster meant where none is named.'),
  answerUnmentioned: z
    .boolean()
    .default(false)
    .describe('Whether acknet may answer questions that do not mention it.'),
});

export const scheduleSchema = z.strictObject({
  cluster: z.string().describe('A name under `clusters`, or `all`.'),
  when: z
    .string()
    .refine((text) => readScheduleTime(text).ok, 'a time such as every 6h or daily 09:00 Asia/Shanghai')
    .describe('`every 6h`, `daily 09:00 Asia/Shanghai`, `weekdays 09:00`, `mondays 08:30 Europe/Berlin`.'),
  channel: z
    .string()
    .regex(/^[CGD][A-Z0-9]+$/, 'a Slack channel id such as C024BE91L')
    .describe('Where the outcome is posted, by its Slack channel id.'),
  always: z
    .boolean()
    .default(false)
    .describe('Whether it posts each time. Else only what changed since its last run.'),
});
