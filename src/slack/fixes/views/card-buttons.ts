import type { ActionsBlock, Button } from '@slack/types';
import type { Proposal } from '../../../proposals/proposal.js';
import { count } from '../../../texts/count.js';
import { actionIds } from '../../kit/action-ids.js';
import { encodeValue } from '../../kit/action-values.js';
import { actions, button } from '../../kit/blocks.js';
import { clip } from '../../kit/mrkdwn.js';

export interface CardOffers {
  readonly proposal: Proposal;
  /** Whether Undo can be offered now. */
  readonly undoable: boolean;
  readonly hasParameters: boolean;
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
      return proposal.abortRequestedBy === undefined ? [abortButton(proposal, value)] : [];
    case 'stale':
    case 'expired':
      return proposal.undoes === undefined
        ? [button('Make a fresh card', { action: actionIds.replan, value, style: 'primary' })]
        : [];
    default:
      return view.undoable ? [undoButton(proposal, value)] : [];
  }
}

function proposalButtons({ proposal, hasParameters }: CardOffers, value: string): Button[] {
  const { risk, title, cluster } = proposal;
  const approve = button('Approve', {
    action: actionIds.approve,
    value,
    style: risk === 'high' ? 'danger' : 'primary',
    label: `Approve on ${cluster}: ${title}`,
    ...(risk !== 'low' && {
      confirm: {
        title: `${risk === 'high' ? 'High risk: apply' : 'Apply'} to ${clip(cluster, 60)}?`,
        text: clip(`${title}. Restarts ${restartsPlain(proposal)}.`, 300),
        yes: 'Approve',
      },
    }),
  });
  return [
    ...(proposal.dryRun.ok ? [approve] : []),
    button('Reject', { action: actionIds.reject, value, label: `Reject on ${cluster}: ${title}` }),
    ...(hasParameters && proposal.undoes === undefined
      ? [button('Edit parameters', { action: actionIds.editParameters, value })]
      : []),
  ];
}

const restartsPlain = ({ rollouts }: Proposal): string =>
  rollouts.length === 0
    ? 'nothing'
    : rollouts.map(({ pods, daemonSet }) => `${count(pods, 'pod')} of ${daemonSet}`).join(', ');

const abortButton = ({ cluster, title }: Proposal, value: string): Button =>
  button('Abort', {
    action: actionIds.abort,
    value,
    style: 'danger',
    label: `Abort on ${cluster}: ${title}`,
    confirm: {
      title: 'Stop after the present step?',
      text: 'What is done stays done; Undo is offered afterwards where there is one.',
      yes: 'Abort',
    },
  });

const undoButton = ({ cluster, title }: Proposal, value: string): Button =>
  button('Undo', { action: actionIds.undo, value, label: `Undo on ${cluster}: ${title}` });
