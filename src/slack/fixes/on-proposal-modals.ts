import type { App, ViewSubmitAction } from '@slack/bolt';
import { z } from 'zod';
import type { Approvals } from '../../approvals/create-approvals.js';
import { OUT_OF_DATE } from '../../approvals/refusals.js';
import type { Json } from '../../cluster/ports.js';
import { isAcknetError } from '../../errors.js';
import type { Queues } from '../../jobs/queues/queues.js';
import type { ProposalStore } from '../../proposals/ports.js';
import type { Proposal } from '../../proposals/proposal.js';
import type { Remediation } from '../../remediations/define-remediation.js';
import { fixTexts } from '../../texts/fixes.js';
import { callbackIds } from '../kit/action-ids.js';
import { decodeValue } from '../kit/action-values.js';
import type { SlackMessage } from '../kit/message.js';
import { errorView, noticeView, refusalView } from '../kit/notices.js';
import { type AckForm, answerForm } from '../listeners/answer-form.js';
import { type EphemeralPorts, ephemeralReply } from '../listeners/ephemeral-reply.js';
import { inPerson } from '../listeners/in-person.js';
import type { UpdateModal } from '../listeners/open-modal.js';
import {
  faultsByBlock,
  givenValues,
  type Submission,
  submissionSchema,
} from '../listeners/read-submission.js';
import type { Poster } from '../wire/create-poster.js';
import { parameterFaults, readParameters, typedParameters } from './parameter-fields.js';
import { type ProposePorts, proposeFix } from './propose-fix.js';
import { settleDecision } from './settle-decision.js';
import { knownFields } from './start/start-form.js';
import { doneModal, parametersModal, reasonBlock, waitModal } from './views/modals.js';

interface SubmissionContext {
  readonly who: { readonly user: string; readonly team: string };
  readonly proposal: Proposal;
  readonly values: Submission['view']['state']['values'];
  readonly viewId: string;
  /** To be called once, within three seconds. */
  readonly ack: AckForm;
  reply(...messages: readonly SlackMessage[]): Promise<void>;
}

interface ProposalModalPorts extends EphemeralPorts, ProposePorts {
  readonly approvals: Pick<Approvals, 'approve' | 'reject' | 'may' | 'mayPropose' | 'terms'>;
  readonly store: Pick<ProposalStore, 'create' | 'get' | 'move'>;
  readonly queues: Pick<Queues, 'card' | 'expireCard' | 'fix'>;
  readonly remediations: readonly Remediation[];
  readonly poster: Pick<Poster, 'say' | 'whisper'>;
  readonly updateModal: UpdateModal;
}

/** The modals of a fix card: the modal itself entitles nobody, so each submit is authorised like a click. */
export function onProposalModals(app: App, ports: ProposalModalPorts): void {
  const { approvals, queues } = ports;
  const on = { app, ports };
  onSubmit(on, callbackIds.approveReason, async (context) => {
    const { proposal, who, reply, ack } = context;
    await ack();
    await settleDecision({ queues, reply }, await approvals.approve(proposal.id, who, reasonOf(context)));
  });
  onSubmit(on, callbackIds.reject, async (context) => {
    const { proposal, who, reply, ack } = context;
    await ack();
    await settleDecision({ queues, reply }, await approvals.reject(proposal.id, who, reasonOf(context)));
  });
  onSubmit(on, callbackIds.parameters, (context) => edited(ports, context));
}

const reasonOf = ({ values }: SubmissionContext): string =>
  values[reasonBlock.block]?.[reasonBlock.action]?.value?.trim() ?? '';

