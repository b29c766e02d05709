import { AcknetError } from '../../errors.js';
import type { Actor, AuditEntry, Move, VotePolicy } from '../../proposals/ports.js';
import {
  type Care,
  isEnded,
  type Person,
  type Proposal,
  transitions,
  type Vote,
} from '../../proposals/proposal.js';
import { actedOn, type Step } from '../../proposals/step.js';
import { cutDown } from './cut-down.js';

/** What one atomic step makes of a proposal, and what the audit log says of it. */
export interface Changed {
  readonly next: Proposal;
  /** Absent = no step of the change itself. */
  readonly entry?: AuditEntry;
  /** The card shows just this. */
  readonly inLine?: boolean;
}

const decidedByVote = new Set<Proposal['state']>(['approved', 'rejected']);

export function moved(proposal: Proposal, move: Move, now: Date): Changed {
  if (!transitions[proposal.state].includes(move.to) || decidedByVote.has(move.to))
    throw stateError(proposal, `cannot become ${move.to}`);
  const state = { state: move.to } as const;
  const ended = isEnded(state) ? { endedAt: now.toISOString() } : {};
  const next = cutDown({ ...proposal, ...ended, ...move.set, ...state, ...fenced(proposal, move.fence) });
  const detail = move.why ?? move.set?.detail;
  return {
    next,
    entry: entryOf(next, {
      action: move.to,
      actor: move.by,
      at: now,
      from: proposal.state,
      to: move.to,
      detail,
    }),
  };
}

export function voted(proposal: Proposal, cast: Vote, policy: VotePolicy): Changed {
  const vote = { ...cast, at: notBefore(proposal, cast.at) };
  const at = new Date(vote.at);
  if (proposal.state !== 'proposed') throw stateError(proposal, 'takes no more votes');
  if (at.getTime() >= Date.parse(proposal.expiresAt)) throw stateError(proposal, 'has expired');
  if (vote.decision === 'approve' && !proposal.dryRun.ok)
    throw stateError(proposal, 'was refused by the API server and cannot be approved');
  const same = policy.samePerson ?? ((one, other) => one.user === other.user && one.team === other.team);
  const others = proposal.votes.filter((earlier) => !same(earlier, vote));
  if (vote.decision === 'approve' && others.length < proposal.votes.length)
    throw stateError(proposal, 'has your vote already');

  const votes = [...others, vote];
  const state = stateAfter(votes, policy.quorum);
  const next: Proposal = {
    ...proposal,
    votes,
    state,
    approvedAt: state === 'approved' ? vote.at : undefined,
    endedAt: state === 'rejected' ? vote.at : undefined,
    detail: state === 'rejected' ? vote.reason : proposal.detail,
  };
  const moves = state === 'proposed' ? {} : { from: proposal.state, to: state };
  const action = vote.decision === 'approve' ? 'vote.approve' : 'vote.deny';
  const actor = { user: vote.user, team: vote.team };
  return { next, entry: entryOf(next, { action, actor, at, detail: vote.reason, ...moves }) };
}

/** Clocks of two machines that are kept right differ by less. */
const CLOCK_TOLERANCE_MS = 60_000;

/** No vote is older than its card: a clock a little behind counts as the card's, one further behind is not to be trusted. */
function notBefore({ id, createdAt }: Proposal, at: string): string {
  const behindMs = Date.parse(createdAt) - Date.parse(at);
  if (behindMs <= 0) return at;
  if (behindMs <= CLOCK_TOLERANCE_MS) return createdAt;
  throw new AcknetError(
    'proposal.state',
    `The vote on change ${id} would be dated ${Math.ceil(behindMs / 60_000)} minutes before the card: the clock of the bot is behind.`,
    {
      hint: 'Nothing was recorded. Set the clock of the machine that acknet runs on, then press the button again.',
    },
  );
}

/** One denial ends it; the quorum-th approval approves. */
function stateAfter(votes: readonly Vote[], quorum: number): 'proposed' | 'approved' | 'rejected' {
  if (votes.some(({ decision }) => decision === 'deny')) return 'rejected';
  return votes.length >= quorum ? 'approved' : 'proposed';
}

