import { isDeepStrictEqual } from 'node:util';
import type { App } from '@slack/bolt';
import type { Approvals, Decision } from '../../approvals/create-approvals.js';
import { OUT_OF_DATE } from '../../approvals/refusals.js';
import { wholeCluster } from '../../engine/checking/run-scope.js';
import type { Queues } from '../../jobs/queues/queues.js';
import type { Lease } from '../../ops/lease.js';
import type { ProposalStore } from '../../proposals/ports.js';
import type { Proposal } from '../../proposals/proposal.js';
import { isEnded } from '../../proposals/proposal.js';
import type { Remediation } from '../../remediations/define-remediation.js';
import { fixTexts } from '../../texts/fixes.js';
import { type RequestCheckPorts, requestCheck } from '../checks/request-check.js';
import { actionIds } from '../kit/action-ids.js';
import { decodeValue } from '../kit/action-values.js';
import { noticeView, refusalView } from '../kit/notices.js';
import type { EphemeralPorts } from '../listeners/ephemeral-reply.js';
import { type ClickContext, onClick } from '../listeners/on-click.js';
import type { OpenModal } from '../listeners/open-modal.js';
import { knownParameters } from './parameter-fields.js';
import { type ProposePorts, proposeFix, proposeUndo } from './propose-fix.js';
import { restartOfLeft } from './restart-of-left.js';
import { settleDecision } from './settle-decision.js';
import { knownFields } from './start/start-form.js';
import { parametersModal, reasonModal } from './views/modals.js';

interface ProposalButtonPorts extends EphemeralPorts, ProposePorts, Pick<RequestCheckPorts, 'permalink'> {
  readonly approvals: Pick<Approvals, 'approve' | 'abort' | 'may' | 'mayUndo' | 'mayPropose' | 'terms'>;
  readonly store: Pick<ProposalStore, 'create' | 'get' | 'open'>;
  readonly queues: Pick<Queues, 'card' | 'expireCard' | 'fix' | 'check'>;
  readonly remediations: readonly Remediation[];
  /** Who plans a change anew; undefined = someone does already. */
  readonly planning: (proposalId: string) => Promise<Pick<Lease, 'release'> | undefined>;
  readonly openModal: OpenModal;
}

/** The buttons of a fix card. Each click is authorised on the server; a refused one leaves the card untouched. */
export function onProposalButtons(app: App, ports: ProposalButtonPorts): void {
  const on = (action: string, handle: (ports: ProposalButtonPorts, clicked: ClickedCard) => Promise<void>) =>
    onClick({ app, ports }, action, async (context) => {
      const proposal = await proposalOf(ports, context);
      if (proposal !== undefined) await handle(ports, { ...context, proposal });
    });
  on(actionIds.approve, approve);
  on(actionIds.reject, askWhyNot);
  on(actionIds.editParameters, editParameters);
  on(actionIds.abort, abort);
  on(actionIds.undo, undo);
  on(actionIds.replan, replan);
  on(actionIds.resume, resume);
  on(actionIds.checkAgain, checkAgain);
}

interface ClickedCard extends ClickContext {
  readonly proposal: Proposal;
}

/** The proposal a button names; the clicker alone is told when there is none: nobody is entitled to edit for it. */
async function proposalOf(
  { store }: ProposalButtonPorts,
  { click, reply }: ClickContext,
): Promise<Proposal | undefined> {
  const id = decodeValue('proposal', click.value);
  const proposal = id === undefined ? undefined : await store.get(id);
  if (proposal === undefined) await reply(noticeView(OUT_OF_DATE));
  return proposal;
}

async function approve(ports: ProposalButtonPorts, clicked: ClickedCard): Promise<void> {
  const { click, proposal } = clicked;
  const decision = await ports.approvals.approve(proposal.id, click.who);
  if (decision.kind === 'needs-reason') {
    await ports.openModal(click.triggerId, reasonModal(decision.proposal, 'approve'));
    return;
  }
  await settle(ports, clicked, decision);
}

/** Who may not reject is told so at once, not after typing a reason. */
async function askWhyNot(ports: ProposalButtonPorts, clicked: ClickedCard): Promise<void> {
  const { click, reply, proposal } = clicked;
  if (proposal.state !== 'proposed') return settle(ports, clicked, tooLate(proposal));
  const may = await ports.approvals.may('reject', click.who, proposal.cluster);
  if (!may.ok) return reply(refusalView(may));
  await ports.openModal(click.triggerId, reasonModal(proposal, 'reject'));
}

