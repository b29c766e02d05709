import type { ActionsBlock, Button } from '@slack/types';
import type { Proposal } from '../../../../proposals/proposal.js';
import { fixTexts } from '../../../../texts/fixes.js';
import { actionIds } from '../../../kit/action-ids.js';
import { encodeValue } from '../../../kit/action-values.js';
import { actions, button } from '../../../kit/blocks.js';
import { clip } from '../../../kit/writing/mrkdwn.js';
import { capitalised, doesText, type Remedy, touchText } from './card-order.js';

const { buttons: names, confirm, label } = fixTexts;

export interface CardOffers {
  readonly proposal: Proposal;
  /** Whether Undo can be offered now. */
  readonly undoable: boolean;
  /** Whether what a stopped roll-out did not reach can be restarted. */
  readonly resumable?: boolean | undefined;
  readonly hasParameters: boolean;
  readonly remedy?: Remedy | undefined;
}

/** The buttons that fit the card's state: none that could only be refused. */
export function cardButtons(view: CardOffers): ActionsBlock[] {
  const { proposal } = view;
  const value = encodeValue('proposal', proposal.id);
  // The state is part of the id, so that a client never keeps an old row of buttons.
  return actions(`card:${proposal.id}:${proposal.state}`, buttonsOf(view, value));
}

function buttonsOf(view: CardOffers, value: string): Button[] {
  const { proposal } = view;
  switch (proposal.state) {
    case 'proposed':
      return proposalButtons(view, value);
    case 'approved':
    case 'applying':
      return proposal.abortRequestedBy === undefined ? [stopButton(proposal, value)] : [];
    case 'stale':
    case 'expired':
      return [freshButton(proposal, value)];
    case 'rejected':
      return [checkButton(proposal)];
    case 'verifying':
    case 'superseded':
      return [];
    default:
      return proposal.undoes === undefined ? nextOfFix(view, value) : nextOfUndo(proposal);
  }
}

/** Where it did not come out well, one of these is what to do next. */
function nextOfFix({ proposal, undoable, resumable }: CardOffers, value: string): Button[] {
  const { state, steps, undone, undoneBy } = proposal;
  if (state === 'fixed') {
    const undo = undoable ? [step(names.undo, { proposal, action: actionIds.undo, value })] : [];
    return cameBack(proposal) ? [checkButton(proposal), ...undo] : undo;
  }
  const begun = steps.some((each) => each.state !== 'pending');
  const open = undone === undefined && undoneBy === undefined;
  return [
    ...(undoable ? [step(names.putBack, { proposal, action: actionIds.undo, value })] : []),
    ...(resumable && open ? [step(names.resume, { proposal, action: actionIds.resume, value })] : []),
    ...(begun ? [] : [freshButton(proposal, value)]),
    checkButton(proposal),
  ];
}

const cameBack = ({ care = [] }: Proposal): boolean => care.some(({ outcome }) => outcome === 'back');

/** How the cluster is now, and what can be done about it. */
export const checkButton = (proposal: Proposal): Button =>
  step(names.checkAgain, {
    proposal,
    action: actionIds.checkAgain,
    value: encodeValue('proposal', proposal.id),
  });

/** What an undo leaves to do is done with the fix that it is of. */
function nextOfUndo(proposal: Proposal): Button[] {
  const { state, steps, undoes = '' } = proposal;
  const fix = encodeValue('proposal', undoes);
  const left = steps.some(({ kind, state: done }) => kind === 'write' && done !== 'done');
  return [
    step(names.fixAgain, { proposal, action: actionIds.replan, value: fix }),
    ...(left && state !== 'fixed'
      ? [step(names.undoRest, { proposal, action: actionIds.undo, value: fix })]
      : []),
    checkButton(proposal),
  ];
}

interface NextStep {
  readonly proposal: Proposal;
  readonly action: string;
  readonly value: string;
}

const step = (name: string, { proposal, action, value }: NextStep): Button =>
  button(name, { action, value, label: label(name, proposal.cluster, proposal.title) });

const freshButton = ({ undoes }: Proposal, value: string): Button =>
  undoes === undefined
    ? button(names.fresh, { action: actionIds.replan, value, style: 'primary' })
    : button(names.fresh, {
        action: actionIds.undo,
        value: encodeValue('proposal', undoes),
        style: 'primary',
      });

function proposalButtons({ proposal, hasParameters, remedy }: CardOffers, value: string): Button[] {
  const { risk, title, cluster, undoes } = proposal;
  const does = doesText(proposal, remedy);
  const asked = undoes === undefined ? capitalised(does) : confirm.takesBack(does);
  const what = `${asked}, ${touchText(proposal)}.`;
  const approve = button(names.approve, {
    action: actionIds.approve,
    value,
    style: risk === 'high' ? 'danger' : 'primary',
    label: label(names.approve, cluster, title),
    confirm:
      risk === 'low'
        ? undefined
        : { title: confirm.title(risk, clip(cluster, 60)), text: clip(what, 300), yes: names.approve },
  });
  return [
    ...(proposal.dryRun.ok ? [approve] : []),
    button(names.reject, { action: actionIds.reject, value, label: label(names.reject, cluster, title) }),
    ...(hasParameters && undoes === undefined
      ? [button(names.edit, { action: actionIds.editParameters, value })]
      : []),
  ];
}

const stopButton = ({ cluster, title }: Proposal, value: string): Button =>
  button(names.stop, {
    action: actionIds.abort,
    value,
    style: 'danger',
    label: label(names.stop, cluster, title),
    confirm: { title: confirm.stopTitle, text: confirm.stopText, yes: names.stop },
  });
