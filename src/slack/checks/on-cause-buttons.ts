import type { App } from '@slack/bolt';
import type { Approvals } from '../../approvals/create-approvals.js';
import type { Mutes } from '../../approvals/create-mutes.js';
import type { CheckRun } from '../../engine/checking/check-run.js';
import type { Answer } from '../../intents/compose-answer.js';
import type { Intent, SectionName } from '../../intents/intent.js';
import type { RunStore } from '../../jobs/check/create-run-store.js';
import type { ProposalStore } from '../../proposals/ports.js';
import type { MessageRef } from '../../proposals/proposal.js';
import { checkTexts } from '../../texts/checks.js';
import { actionIds } from '../kit/action-ids.js';
import { decodeValue } from '../kit/action-values.js';
import { noticeView, refusalView } from '../kit/notices.js';
import type { EphemeralPorts } from '../listeners/ephemeral-reply.js';
import { type ClickContext, onClick } from '../listeners/on-click.js';
import type { IntentCatalogue } from '../questions/intent-catalogue.js';
import { composeShown } from '../questions/render/compose-shown.js';
import { knownFacts, type Rendering } from '../questions/render/render-answer.js';
import { moreView } from '../questions/views/answer.js';
import { causeDetailView } from './views/causes/cause-detail.js';
import { findingsMeant } from './views/causes/findings-meant.js';
import type { Finding } from './views/evidence.js';

interface CauseButtonPorts extends EphemeralPorts, Pick<Rendering, 'facts'> {
  readonly approvals: Pick<Approvals, 'maySee'>;
  readonly runs: Pick<RunStore, 'get'>;
  readonly mutes: Pick<Mutes, 'active'>;
  readonly store: Pick<ProposalStore, 'get'>;
  readonly catalogue: Pick<IntentCatalogue, 'get' | 'withTitles'>;
  readonly permalink: (at: MessageRef) => Promise<string | undefined>;
}

const { replies } = checkTexts;

/** The button beside each cause of a result: its fix, what to do, or what was seen. */
export function onCauseButtons(app: App, ports: CauseButtonPorts): void {
  const on = { app, ports };
  onClick(on, actionIds.reviewFix, (context) => reviewFix(ports, context));
  // The client opens the card; Slack wants the click acknowledged all the same.
  onClick(on, actionIds.openCard, async () => undefined);
  onClick(on, actionIds.explainCause, (context) => explain(ports, context, { steps: false }));
  onClick(on, actionIds.howTo, (context) => explain(ports, context, { steps: true }));
  onClick(on, actionIds.moreSteps, (context) => moreSteps(ports, context));
}

async function reviewFix(ports: CauseButtonPorts, { click, reply }: ClickContext): Promise<void> {
  const proposal = await ports.store.get(decodeValue('proposal', click.value) ?? '');
  if (proposal === undefined) return reply(noticeView(replies.notKept));
  const may = await ports.approvals.maySee(click.who, proposal.cluster);
  if (!may.ok) return reply(refusalView(may));
  const link = proposal.card === undefined ? undefined : await ports.permalink(proposal.card);
  return reply(
    link === undefined
      ? noticeView(replies.cardComing)
      : noticeView(replies.card, `<${link}|${replies.cardLink}>`),
  );
}

interface Meant {
  readonly run: CheckRun;
  readonly findings: readonly Finding[];
  readonly intent: Intent | undefined;
}

/** The findings of a button, and the entry about them; who pressed is told where there is none, or it is not for them. */
async function meant(ports: CauseButtonPorts, { click, reply }: ClickContext): Promise<Meant | undefined> {
  const value = decodeValue('finding', click.value);
  const run = value && (await ports.runs.get(value.r));
  if (value === undefined || run === undefined) {
    await reply(noticeView(replies.notKept));
    return undefined;
  }
  const may = await ports.approvals.maySee(click.who, run.cluster);
  if (!may.ok) {
    await reply(refusalView(may));
    return undefined;
  }
  const findings = findingsMeant(run, value, await ports.mutes.active(run.cluster));
  const entry = findings[0]?.intent;
  return { run, findings, intent: entry === undefined ? undefined : ports.catalogue.get(entry) };
}

/** An entry as it holds for the cluster of a run. */
async function answerOn(ports: CauseButtonPorts, cluster: string, intent: Intent): Promise<Answer> {
  const known = await knownFacts(ports, cluster);
  return composeShown(ports.catalogue, intent, 'facts' in known ? known.facts : undefined);
}

async function explain(
  ports: CauseButtonPorts,
  context: ClickContext,
  { steps }: { readonly steps: boolean },
): Promise<void> {
  const { click, reply } = context;
  const pressed = await meant(ports, context);
  if (pressed === undefined) return;
  const { run, findings, intent } = pressed;
  const answer = steps && intent !== undefined ? await answerOn(ports, run.cluster, intent) : undefined;
  const part = (wanted: SectionName) => answer?.sections.find(({ name }) => name === wanted)?.markdown;
  const views = causeDetailView({
    run,
    findings,
    steps: steps ? (part('Solution') ?? checkTexts.explain.noSteps) : undefined,
    more: part('More') === undefined ? undefined : click.value,
    doc: intent?.links[0],
  });
  return views === undefined ? reply(noticeView(replies.notKept)) : reply(...views);
}

/** What *How to* leaves out of an entry. */
async function moreSteps(ports: CauseButtonPorts, context: ClickContext): Promise<void> {
  const pressed = await meant(ports, context);
  if (pressed === undefined) return;
  const { run, intent } = pressed;
  if (intent === undefined) return context.reply(noticeView(replies.notKept));
  const { first, more } = moreView({ intent, answer: await answerOn(ports, run.cluster, intent) });
  return context.reply(first, ...more);
}
