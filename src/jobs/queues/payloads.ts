import { z } from 'zod';
import { runScopeSchema } from '../../engine/checking/run-scope.js';
import { messageRefSchema, personSchema } from '../../proposals/proposal.js';

/** What somebody typed for a name is kept only where it can be one: else it may be a secret, pasted. */
const nameSchema = z
  .string()
  .max(253)
  .regex(/^[a-z0-9][-a-z0-9.]*$/i, 'is no name of a namespace or node');
const namedScopeSchema = runScopeSchema.extend({
  namespaces: z.array(nameSchema).readonly(),
  node: nameSchema.optional(),
});

export const checkJobSchema = z.object({
  runId: z.string(),
  cluster: z.string(),
  /** Empty = the whole catalogue. */
  checks: z.array(z.string()),
  scope: namedScopeSchema,
  /** The fleet whose question this is one cluster's part of. */
  fleet: z.string().optional(),
  /** The schedule that asks for it; whoever made that waits for no result. */
  schedule: z.string().optional(),
  /** FAQ entries that the run is to tell apart. */
  entries: z.array(z.string()).optional(),
  /** Set on the check after a change: its result takes the place of the run's that reported the problem. */
  after: z.object({ proposal: z.string(), run: z.string() }).optional(),
  /** The incident that alerts made, whose thread shows what was found. */
  incident: z.string().optional(),
  /** Absent = nobody: an alert did. */
  requestedBy: personSchema.optional(),
  /** Where the progress message goes. */
  channel: z.string(),
  threadTs: z.string().optional(),
});
export type CheckJob = z.infer<typeof checkJobSchema>;

/** The same checks on many clusters, each a check job of its own; told in one message. */
export const fleetJobSchema = z.object({
  fleetId: z.string(),
  /** Empty = the whole catalogue. */
  checks: z.array(z.string()),
  /** Absent = whole clusters. */
  scope: namedScopeSchema.optional(),
  clusters: z.array(z.object({ name: z.string(), runId: z.string() })).min(1),
  /** The schedule whose run it is: told as what changed since the last one, with no progress. */
  schedule: z.string().optional(),
  /** Clusters that are not asked, and why. */
  leftOut: z.array(z.object({ name: z.string(), why: z.string() })),
  requestedBy: personSchema,
  channel: z.string(),
  threadTs: z.string().optional(),
  startedAt: z.string(),
});
export type FleetJob = z.infer<typeof fleetJobSchema>;
export const fleetTaskSchema = z.object({ fleetId: z.string() });

/** apply = carry out an approved proposal; refresh = bring its card in line with its state. */
export const fixJobSchema = z.object({ proposalId: z.string() });
export type FixJob = z.infer<typeof fixJobSchema>;

/** A fix that worked, to be looked at so many hours after. */
export const careJobSchema = z.object({ proposalId: z.string(), hours: z.number() });
export type CareJob = z.infer<typeof careJobSchema>;

/** One Slack message that asks something; the job id is made of channel and ts, so twins are one job. */
export const questionJobSchema = z.object({
  channel: z.string(),
  ts: z.string(),
  threadTs: z.string().optional(),
  text: z.string(),
  asker: personSchema,
  surface: z.enum(['mention', 'dm', 'thread', 'overheard']),
});
export type QuestionJob = z.infer<typeof questionJobSchema>;

export const cardJobSchema = z.object({ proposalId: z.string(), card: messageRefSchema.optional() });
export type CardJob = z.infer<typeof cardJobSchema>;
