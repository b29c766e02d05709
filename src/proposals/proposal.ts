import { z } from 'zod';
import type { Json } from '../cluster/ports.js';
import { basisSchema } from './basis.js';
import { objectRefSchema } from './object-ref.js';
import { stepSchema } from './step.js';

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

const jsonSchema: z.ZodType<Json> = z.json();

/**
 * A change as it is kept: enough to prove that what was approved is what runs, and to undo it, but never a whole
 * document, which may hold secrets. Documents are kept as digests and the one spliced range.
 */
const storedChangeSchema = z.discriminatedUnion('verb', [
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
    /** SHA-256 of the whole value before and after, hex. */
    fromDigest: z.string(),
    toDigest: z.string(),
    /** `removed` stands at character `at` of the value before, `inserted` at the same place after. */
    splice: z.object({ at: z.int(), removed: z.string(), inserted: z.string() }),
  }),
  z.object({
    verb: z.literal('roll-pods'),
    about: objectRefSchema.extend({ kind: z.literal('DaemonSet') }),
    selector: z.string(),
    canary: z.array(z.string()).optional(),
    /** Only the pods on these nodes; absent = all. */
    nodes: z.array(z.string()).optional(),
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
export type StoredChange = z.infer<typeof storedChangeSchema>;

export const personSchema = z.object({ user: z.string(), team: z.string() });
export type Person = z.infer<typeof personSchema>;

const voteSchema = personSchema.extend({
  decision: z.enum(['approve', 'deny']),
  at: z.string(),
  reason: z.string().optional(),
});
export type Vote = z.infer<typeof voteSchema>;

export const messageRefSchema = z.object({ channel: z.string(), ts: z.string() });
export type MessageRef = z.infer<typeof messageRefSchema>;

/** What a roll-out will restart, as counted when the card was made. */
const rolloutSchema = z.object({
  daemonSet: z.string(),
  pods: z.number(),
  strategy: z.string(),
  /** Nodes whose pod comes back with another revision than it has, and what that changes. */
  alsoChanges: z.array(z.object({ node: z.string(), from: z.string(), to: z.string() })),
});
export type Rollout = z.infer<typeof rolloutSchema>;

/** A look at a fix some time after it worked. */
const careSchema = z.object({
  /** After so many hours. */
  hours: z.number(),
  at: z.string(),
  /** untold = nothing could say so: never taken for held. */
  outcome: z.enum(['held', 'back', 'untold']),
  detail: z.string(),
});

export const proposalSchema = z.object({
  /** Random, opaque, never reused: all a button carries. */
  id: z.string().regex(/^[A-Za-z0-9_-]{16,40}$/),
  cluster: z.string(),
  /** Uid of the cluster's namespace kube-system: a name can come to mean another cluster. Absent = not readable. */
  clusterUid: z.string().optional(),
  remediation: z.string(),
  title: z.string(),
  /** FAQ entry it comes from. */
  intent: z.string(),
  params: z.record(z.string(), jsonSchema),
  /** Absent when started by command. */
  finding: z
    .object({ id: z.string(), check: z.string(), message: z.string(), about: objectRefSchema })
    .optional(),
  /** The object the plan is for. */
  target: objectRefSchema.optional(),
  changes: z.array(storedChangeSchema),
  /** Hash of `changes`, `basis` and what restarts; what was approved is what runs. */
  digest: z.string(),
  /** The state of the cluster that it was approved for. */
  basis: basisSchema,
  /** One unified diff per changed object, already redacted. */
  diffs: z.array(z.object({ title: z.string(), diff: z.string() })),
  rollouts: z.array(rolloutSchema),
  risk: z.enum(['low', 'medium', 'high']),
  undo: z.enum(['restore', 'partial', 'none']),
  after: z.enum(['clear', 'settles', 'unchanged']),
  notRecommended: z.string().optional(),
  warnings: z.array(z.string()),
  /** The server's dry run: passed, or what it refused. A refused one cannot be approved. */
  dryRun: z.object({ ok: z.boolean(), detail: z.string().optional() }),
  /** Set on an undo: the proposal it puts back. */
  undoes: z.string().optional(),
  /** Set on what was undone: the undo's id, so that there is only one. */
  undoneBy: z.string().optional(),
  /** Set on what was undone: whether the undo has begun to write, or has put everything back. */
  undone: z.enum(['begun', 'done']).optional(),
  state: z.enum(proposalStates),
  /** Said with the state: error, evidence of the outcome, who or what ended it. */
  detail: z.string().optional(),
  requestedBy: personSchema.optional(),
  /** Who pressed Undo. `requestedBy` stays who asked for the fix. Neither of them approves the undo. */
  undoAskedBy: personSchema.optional(),
  votes: z.array(voteSchema),
  /** Votes needed, as the policy said when the card was made. */
  quorum: z.int().positive(),
  requireReason: z.boolean(),
  approvedAt: z.string().optional(),
  abortRequestedBy: personSchema.optional(),
  createdAt: z.string(),
  expiresAt: z.string(),
  endedAt: z.string().optional(),
  /** End of the roll-out: only evidence newer than this proves anything. */
  appliedAt: z.string().optional(),
  /** When an `unproven` outcome is looked at again. */
  recheckAt: z.string().optional(),
  /** What later looks at a fix that worked came to, in order. */
  care: z.array(careSchema).optional(),
  steps: z.array(stepSchema),
  /** Token of the lock under which it was last recorded. */
  fence: z.int().optional(),
  /** Where the card stands, once posted. */
  card: messageRefSchema.optional(),
  /** Where it stood before a newer check took it along, until that message says so. */
  cardBefore: messageRefSchema.optional(),
  /** Thread the card belongs in. */
  thread: z.object({ channel: z.string(), threadTs: z.string() }).optional(),
  /** The check run it came from. */
  run: z.string().optional(),
});
export type Proposal = z.infer<typeof proposalSchema>;

export type Care = z.infer<typeof careSchema>;

/** States in which nothing more happens by itself. */
export const isEnded = ({ state }: Pick<Proposal, 'state'>): boolean => transitions[state].length === 0;
