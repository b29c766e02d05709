import type { App } from '@slack/bolt';
import { OUT_OF_DATE } from '../../approvals/refusals.js';
import { isAcknetError } from '../../errors.js';
import type { Proposal } from '../../proposals/proposal.js';
import { callbackIds } from '../kit/action-ids.js';
import { decodeValue } from '../kit/action-values.js';
import type { SlackMessage } from '../kit/message.js';
import { errorView, noticeView, refusalView } from '../kit/notices.js';
import { ephemeralReply } from '../listeners/ephemeral-reply.js';
import { inPerson } from '../listeners/in-person.js';
import { givenValues, type Submission, submissionSchema } from '../listeners/read-submission.js';
import type { SlackServices } from '../slack-services.js';
import { readParameters, typedParameters } from './parameter-fields.js';
import { proposeFix } from './propose-fix.js';
import { settleDecision } from './settle-decision.js';
import { reasonBlock } from './views/modals.js';

interface SubmissionContext {
  readonly services: SlackServices;
  readonly who: { readonly user: string; readonly team: string };
  readonly proposal: Proposal;
  readonly values: Submission['view']['state']['values'];
  reply(...messages: readonly SlackMessage[]): Promise<void>;
}

/** The modals of a fix card: the modal itself entitles nobody, so each submit is authorised like a click. */
export function onProposalModals(app: App, services: SlackServices): void {
  const on = { app, services };
  onSubmit(on, callbackIds.approveReason, async (context) => {
    const { approvals } = context.services;
    await settleDecision(
      context,
      await approvals.approve(context.proposal.id, context.who, reasonOf(context)),
    );
  });
  onSubmit(on, callbackIds.reject, async (context) => {
    const { approvals } = context.services;
    await settleDecision(
      context,
      await approvals.reject(context.proposal.id, context.who, reasonOf(context)),
    );
  });
  onSubmit(on, callbackIds.parameters, replaceCard);
}

const reasonOf = ({ values }: SubmissionContext): string =>
  values[reasonBlock.block]?.[reasonBlock.action]?.value?.trim() ?? '';

function onSubmit(
  { app, services }: { app: App; services: SlackServices },
  callbackId: string,
  handle: (context: SubmissionContext) => Promise<void>,
): void {
  app.view({ callback_id: callbackId, type: 'view_submission' }, async ({ ack, body }) => {
    await ack();
    const parsed = submissionSchema.safeParse(body);
    if (!parsed.success)
      return services.logger.error({ err: parsed.error, callbackId }, 'submission not understood');
    const { user, team, view } = parsed.data;
    const who = { user: user.id, team: user.team_id ?? team?.id ?? '' };
    let reply: SubmissionContext['reply'] = inPerson(services, user.id);
    try {
      const id = decodeValue('proposal', view.private_metadata);
      const proposal = id === undefined ? undefined : await services.store.get(id);
      if (proposal === undefined) return await reply(noticeView(OUT_OF_DATE));
      reply = replyBeside(services, proposal, user.id);
      await handle({ services, who, proposal, values: view.state.values, reply });
    } catch (error) {
      if (!isAcknetError(error)) services.logger.error({ err: error, callbackId }, 'submission failed');
      await reply(errorView(error));
    }
  });
}

/** Where the card stands, to the submitter alone; in person where that is not possible. */
function replyBeside(
  services: SlackServices,
  { card, thread }: Proposal,
  user: string,
): SubmissionContext['reply'] {
  const channel = card?.channel ?? thread?.channel;
  const direct = inPerson(services, user);
  return channel === undefined
    ? direct
    : ephemeralReply(services, { channel, user, threadTs: thread?.threadTs }, direct);
}

/** Plans again with the new parameters; the old card is superseded only once the new one exists. */
async function replaceCard({ services, who, proposal, values, reply }: SubmissionContext): Promise<void> {
  const may = await services.approvals.may('ask', who, proposal.cluster);
  if (!may.ok) return reply(refusalView(may));
  if (proposal.state !== 'proposed')
    return reply(noticeView(`That card has been decided meanwhile: ${proposal.state}.`));
  const remediation = services.remediations.find(({ id }) => id === proposal.remediation);
  const { thread } = proposal;
  if (remediation === undefined || thread === undefined) return reply(noticeView(OUT_OF_DATE));
  await proposeFix(services, {
    remediation,
    cluster: proposal.cluster,
    params: {
      ...typedParameters(remediation.params, proposal.params),
      ...readParameters(remediation.params, givenValues(values)),
    },
    requestedBy: who,
    openThread: async () => thread,
    target: proposal.target,
    finding: proposal.finding,
    run: proposal.run,
  });
  await services.store.move(proposal.id, {
    to: 'superseded',
    by: who,
    why: 'Replaced by a card with other parameters.',
    set: { detail: 'Replaced by a card with other parameters.', endedAt: services.now().toISOString() },
  });
  await services.queues.card({ proposalId: proposal.id });
}
