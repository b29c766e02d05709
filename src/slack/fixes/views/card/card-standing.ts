import type { Proposal, ProposalState } from '../../../../proposals/proposal.js';
import { isRestart, type Step } from '../../../../proposals/step.js';
import { fixTexts } from '../../../../texts/fixes.js';

const halfWay: ReadonlySet<ProposalState> = new Set(['failed', 'aborted', 'unknown']);
/** Ended before anything was begun. */
const unbegun: ReadonlySet<ProposalState> = new Set(['rejected', 'expired', 'stale']);
const NAMED = 5;

/** How far a change has come that ended without success: what the cluster holds now; '' = it did not end so. Plain text. */
export function standingText({ state, steps, undoes, appliedAt }: Proposal): string {
  if (appliedAt !== undefined || (!halfWay.has(state) && !unbegun.has(state))) return '';
  if (steps.every((step) => step.state === 'pending')) return fixTexts.nothingChanged;
  const undo = undoes !== undefined;
  const writes = steps.filter(({ kind }) => kind === 'write');
  const restarts = steps.filter(isRestart);
  const left = restarts.filter((step) => step.state === 'pending').map(({ node }) => node);
  return [
    ...(writes.length === 0 ? [] : [writtenText(writes, undo)]),
    ...(restarts.length === 0 ? [] : [fixTexts.restarted(doneOf(restarts), restarts.length)]),
    ...(left.length === 0 ? [] : [fixTexts.notRestarted(undo, named(left))]),
  ].join(' ');
}

const doneOf = (steps: readonly Step[]): number => steps.filter(({ state }) => state === 'done').length;

const writtenText = (writes: readonly Step[], undo: boolean): string =>
  doneOf(writes) === writes.length
    ? fixTexts.saved(undo)
    : fixTexts.partlySaved(doneOf(writes), writes.length);

function named(nodes: readonly string[]): string {
  const shown = nodes.slice(0, NAMED).join(', ');
  return nodes.length <= NAMED ? shown : fixTexts.moreLeft(shown, nodes.length - NAMED);
}
