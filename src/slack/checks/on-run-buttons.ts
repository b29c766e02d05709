import type { App } from '@slack/bolt';
import type { Approvals } from '../../approvals/create-approvals.js';
import type { Mutes } from '../../approvals/create-mutes.js';
import type { Check } from '../../checks/judging/define-check.js';
import { askedChecks } from '../../engine/checking/asked-checks.js';
import { notVisibleIn } from '../../engine/checking/check-report.js';
import { wholeCluster } from '../../engine/checking/run-scope.js';
import type { RunStore } from '../../jobs/check/create-run-store.js';
import type { Queues } from '../../jobs/queues/queues.js';
import { checkTexts } from '../../texts/checks.js';
import { actionIds, anyOf } from '../kit/action-ids.js';
import { decodeValue } from '../kit/action-values.js';
import { noticeView, refusalView } from '../kit/notices.js';
import type { EphemeralPorts } from '../listeners/ephemeral-reply.js';
import { type ClickContext, onClick } from '../listeners/on-click.js';
import type { IntentCatalogue } from '../questions/intent-catalogue.js';
import { type RequestCheckPorts, requestCheck } from './request-check.js';
import { isOutcomeList, outcomeListView } from './views/outcome-lists.js';

interface RunButtonPorts extends EphemeralPorts, RequestCheckPorts {
  readonly approvals: Pick<Approvals, 'may' | 'maySee'>;
  readonly queues: RequestCheckPorts['queues'] & Pick<Queues, 'running' | 'cancelCheck'>;
  readonly runs: Pick<RunStore, 'get'>;
  readonly mutes: Pick<Mutes, 'active'>;
  readonly catalogue: Pick<IntentCatalogue, 'all'>;
  readonly checks: readonly Check[];
}

/** The buttons of a check: Cancel while it runs, lists and Check again when it has ended. */
export function onRunButtons(app: App, ports: RunButtonPorts): void {
  const on = { app, ports };
  onClick(on, actionIds.cancelRun, (context) => cancelRun(ports, context));
  onClick(on, anyOf(actionIds.listOutcome), (context) =>
    listOutcome(ports, context, { runId: runIdOf(context), list: context.click.actionId.split(':')[1] }),
  );
  onClick(on, actionIds.pickList, (context) =>
    listOutcome(ports, context, {
      runId: context.click.blockId.replace(/^lists:/, ''),
      list: context.click.value,
    }),
  );
  onClick(on, actionIds.runAgain, (context) => runAgain(ports, context, { whole: false }));
  onClick(on, actionIds.checkWhole, (context) => runAgain(ports, context, { whole: true }));
}

const runIdOf = ({ click }: ClickContext): string => decodeValue('run', click.value)?.r ?? '';

async function cancelRun({ queues, approvals }: RunButtonPorts, context: ClickContext): Promise<void> {
  const { click, reply } = context;
  const runId = runIdOf(context);
  const running = (await queues.running()).find((run) => run.runId === runId);
  if (running === undefined) return reply(noticeView(checkTexts.replies.ended));
  const may = await approvals.may('ask', click.who, running.job.cluster);
  if (!may.ok) return reply(refusalView(may));
  const stopped = await queues.cancelCheck(runId);
  if (!stopped) await reply(noticeView(checkTexts.replies.ended));
}

async function listOutcome(
  { runs, catalogue, mutes, approvals }: RunButtonPorts,
  { click, reply }: ClickContext,
  { runId, list }: { runId: string; list: string | undefined },
): Promise<void> {
  const run = await runs.get(runId);
  if (run === undefined) return reply(noticeView(checkTexts.replies.notKept));
  const may = await approvals.maySee(click.who, run.cluster);
  if (!may.ok) return reply(refusalView(may));
  if (list === undefined || !isOutcomeList(list)) return;
  const blind = notVisibleIn(run, catalogue.all).map(({ entry, where }) => ({
    title: entry.title,
    blind: where,
  }));
  const muted = await mutes.active(run.cluster);
  await reply(...outcomeListView({ run, list, muted, blind }));
}

/** The same checks of the same part of the cluster; or, where some told nothing, all of all of it. */
async function runAgain(
  ports: RunButtonPorts,
  context: ClickContext,
  { whole }: { readonly whole: boolean },
): Promise<void> {
  const { click, reply } = context;
  const run = await ports.runs.get(runIdOf(context));
  if (run === undefined || click.at === undefined)
    return reply(noticeView(checkTexts.replies.notKeptCommand));
  const asked = askedChecks(run);
  const request = {
    cluster: run.cluster,
    checks: whole || asked.length >= ports.checks.length ? [] : asked,
    scope: (whole ? undefined : run.scope) ?? wholeCluster,
    requestedBy: click.who,
    channel: click.at.channel,
    threadTs: click.threadTs,
  };
  await requestCheck(ports, request, reply);
}
