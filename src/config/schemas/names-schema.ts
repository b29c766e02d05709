import { z } from 'zod';

const userId = z.string().regex(/^[UW][A-Z0-9]+$/, 'a Slack user id such as U024BE7LH');
const groupId = z.string().regex(/^S[A-Z0-9]+$/, 'a Slack user group id such as S0614TZR7');

export const people = z.strictObject({
  users: z.array(userId).default([]).describe('Slack user ids.'),
  groups: z.array(groupId).default([]).describe('Slack user group ids.'),
});

export const onePerson = z.array(userId).min(1);

export const channelId = z.string().regex(/^[CG][A-Z0-9]+$/, 'a Slack channel id such as C024BE91L');

export const checkId = z
  .string()
  .regex(/^[a-z0-9-]{1,100}$/, 'the id of a check, as docs/checks.md lists them');