async function editParameters(ports: ProposalButtonPorts, clicked: ClickedCard): Promise<void> {
  const { click, reply, proposal } = clicked;
  if (proposal.state !== 'proposed') return settle(ports, clicked, tooLate(proposal));
  const may = await ports.approvals.may('ask', click.who, proposal.cluster);
  if (!may.ok) return reply(refusalView(may));
  const remediation = ports.remediations.find(({ id }) => id === proposal.remediation);
  if (remediation === undefined) return reply(noticeView(OUT_OF_DATE));
  await ports.openModal(
    click.triggerId,
    parametersModal(
      proposal,
      await knownFields(ports, { cluster: proposal.cluster, remediation, params: proposal.params }),
    ),
  );
}

async function abort(ports: ProposalButtonPorts, clicked: ClickedCard): Promise<void> {
  const { click, proposal } = clicked;
  await settle(ports, clicked, await ports.approvals.abort(proposal.id, click.who));
}

async function undo(ports: ProposalButtonPorts, clicked: ClickedCard): Promise<void> {
  const { click, reply, proposal } = clicked;
  const may = await ports.approvals.mayUndo(proposal.id, click.who);
  if (!may.ok) return reply(refusalView(may));
  await proposeUndo(ports, may.proposal ?? proposal, click.who);
}

/** A fresh card for one that is out of date, or for a fix that was undone: planned anew from the cluster as it is now. */
async function replan(ports: ProposalButtonPorts, clicked: ClickedCard): Promise<void> {
  const { proposal } = clicked;
  const remediation = ports.remediations.find(({ id }) => id === proposal.remediation);
  await planAnew(ports, clicked, remediation && { ...pick(proposal), remediation });
}

/** A card that restarts what a stopped roll-out did not reach. */
async function resume(ports: ProposalButtonPorts, clicked: ClickedCard): Promise<void> {
  const { proposal } = clicked;
  const remediation = restartOfLeft(ports.remediations, proposal);
  const params = remediation && knownParameters(remediation.params, proposal.params);
  await planAnew(ports, clicked, remediation && { remediation, params, run: proposal.run });
}

const pick = ({ params, target, finding, run }: Proposal) => ({ params, target, finding, run });

type Again = Pick<Parameters<typeof proposeFix>[1], 'remediation' | 'params' | 'target' | 'finding' | 'run'>;

/** At most one card of it waits; who presses at the same time is told so. */
async function planAnew(
  ports: ProposalButtonPorts,
  { click, reply, proposal }: ClickedCard,
  again: Again | undefined,
): Promise<void> {
  const may = await ports.approvals.may('ask', click.who, proposal.cluster);
  if (!may.ok) return reply(refusalView(may));
  const { thread, cluster, state } = proposal;
  if (again === undefined || thread === undefined) return reply(noticeView(OUT_OF_DATE));
  const claim = await ports.planning(proposal.id);
  if (claim === undefined) return reply(noticeView(fixTexts.isPlanning));
  try {
    if (await isPlannedAnew(ports, cluster, again)) return reply(noticeView(fixTexts.isPlanned));
    // A card that only ran out of time is still the same request: who has it planned again may approve it.
    const same = state === 'stale' || state === 'expired';
    const requestedBy = (same ? proposal.requestedBy : undefined) ?? click.who;
    await proposeFix(ports, { ...again, cluster, requestedBy, openThread: async () => thread });
  } finally {
    await claim.release();
  }
}

/** How the cluster is now, below the card. */
async function checkAgain(
  ports: ProposalButtonPorts,
  { click, reply, proposal }: ClickedCard,
): Promise<void> {
  const { card, thread, cluster } = proposal;
  const channel = click.at?.channel ?? card?.channel;
  if (channel === undefined) return reply(noticeView(OUT_OF_DATE));
  const threadTs = click.threadTs ?? thread?.threadTs;
  const request = { cluster, checks: [], scope: wholeCluster, requestedBy: click.who, channel, threadTs };
  await requestCheck(ports, request, reply);
}

/** Whether a card of the same fix of the same thing waits, whoever asked for it. */
async function isPlannedAnew(
  { store }: ProposalButtonPorts,
  cluster: string,
  { remediation, target, params, finding }: Again,
): Promise<boolean> {
  const open = await store.open(cluster);
  return open.some(
    (other) =>
      other.state === 'proposed' &&
      other.undoes === undefined &&
      other.remediation === remediation.id &&
      isDeepStrictEqual([other.target, other.params, other.finding?.id], [target, params, finding?.id]),
  );
}

const settle = (
  { queues }: ProposalButtonPorts,
  { reply }: ClickContext,
  decision: Decision,
): Promise<void> => settleDecision({ queues, reply }, decision);

const tooLate = (proposal: Proposal): Decision => ({
  kind: 'refused',
  reason: isEnded(proposal)
    ? fixTexts.hasEnded(fixTexts.states[proposal.state])
    : fixTexts.isDecided(fixTexts.states[proposal.state]),
  proposal,
});
