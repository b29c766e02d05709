import type { CloudAccess } from '../../cloud/ports.js';
import type { ClusterAccess, ClusterReader, ClusterWriter } from '../../cluster/ports.js';
import { AcknetError } from '../../errors.js';
import type { ClusterLock, HeldLock, ProposalStore } from '../../proposals/ports.js';
import type { Proposal, ProposalState } from '../../proposals/proposal.js';
import type { Step } from '../../proposals/step.js';
import type { Remediation } from '../../remediations/define-remediation.js';
import type { CheckRun } from '../checking/check-run.js';

export interface ApplyPorts {
  readonly store: ProposalStore;
  readonly lock: ClusterLock;
  readonly access: ClusterAccess;
  /** Absent = not connected. */
  readonly cloud?: CloudAccess | undefined;
  readonly remediation: (id: string) => Remediation | undefined;
  /** A text says why not. Throws `slack.failed` where that cannot be found out now: a later try may. */
  readonly mayStillApply: (proposal: Proposal) => Promise<true | string>;
  /** Runs these checks, judging only evidence newer than `since`. */
  readonly runChecks: (ids: readonly string[], since: Date) => Promise<CheckRun>;
  /** Before each write: throws unless what is kept of the proposal is what acknet wrote, and was decided. */
  readonly prove: () => Promise<unknown>;
  readonly now: () => Date;
  /** Milliseconds that only go forward, whatever is done to the clock: what a wait is measured by. */
  readonly watch: () => number;
  readonly limits: { readonly podReadySeconds: number; readonly verifySeconds: number };
  /** Shutdown: the state stays as it is, and the next call goes on. */
  readonly signal: AbortSignal;
  readonly onChange: (proposal: Proposal) => void;
  /** Rejects when the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Names this worker in the lock. */
  readonly holder: string;
}

/** Ends the application in a state; thrown from wherever that becomes clear. */
export class Ended extends Error {
  constructor(
    readonly to: Exclude<ProposalState, 'proposed' | 'approved' | 'applying' | 'verifying'>,
    reason: string,
    readonly recheckAt?: Date,
  ) {
    super(reason);
  }
}

/** One application under way, with the proposal as it was last stored. */
export interface ApplyRun {
  readonly ports: ApplyPorts;
  reader: ClusterReader;
  readonly writer: ClusterWriter;
  /** Aborts on shutdown and when the lock was lost. */
  readonly signal: AbortSignal;
  /** Of an undo: what it puts back. */
  readonly original: Proposal | undefined;
  /** Of the lock: whoever got it later turns away what this run still wants to record. */
  readonly fence: number;
  proposal: Proposal;
}

export async function startRun(ports: ApplyPorts, proposal: Proposal, held: HeldLock): Promise<ApplyRun> {
  const signal = AbortSignal.any([ports.signal, held.lost]);
  return {
    ports,
    signal,
    proposal,
    fence: held.token,
    original: proposal.undoes === undefined ? undefined : await ports.store.get(proposal.undoes),
    reader: ports.access.reader(signal),
    // A write under way is never cut short: a cut one leaves its outcome in doubt. It has the request's own time-out.
    writer: ports.access.writer(new AbortController().signal),
  };
}

export async function recordStep(run: ApplyRun, step: Step): Promise<void> {
  run.proposal = await run.ports.store.recordStep(run.proposal.id, step, run.fence);
  run.ports.onChange(run.proposal);
}

type Extra = NonNullable<Parameters<ProposalStore['move']>[1]['set']>;

export async function moveTo(run: ApplyRun, to: ProposalState, set: Extra = {}): Promise<void> {
  run.proposal = await run.ports.store.move(run.proposal.id, { to, by: 'system', set, fence: run.fence });
  run.ports.onChange(run.proposal);
}

/** Between any two writes: stop on shutdown, on a lost lock, and where someone pressed Abort. */
export async function checkpoint(run: ApplyRun): Promise<void> {
  run.signal.throwIfAborted();
  const stored = await run.ports.store.get(run.proposal.id);
  if (stored === undefined) throw new AcknetError('proposal.unknown', 'The proposal is gone from the store.');
  run.proposal = stored;
  if (stored.abortRequestedBy === undefined) return;
  const left = stored.steps.filter(({ state }) => state === 'pending').length;
  throw new Ended('aborted', `Stopped on request, with ${left} of ${stored.steps.length} steps not done.`);
}

export const isoNow = ({ ports }: ApplyRun): string => ports.now().toISOString();