function onSubmit(
  { app, ports }: { readonly app: App; readonly ports: ProposalModalPorts },
  callbackId: string,
  handle: (context: SubmissionContext) => Promise<void>,
): void {
  app.view<ViewSubmitAction>({ callback_id: callbackId, type: 'view_submission' }, async ({ ack, body }) => {
    const parsed = submissionSchema.safeParse(body);
    if (!parsed.success) {
      await ack();
      return ports.logger.error({ err: parsed.error, callbackId }, 'submission not understood');
    }
    const { user, team, view } = parsed.data;
    const who = { user: user.id, team: user.team_id ?? team?.id ?? '' };
    let reply: SubmissionContext['reply'] = inPerson(ports, user.id);
    let answered = false;
    const once: AckForm = async (answer) => {
      answered = true;
      await ack(answer);
    };
    try {
      const id = decodeValue('proposal', view.private_metadata);
      const proposal = id === undefined ? undefined : await ports.store.get(id);
      if (proposal === undefined) {
        await once();
        return await reply(noticeView(OUT_OF_DATE));
      }
      reply = replyBeside(ports, proposal, user.id);
      await handle({ who, proposal, values: view.state.values, viewId: view.id, ack: once, reply });
    } catch (error) {
      if (!answered) await ack();
      if (!isAcknetError(error)) ports.logger.error({ err: error, callbackId }, 'submission failed');
      await reply(errorView(error));
    }
  });
}

/** Where the card stands, to the submitter alone; in person where that is not possible. */
function replyBeside(
  ports: ProposalModalPorts,
  { card, thread }: Proposal,
  user: string,
): SubmissionContext['reply'] {
  const channel = card?.channel ?? thread?.channel;
  const direct = inPerson(ports, user);
  return channel === undefined
    ? direct
    : ephemeralReply(ports, { channel, user, threadTs: thread?.threadTs }, direct);
}

/** Faults are shown in the form, and nothing that was typed is lost. */
async function edited(ports: ProposalModalPorts, submitted: SubmissionContext): Promise<void> {
  const { proposal, values, ack, viewId } = submitted;
  const remediation = ports.remediations.find(({ id }) => id === proposal.remediation);
  const schema = remediation?.params ?? z.strictObject({});
  const params = {
    ...typedParameters(schema, proposal.params),
    ...readParameters(schema, givenValues(values)),
  };
  const faults = remediation && parameterFaults(schema, params);
  if (faults !== undefined) {
    await ack({ response_action: 'errors', errors: faultsByBlock(faults, values) });
    return;
  }
  const { cluster } = proposal;
  const fields = remediation ? knownFields(ports, { cluster, remediation, params }) : [];
  await answerForm({
    ack,
    update: (view) => ports.updateModal(viewId, view),
    waiting: waitModal(proposal.cluster),
    done: doneModal(),
    again: async (fault) => parametersModal(proposal, await fields, fault),
    tell: submitted.reply,
    work: async () => {
      try {
        return await replaceCard(ports, { ...submitted, remediation, params });
      } catch (error) {
        if (!isAcknetError(error)) ports.logger.error({ err: error }, 'a card could not be made anew');
        return errorView(error);
      }
    },
  });
}

interface Edited extends SubmissionContext {
  readonly remediation: Remediation | undefined;
  readonly params: Record<string, Json>;
}

/** Plans again with the new parameters; the old card is superseded only once the new one exists. A message says why not. */
async function replaceCard(ports: ProposalModalPorts, submitted: Edited): Promise<SlackMessage | undefined> {
  const { who, proposal, remediation, params } = submitted;
  const may = await ports.approvals.may('ask', who, proposal.cluster);
  if (!may.ok) return refusalView(may);
  if (proposal.state !== 'proposed')
    return noticeView(fixTexts.decidedMeanwhile(fixTexts.states[proposal.state]));
  const { thread } = proposal;
  if (remediation === undefined || thread === undefined) return noticeView(OUT_OF_DATE);
  await proposeFix(ports, {
    remediation,
    cluster: proposal.cluster,
    params,
    requestedBy: who,
    openThread: async () => thread,
    target: proposal.target,
    finding: proposal.finding,
    run: proposal.run,
  });
  await ports.store.move(proposal.id, {
    to: 'superseded',
    by: who,
    why: fixTexts.replaced,
    set: { detail: fixTexts.replaced, endedAt: ports.now().toISOString() },
  });
  await ports.queues.card({ proposalId: proposal.id });
  return undefined;
}
