import type { App, ViewSubmitAction } from '@slack/bolt';
import type { Approvals } from '../../../approvals/create-approvals.js';
import { cardChannel } from '../../../config/card-channel.js';
import { isAcknetError } from '../../../errors.js';
import type { RunStore } from '../../../jobs/check/create-run-store.js';
import type { Person } from '../../../proposals/proposal.js';
import type { Remediation } from '../../../remediations/define-remediation.js';
import { fixTexts } from '../../../texts/fixes.js';
import { actionIds, anyOf, callbackIds } from '../../kit/action-ids.js';
import { decodeValue } from '../../kit/action-values.js';
import type { SlackMessage } from '../../kit/message.js';
import { errorView, noticeView, refusalView } from '../../kit/notices.js';
import { type AckForm, answerForm } from '../../listeners/answer-form.js';
import { type EphemeralPorts, ephemeralReply } from '../../listeners/ephemeral-reply.js';
import { inPerson } from '../../listeners/in-person.js';
import { type ClickContext, onClick } from '../../listeners/on-click.js';
import type { OpenModal, UpdateModal } from '../../listeners/open-modal.js';
import {
  faultsByBlock,
  givenValues,
  type Submission,
  submissionSchema,
} from '../../listeners/read-submission.js';
import type { Poster } from '../../wire/create-poster.js';
import { parameterFaults, readParameters } from '../parameter-fields.js';
import { type ProposePorts, proposeFix } from '../propose-fix.js';
import { doneModal, waitModal } from '../views/modals.js';
import { type AnnouncePorts, announceFix } from './announce-fix.js';
import { startFields, startForm } from './start-form.js';
import { type Start, type StartValue, startOf } from './start-of.js';

interface StartFixPorts extends EphemeralPorts, ProposePorts, AnnouncePorts {
  readonly approvals: Pick<Approvals, 'may' | 'mayPropose' | 'terms'>;
  readonly runs: Pick<RunStore, 'get'>;
  readonly remediations: readonly Remediation[];
  readonly poster: Pick<Poster, 'say' | 'whisper'>;
  readonly openModal: OpenModal;
  readonly updateModal: UpdateModal;
}

/** A fix that must be told what to set first: a button below the finding or a command, a form, then its card. */
export function onStartFix(app: App, ports: StartFixPorts): void {
  onClick({ app, ports }, anyOf(actionIds.startFix), (context) => askForParameters(ports, context));
  app.view<ViewSubmitAction>(
    { callback_id: callbackIds.startFix, type: 'view_submission' },
    async ({ ack, body }) => {
      const parsed = submissionSchema.safeParse(body);
      if (!parsed.success) {
        await ack();
        return ports.logger.error({ err: parsed.error }, 'submission not understood');
      }
      const { user, team, view } = parsed.data;
      const who = { user: user.id, team: user.team_id ?? team?.id ?? '' };
      const value = decodeValue('fix', view.private_metadata);
      await submitted(ports, { who, value, values: view.state.values, viewId: view.id, ack });
    },
  );
}

async function askForParameters(ports: StartFixPorts, { click, reply }: ClickContext): Promise<void> {
  const value = decodeValue('fix', click.value);
  const start = await startOf(ports, value);
  if (value === undefined || start === undefined || click.at === undefined)
    return reply(noticeView(fixTexts.resultGone));
  const may = await ports.approvals.may('ask', click.who, start.cluster);
  if (!may.ok) return reply(refusalView(may));
  // A command says itself where its card belongs.
  const thread = value.c === undefined ? { ch: click.at.channel, ts: click.threadTs ?? click.at.ts } : {};
  const fields = await startFields(ports, start);
  await ports.openModal(click.triggerId, startForm(start, { ...value, ...thread }, { fields }));
}

interface Submitted {
  readonly who: Person;
  readonly value: StartValue | undefined;
  readonly values: Submission['view']['state']['values'];
  readonly viewId: string;
  readonly ack: AckForm;
}

/** Faults are shown in the form, and nothing that was typed is lost. */
async function submitted(
  ports: StartFixPorts,
  { who, value, values, viewId, ack }: Submitted,
): Promise<void> {
  const reply = replyTo(ports, who, value);
  const looked = await lookUp(ports, value);
  if (value === undefined || 'why' in looked) {
    await ack();
    return reply('why' in looked ? looked.why : noticeView(fixTexts.resultGone));
  }
  const { found } = looked;
  const start = { ...found, given: { ...found.given, ...givenValues(values) } };
  const faults = parameterFaults(
    start.remediation.params,
    readParameters(start.remediation.params, start.given),
  );
  if (faults !== undefined) {
    await ack({ response_action: 'errors', errors: faultsByBlock(faults, values) });
    return;
  }
  const fields = startFields(ports, start);
  await answerForm({
    ack,
    update: (view) => ports.updateModal(viewId, view),
    waiting: waitModal(start.cluster),
    done: doneModal(),
    again: async (fault) => startForm(start, value, { fields: await fields, fault }),
    tell: reply,
    work: () => faultOf(ports, { who, value, start }),
  });
}

type LookedUp = { readonly found: Start } | { readonly why: SlackMessage };

/** What the form is about; a message says why that cannot be told. */
async function lookUp(ports: StartFixPorts, value: StartValue | undefined): Promise<LookedUp> {
  try {
    const found = await startOf(ports, value);
    return found === undefined ? { why: noticeView(fixTexts.resultGone) } : { found };
  } catch (error) {
    if (!isAcknetError(error)) ports.logger.error({ err: error }, 'what a form is about could not be read');
    return { why: errorView(error) };
  }
}

interface Order {
  readonly who: Person;
  readonly value: StartValue;
  readonly start: Start;
}

/** Makes the card; a message says why there is none. */
async function faultOf(
  ports: StartFixPorts,
  { who, value, start }: Order,
): Promise<SlackMessage | undefined> {
  const { cluster, remediation, given, target, finding } = start;
  try {
    const may = await ports.approvals.may('ask', who, cluster);
    if (!may.ok) return refusalView(may);
    await proposeFix(ports, {
      remediation,
      cluster,
      target,
      params: readParameters(remediation.params, given),
      requestedBy: who,
      openThread: () => threadOf(ports, { who, value, start }),
      finding: finding && {
        id: finding.id,
        check: finding.check,
        message: finding.message,
        about: finding.about,
      },
      run: value.r,
    });
    return undefined;
  } catch (error) {
    if (!isAcknetError(error)) ports.logger.error({ err: error }, 'a fix could not be prepared');
    return errorView(error);
  }
}

/** Below the result it is for, or below a message of its own. */
async function threadOf(
  ports: StartFixPorts,
  { who, value, start }: Order,
): Promise<{ channel: string; threadTs: string }> {
  const channel = value.ch ?? who.user;
  const isOpen = cardChannel(ports.config.channels, start.cluster, channel) === undefined;
  if (value.ch !== undefined && value.ts !== undefined && isOpen) return { channel, threadTs: value.ts };
  return announceFix(ports, { who, channel }, { cluster: start.cluster, title: start.remediation.title });
}

function replyTo(
  ports: StartFixPorts,
  { user }: Person,
  value: StartValue | undefined,
): (message: SlackMessage) => Promise<void> {
  const direct = inPerson(ports, user);
  return value?.ch === undefined
    ? direct
    : ephemeralReply(ports, { channel: value.ch, user, threadTs: value.ts }, direct);
}
