import { isDeepStrictEqual } from 'node:util';
import type { App } from '@slack/bolt';
import type { Decision } from '../../approvals/create-approvals.js';
import { OUT_OF_DATE } from '../../approvals/refusals.js';
import type { Proposal } from '../../proposals/proposal.js';
import { isEnded } from '../../proposals/proposal.js';
import { actionIds } from '../kit/action-ids.js';
import { decodeValue } from '../kit/action-values.js';
import { noticeView, refusalView } from '../kit/notices.js';
import { type ClickContext, onClick } from '../listeners/on-click.js';
import type { SlackServices } from '../slack-services.js';
import { parameterFields } from './parameter-fields.js';
import { proposeFix, proposeUndo } from './propose-fix.js';
import { settleDecision } from './settle-decision.js';
import { parametersModal, reasonModal } from './views/modals.js';

/** The buttons of a fix card. Each click is authorised on the server; a refused one leaves the card untouched. */
export function onProposalButtons(app: App, services: SlackServices): void {
  const on = { app, services };
  onClick(on, actionIds.approve, approve);
  onClick(on, actionIds.reject, askWhyNot);
  onClick(on, actionIds.editParameters, editParameters);
  onClick(on, actionIds.abort, abort);
  onClick(on, actionIds.undo, undo);
  onClick(on, actionIds.replan, replan);
}

/** The proposal a button names; the clicker is told when there is none, and the dead card loses its buttons. */
async function proposalOf(context: ClickContext): Promise<Proposal | undefined> {
  const { services, click, reply } = context;
  const id = decodeValue('proposal', click.value);
  const proposal = id === undefined ? undefined : await services.store.get(id);
  if (proposal !== undefined) return proposal;
  if (click.at !== undefined) {
    await services.poster.update(click.at, noticeView(OUT_OF_DATE));
  }
  await reply(noticeView(OUT_OF_DATE));
  return undefined;
}

async function approve(context: ClickContext): Promise<void> {
  const { services, click } = context;
  const proposal = await proposalOf(context);
  if (proposal === undefined) return;
  const decision = await services.approvals.approve(proposal.id, click.who);
  if (decision.kind === 'needs-reason') {
    await services.client.views.open({
      trigger_id: click.triggerId,
      view: reasonModal(decision.proposal, 'approve'),
    });
    return;
  }
  await settleDecision(context, decision);
}

/** Who may not reject is told so at once, not after typing a reason. */
async function askWhyNot(context: ClickContext): Promise<void> {
  const { services, click, reply } = context;
  const proposal = await proposalOf(context);
  if (proposal === undefined) return;
  if (proposal.state !== 'proposed') return settleDecision(context, tooLate(proposal));
  const may = await services.approvals.may('reject', click.who, proposal.cluster);
  if (!may.ok) return reply(refusalView(may));
  await services.client.views.open({ trigger_id: click.triggerId, view: reasonModal(proposal, 'reject') });
}

async function editParameters(context: ClickContext): Promise<void> {
  const { services, click, reply } = context;
  const proposal = await proposalOf(context);
  if (proposal === undefined) return;
  if (proposal.state !== 'proposed') return settleDecision(context, tooLate(proposal));
  const may = await services.approvals.may('ask', click.who, proposal.cluster);
  if (!may.ok) return reply(refusalView(may));
  const remediation = services.remediations.find(({ id }) => id === proposal.remediation);
  if (remediation === undefined) return reply(noticeView(OUT_OF_DATE));
  await services.client.views.open({
    trigger_id: click.triggerId,
    view: parametersModal(proposal, parameterFields(remediation.params, proposal.params)),
  });
}

async function abort(context: ClickContext): Promise<void> {
  const proposal = await proposalOf(context);
  if (proposal === undefined) return;
  await settleDecision(context, await context.services.approvals.abort(proposal.id, context.click.who));
}

async function undo(context: ClickContext): Promise<void> {
  const { services, click, reply } = context;
  const proposal = await proposalOf(context);
  if (proposal === undefined) return;
  const may = await services.approvals.mayUndo(proposal.id, click.who);
  if (!may.ok) return reply(refusalView(may));
  await proposeUndo(services, may.proposal ?? proposal, click.who);
}

/** A fresh card for one that is stale or expired: planned anew from the cluster as it is now. */
async function replan(context: ClickContext): Promise<void> {
  const { services, click, reply } = context;
  const proposal = await proposalOf(context);
  if (proposal === undefined) return;
  const may = await services.approvals.may('ask', click.who, proposal.cluster);
  if (!may.ok) return reply(refusalView(may));
  const remediation = services.remediations.find(({ id }) => id === proposal.remediation);
  const { thread } = proposal;
  if (remediation === undefined || thread === undefined) return reply(noticeView(OUT_OF_DATE));
  const claim = await services.planning(proposal.id);
  if (claim === undefined) return reply(noticeView('A card for this is being made.'));
  try {
    if (await isPlannedAnew(services, proposal))
      return reply(noticeView('A card for this stands in the thread already, planned later than this one.'));
    await proposeFix(services, {
      remediation,
      cluster: proposal.cluster,
      params: proposal.params,
      // Still the same request: who only asks for it to be planned again may approve it.
      requestedBy: proposal.requestedBy ?? click.who,
      openThread: async () => thread,
      target: proposal.target,
      finding: proposal.finding,
      run: proposal.run,
    });
  } finally {
    await claim.release();
  }
}

/** Whether the same was planned again before. */
async function isPlannedAnew({ store }: SlackServices, proposal: Proposal): Promise<boolean> {
  const open = await store.open(proposal.cluster);
  return open.some((other) => other.state === 'proposed' && isSameFix(other, proposal));
}

/** The same fix of the same thing, whoever asked for it. */
const isSameFix = (one: Proposal, other: Proposal): boolean =>
  [one, other].every(({ undoes }) => undoes === undefined) &&
  one.remediation === other.remediation &&
  isDeepStrictEqual(
    [one.target, one.params, one.finding?.id],
    [other.target, other.params, other.finding?.id],
  );

const tooLate = (proposal: Proposal): Decision => ({
  kind: 'refused',
  reason: isEnded(proposal)
    ? `This card has ended: ${proposal.state}.`
    : `This card has been decided: ${proposal.state}.`,
  proposal,
});
