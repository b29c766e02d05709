import type { App } from '@slack/bolt';
import type { Approvals } from '../../approvals/create-approvals.js';
import type { Mutes } from '../../approvals/create-mutes.js';
import { composeAnswer } from '../../intents/compose-answer.js';
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
import { knownFacts, type Rendering } from '../questions/render/render-answer.js';
import { causeDetailView } from './views/causes/cause-detail.js';
import { findingsMeant } from './views/causes/findings-meant.js';

interface CauseButtonPorts extends EphemeralPorts, Pick<Rendering, 'facts'> {
  readonly approvals: Pick<Approvals, 'maySee'>;
  readonly runs: Pick<RunStore, 'get'>;
  readonly mutes: Pick<Mutes, 'active'>;
  readonly store: Pick<ProposalStore, 'get'>;
  readonly catalogue: Pick<IntentCatalogue, 'get'>;
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

async function explain(
  ports: CauseButtonPorts,
  { click, reply }: ClickContext,
  { steps }: { readonly steps: boolean },
): Promise<void> {
  const value = decodeValue('finding', click.value);
  const run = value && (await ports.runs.get(value.r));
  if (value === undefined || run === undefined) return reply(noticeView(replies.notKept));
  const may = await ports.approvals.maySee(click.who, run.cluster);
  if (!may.ok) return reply(refusalView(may));
  const findings = findingsMeant(run, value, await ports.mutes.active(run.cluster));
  const entry = findings[0]?.intent;
  const intent = entry === undefined ? undefined : ports.catalogue.get(entry);
  const known = steps ? await knownFacts(ports, run.cluster) : {};
  const answer = intent && composeAnswer(intent, 'facts' in known ? known.facts : undefined);
  const solution = answer?.sections.find(({ name }) => name === 'Solution');
  const views = causeDetailView({
    run,
    findings,
    steps: steps ? (solution?.markdown ?? checkTexts.explain.noSteps) : undefined,
    doc: intent?.links[0],
  });
  return views === undefined ? reply(noticeView(replies.notKept)) : reply(...views);
}
