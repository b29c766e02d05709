import { z } from 'zod';

export const proposalStates = [
  'proposed',
  'approved',
  'applying',
  'verifying',
  'fixed',
  'still-found',
  'unproven',
  'failed',
  'aborted',
  'unknown',
  'rejected',
  'expired',
  'superseded',
  'stale',
] as const;
export type ProposalState = (typeof proposalStates)[number];

/** The only moves there are; each is one atomic step in Redis and one audit record. */
export const transitions: Readonly<Record<ProposalState, readonly ProposalState[]>> = {
  proposed: ['approved', 'rejected', 'expired', 'superseded', 'stale'],
  approved: ['applying', 'stale', 'failed', 'expired', 'aborted', 'unknown'],
  applying: ['verifying', 'failed', 'aborted', 'unknown', 'stale'],
  verifying: ['fixed', 'still-found', 'unproven', 'failed', 'unknown'],
  unproven: ['fixed', 'still-found', 'unknown'],
  fixed: [],
  'still-found': [],
  failed: [],
  aborted: [],
  unknown: [],
  rejected: [],
  expired: [],
  superseded: [],
  stale: [],
};

const jsonSchema: z.ZodType<import('../cluster/ports.js').Json> = z.json();
const objectRefSchema = z.object({ kind: z.string(), namespace: z.string().optional(), name: z.string() });

export const changeSchema = z.discriminatedUnion('verb', [
  z.object({
    verb: z.literal('set'),
    about: objectRefSchema.extend({ kind: z.enum(['ConfigMap', 'Node', 'Service']) }),
    path: z.array(z.string()),
    from: jsonSchema,
    to: jsonSchema,
  }),
  z.object({
    verb: z.literal('edit-document'),
    about: objectRefSchema.extend({ kind: z.literal('ConfigMap') }),
    key: z.string(),
    from: z.string(),
    to: z.string(),
  }),
  z.object({
    verb: z.literal('roll-pods'),
    about: objectRefSchema.extend({ kind: z.literal('DaemonSet') }),
    selector: z.string(),
    canary: z.array(z.string()).optional(),
  }),
  z.object({
    verb: z.literal('cordon'),
    about: objectRefSchema.extend({ kind: z.literal('Node') }),
    from: z.boolean(),
    to: z.boolean(),
  }),
  z.object({
    verb: z.literal('drain'),
    about: objectRefSchema.extend({ kind: z.literal('Node') }),
    accepted: z.array(z.string()),
    timeoutSeconds: z.number(),
  }),
]);

export const stepSchema = z.object({
  /** Position in the apply order; unique within the proposal. */
  id: z.string(),
  title: z.string(),
  state: z.enum(['pending', 'started', 'done', 'failed', 'unknown']),
  startedAt: z.string().optional(),
  endedAt: z.string().optional(),
  detail: z.string().optional(),
});
export type Step = z.infer<typeof stepSchema>;

export const personSchema = z.object({ user: z.string(), team: z.string() });
export type Person = z.infer<typeof personSchema>;

export const messageRefSchema = z.object({ channel: z.string(), ts: z.string() });
export type MessageRef = z.infer<typeof messageRefSchema>;

export const proposalSchema = z.object({
  /** Random, opaque, never reused: all a button carries. */
  id: z.string().regex(/^[A-Za-z0-9_-]{16,40}$/),
  cluster: z.string(),
  remediation: z.string(),
  params: z.record(z.string(), jsonSchema),
  /** Absent when started by command. */
  finding: z.object({ id: z.string(), message: z.string(), about: objectRefSchema }).optional(),
  /** The object the plan is for. */
  target: objectRefSchema.optional(),
  changes: z.array(changeSchema),
  /** Hash of `changes`; what was approved is what runs. */
  digest: z.string(),
  risk: z.enum(['low', 'medium', 'high']),
  warnings: z.array(z.string()),
  /** The server's dry run: passed, or what it refused. */
  dryRun: z.object({ ok: z.boolean(), detail: z.string().optional() }),
  undoes: z.string().optional(),
  undoneBy: z.string().optional(),
  state: z.enum(proposalStates),
  /** Said with the state: error, evidence of the outcome, who or what ended it. */
  detail: z.string().optional(),
  requestedBy: personSchema.optional(),
  approvedBy: personSchema.optional(),
  approvedAt: z.string().optional(),
  createdAt: z.string(),
  expiresAt: z.string(),
  endedAt: z.string().optional(),
  steps: z.array(stepSchema),
  /** Where the card stands, once posted. */
  card: messageRefSchema.optional(),
  /** Thread the card belongs in. */
  thread: z.object({ channel: z.string(), threadTs: z.string() }).optional(),
  run: z.string().optional(),
});
export type Proposal = z.infer<typeof proposalSchema>;

/** Who may approve on a cluster; both empty = nobody. Slack user ids and user group ids. */
export interface ApproverPolicy {
  readonly users: readonly string[];
  readonly groups: readonly string[];
}