/** A worker that lost its lock without noticing must not write over what its successor recorded. */
function fenced({ id, fence }: Proposal, token: number | undefined): Pick<Proposal, 'fence'> {
  if (token === undefined) return {};
  if (fence !== undefined && token < fence)
    throw new AcknetError('cluster.busy', `Another worker has gone on with change ${id}.`);
  return { fence: token };
}

interface Recording {
  readonly now: Date;
  readonly fence?: number | undefined;
}

export function stepped(proposal: Proposal, step: Step, { now, fence }: Recording): Changed {
  if (isEnded(proposal)) throw stateError(proposal, 'takes no more steps');
  const known = proposal.steps.some(({ id }) => id === step.id);
  const steps = known
    ? proposal.steps.map((entry) => (entry.id === step.id ? step : entry))
    : [...proposal.steps, step];
  const detail = [step.title, actedOn(step), step.detail].filter((part) => part !== undefined).join('; ');
  const next = { ...proposal, steps, ...fenced(proposal, fence) };
  return { next, entry: entryOf(next, { action: `step.${step.state}`, actor: 'system', at: now, detail }) };
}

export function abortRequested(proposal: Proposal, by: Person, now: Date): Changed {
  if (proposal.state !== 'approved' && proposal.state !== 'applying')
    throw stateError(proposal, 'cannot be stopped');
  if (proposal.abortRequestedBy) return { next: proposal };
  const next = { ...proposal, abortRequestedBy: by };
  return { next, entry: entryOf(next, { action: 'abort-requested', actor: by, at: now }) };
}

/** Of a fix that worked, whether it still does. */
export function caredFor(proposal: Proposal, care: Care, now: Date): Changed {
  if (proposal.state !== 'fixed') throw stateError(proposal, 'is not fixed, so nothing of it holds');
  const before = proposal.care ?? [];
  if (before.some(({ hours }) => hours === care.hours)) return { next: proposal };
  const entry = entryOf(proposal, {
    action: `care.${care.outcome}`,
    actor: 'system',
    at: now,
    detail: care.detail,
  });
  return { next: { ...proposal, care: [...before, care] }, entry };
}

/** Nothing of the change moves; that its card does not show it is no secret. */
export function cardGivenUp(proposal: Proposal, why: string, now: Date): Changed {
  if (!isEnded(proposal)) throw stateError(proposal, 'has not ended, so its card is not given up');
  const entry = entryOf(proposal, { action: 'card.given-up', actor: 'system', at: now, detail: why });
  return { next: { ...proposal }, entry, inLine: true };
}

export function created(proposal: Proposal): Changed {
  if (proposal.state !== 'proposed') throw stateError(proposal, 'cannot be created');
  const actor = proposal.undoAskedBy ?? proposal.requestedBy ?? 'system';
  const at = new Date(proposal.createdAt);
  const detail =
    proposal.undoes === undefined ? proposal.title : `${proposal.title}; undoes ${proposal.undoes}`;
  return {
    next: proposal,
    entry: entryOf(proposal, { action: 'proposed', actor, at, to: 'proposed', detail }),
  };
}

interface EntryFacts {
  readonly action: string;
  readonly actor: Actor;
  readonly at: Date;
  readonly from?: Proposal['state'] | undefined;
  readonly to?: Proposal['state'] | undefined;
  readonly detail?: string | undefined;
}

function entryOf(proposal: Proposal, { detail, at, ...facts }: EntryFacts): AuditEntry {
  return {
    ...facts,
    at: at.toISOString(),
    cluster: proposal.cluster,
    proposal: proposal.id,
    remediation: proposal.remediation,
    digest: proposal.digest,
    detail,
  };
}

export function stateError(proposal: Proposal, what: string): AcknetError {
  return new AcknetError('proposal.state', `A change that is ${proposal.state} ${what}.`, {
    hint: isEnded(proposal)
      ? 'Run the check again for an up-to-date card.'
      : 'The card shows where it stands.',
  });
}
