import type { App } from '@slack/bolt';
import { cancelChecks } from '../checks/cancel-checks.js';
import { actionIds } from '../kit/action-ids.js';
import { decodeValue } from '../kit/action-values.js';
import { noticeView, refusalView } from '../kit/notices.js';
import { type ClickContext, onClick } from '../listeners/on-click.js';
import type { SlackServices } from '../slack-services.js';

/** The buttons of a fleet's message: Cancel while it runs, and one a cluster for its whole check. */
export function onFleetButtons(app: App, services: SlackServices): void {
  const on = { app, services };
  onClick(on, actionIds.cancelFleet, cancel);
  onClick(on, actionIds.openInFleet, open);
}

async function cancel({ services, click, reply }: ClickContext): Promise<void> {
  const fleetId = decodeValue('run', click.value)?.r;
  const running = (await services.queues.running()).filter(({ job }) => job.fleet === fleetId);
  if (fleetId === undefined || running.length === 0)
    return reply(noticeView('Those checks have already ended.'));
  const refusal = await cancelChecks(services, click.who, running);
  if (refusal !== undefined) await reply(refusalView(refusal));
}

/** As `/acknet check <cluster> <check…>` in the thread of the message. */
async function open({ services, click, reply }: ClickContext): Promise<void> {
  const run = await services.runs.get(decodeValue('run', click.value)?.r ?? '');
  if (run === undefined || click.at === undefined)
    return reply(noticeView('That result is not kept any more. Use /acknet check.'));
  const may = await services.approvals.may('ask', click.who, run.cluster);
  if (!may.ok) return reply(refusalView(may));
  const { joined } = await services.queues.check({
    cluster: run.cluster,
    checks: run.checks.map(({ id }) => id),
    scope: { namespaces: [] },
    requestedBy: click.who,
    channel: click.at.channel,
    threadTs: click.threadTs ?? click.at.ts,
  });
  if (joined) await reply(noticeView(`A check of ${run.cluster} is already under way; yours joins it.`));
}
