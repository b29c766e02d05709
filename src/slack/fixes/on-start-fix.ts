import type { App } from '@slack/bolt';
import type { Approvals } from '../../approvals/create-approvals.js';
import type { CheckResult, CheckRun } from '../../engine/checking/check-run.js';
import { isAcknetError } from '../../errors.js';
import type { RunStore } from '../../jobs/check/create-run-store.js';
import type { Remediation } from '../../remediations/define-remediation.js';
import { fixTexts } from '../../texts/fixes.js';
import { actionIds, anyOf, callbackIds } from '../kit/action-ids.js';
import { decodeValue, encodeValue } from '../kit/action-values.js';
import { errorView, noticeView, refusalView } from '../kit/notices.js';
import { type EphemeralPorts, ephemeralReply } from '../listeners/ephemeral-reply.js';
import { inPerson } from '../listeners/in-person.js';
import { type ClickContext, onClick } from '../listeners/on-click.js';
import type { OpenModal } from '../listeners/open-modal.js';
import { givenValues, submissionSchema } from '../listeners/read-submission.js';
import type { Poster } from '../wire/create-poster.js';
import { parameterFields, readParameters } from './parameter-fields.js';
import { type ProposePorts, proposeFix } from './propose-fix.js';
import { startFixModal } from './views/modals.js';

interface StartFixPorts extends EphemeralPorts, ProposePorts {
  readonly approvals: Pick<Approvals, 'may' | 'mayPropose' | 'terms'>;
  readonly runs: Pick<RunStore, 'get'>;
  readonly remediations: readonly Remediation[];
  readonly poster: Pick<Poster, 'say' | 'whisper'>;
  readonly openModal: OpenModal;
}

/** A fix that must be told what to set first: a button below the finding, a form, then its card. */
export function onStartFix(app: App, ports: StartFixPorts): void {
  onClick({ app, ports }, anyOf(actionIds.startFix), (context) => askForParameters(ports, context));
  app.view({ callback_id: callbackIds.startFix, type: 'view_submission' }, async ({ ack, body }) => {
    await ack();
    const parsed = submissionSchema.safeParse(body);
    if (!parsed.success) return ports.logger.error({ err: parsed.error }, 'submission not understood');
    const { user, team, view } = parsed.data;
    const who = { user: user.id, team: user.team_id ?? team?.id ?? '' };
    await makeCard(ports, { who, metadata: view.private_metadata, given: givenValues(view.state.values) });
  });
}

interface Start {
  readonly run: CheckRun;
  readonly finding: CheckResult['findings'][number];
  readonly remediation: Remediation;
}

/** What a button or form names, looked up; undefined = not kept any more, or never sent by acknet. */
async function startOf(
  ports: StartFixPorts,
  value: ReturnType<typeof decodeValue<'fix'>>,
): Promise<Start | undefined> {
  if (value === undefined) return undefined;
  const run = await ports.runs.get(value.r);
  const finding = run?.checks.flatMap(({ findings }) => findings).find(({ id }) => id === value.f);
  const remediation = ports.remediations.find(({ id, fixes }) => id === value.m && fixes.includes(value.f));
  return run && finding && remediation && { run, finding, remediation };
}

async function askForParameters(ports: StartFixPorts, { click, reply }: ClickContext): Promise<void> {
  const value = decodeValue('fix', click.value);
  const start = await startOf(ports, value);
  if (value === undefined || start === undefined || click.at === undefined)
    return reply(noticeView(fixTexts.resultGone));
  const { run, remediation } = start;
  const may = await ports.approvals.may('ask', click.who, run.cluster);
  if (!may.ok) return reply(refusalView(may));
  const thread = { ch: click.at.channel, ts: click.threadTs ?? click.at.ts };
  await ports.openModal(
    click.triggerId,
    startFixModal(
      { title: remediation.title, cluster: run.cluster, value: encodeValue('fix', { ...value, ...thread }) },
      parameterFields(remediation.params, {}),
    ),
  );
}

interface Submitted {
  readonly who: { readonly user: string; readonly team: string };
  readonly metadata: string;
  readonly given: Readonly<Record<string, string>>;
}

async function makeCard(ports: StartFixPorts, { who, metadata, given }: Submitted): Promise<void> {
  const value = decodeValue('fix', metadata);
  const direct = inPerson(ports, who.user);
  const reply =
    value?.ch === undefined
      ? direct
      : ephemeralReply(ports, { channel: value.ch, user: who.user, threadTs: value.ts }, direct);
  try {
    const start = await startOf(ports, value);
    if (start === undefined || value?.ch === undefined || value.ts === undefined)
      return await reply(noticeView(fixTexts.resultGone));
    const { run, finding, remediation } = start;
    const may = await ports.approvals.may('ask', who, run.cluster);
    if (!may.ok) return await reply(refusalView(may));
    const thread = { channel: value.ch, threadTs: value.ts };
    await proposeFix(ports, {
      remediation,
      cluster: run.cluster,
      params: readParameters(remediation.params, given),
      requestedBy: who,
      openThread: async () => thread,
      finding: { id: finding.id, check: finding.check, message: finding.message, about: finding.about },
      run: value.r,
    });
  } catch (error) {
    if (!isAcknetError(error)) ports.logger.error({ err: error }, 'a fix could not be prepared');
    await reply(errorView(error));
  }
}
