import type { App } from '@slack/bolt';
import { actionIds, anyOf } from '../kit/action-ids.js';
import { decodeValue } from '../kit/action-values.js';
import { noticeView, refusalView } from '../kit/notices.js';
import { type ClickContext, onClick } from '../listeners/on-click.js';
import type { SlackServices } from '../slack-services.js';
import { isOutcomeList, outcomeListView } from './views/outcome-lists.js';

/** The buttons of a check: Cancel while it runs, lists and Check again when it has ended. */
export function onRunButtons(app: App, services: SlackServices): void {
  const on = { app, services };
  onClick(on, actionIds.cancelRun, cancelRun);
  onClick(on, anyOf(actionIds.listOutcome), (context) =>
    listOutcome(context, { runId: runIdOf(context), list: context.click.actionId.split(':')[1] }),
  );
  onClick(on, actionIds.pickList, (context) =>
    listOutcome(context, { runId: context.click.blockId.replace(/^lists:/, ''), list: context.click.value }),
  );
  onClick(on, actionIds.runAgain, runAgain);
}

const runIdOf = ({ click }: ClickContext): string => decodeValue('run', click.value)?.r ?? '';

async function cancelRun(context: ClickContext): Promise<void> {
  const { services, click, reply } = context;
  const runId = runIdOf(context);
  const running = (await services.queues.running()).find((run) => run.runId === runId);
  if (running === undefined) return reply(noticeView('That check has already ended.'));
  const may = await services.approvals.may('ask', click.who, running.job.cluster);
  if (!may.ok) return reply(refusalView(may));
  const stopped = await services.queues.cancelCheck(runId);
  if (!stopped) await reply(noticeView('That check has already ended.'));
}

async function listOutcome(
  { services, click, reply }: ClickContext,
  { runId, list }: { runId: string; list: string | undefined },
): Promise<void> {
  const run = await services.runs.get(runId);
  if (run === undefined) return reply(noticeView('That result is not kept any more. Please check again.'));
  const may = await services.approvals.maySee(click.who, run.cluster);
  if (!may.ok) return reply(refusalView(may));
  if (list === undefined || !isOutcomeList(list)) return;
  const blind = services.catalog.all.flatMap(({ title, blind: text }) =>
    text === undefined ? [] : [{ title, blind: text }],
  );
  const muted = await services.mutes.active(run.cluster);
  await reply(...outcomeListView({ run, list, muted, blind }));
}

async function runAgain(context: ClickContext): Promise<void> {
  const { services, click, reply } = context;
  const run = await services.runs.get(runIdOf(context));
  if (run === undefined || click.at === undefined)
    return reply(noticeView('That result is not kept any more. Use /acknet check.'));
  const may = await services.approvals.may('ask', click.who, run.cluster);
  if (!may.ok) return reply(refusalView(may));
  const catalogue = services.checks.length;
  const { joined } = await services.queues.check({
    cluster: run.cluster,
    checks: run.checks.length < catalogue ? run.checks.map(({ id }) => id) : [],
    scope: { namespaces: [] },
    requestedBy: click.who,
    channel: click.at.channel,
    ...(click.threadTs !== undefined && { threadTs: click.threadTs }),
  });
  if (joined) await reply(noticeView(`A check of ${run.cluster} is already under way; yours joins it.`));
}
