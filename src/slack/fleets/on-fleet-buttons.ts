import type { App } from '@slack/bolt';
import { askedChecks } from '../../engine/checking/asked-checks.js';
import { wholeCluster } from '../../engine/checking/run-scope.js';
import type { RunStore } from '../../jobs/check/create-run-store.js';
import type { Queues } from '../../jobs/queues/queues.js';
import { fleetTexts } from '../../texts/fleets.js';
import { cancelChecks } from '../checks/cancel-checks.js';
import { type RequestCheckPorts, requestCheck } from '../checks/request-check.js';
import { actionIds } from '../kit/action-ids.js';
import { decodeValue } from '../kit/action-values.js';
import { noticeView, refusalView } from '../kit/notices.js';
import type { EphemeralPorts } from '../listeners/ephemeral-reply.js';
import { type ClickContext, onClick } from '../listeners/on-click.js';

interface FleetButtonPorts extends EphemeralPorts, RequestCheckPorts {
  readonly queues: RequestCheckPorts['queues'] & Pick<Queues, 'running' | 'cancelCheck'>;
  readonly runs: Pick<RunStore, 'get'>;
}

/** The buttons of a fleet's message: Cancel while it runs, and one a cluster for its whole check. */
export function onFleetButtons(app: App, ports: FleetButtonPorts): void {
  const on = { app, ports };
  onClick(on, actionIds.cancelFleet, (context) => cancel(ports, context));
  onClick(on, actionIds.openInFleet, (context) => open(ports, context));
}

async function cancel(ports: FleetButtonPorts, { click, reply }: ClickContext): Promise<void> {
  const fleetId = decodeValue('run', click.value)?.r;
  const running = (await ports.queues.running()).filter(({ job }) => job.fleet === fleetId);
  if (fleetId === undefined || running.length === 0) return reply(noticeView(fleetTexts.alreadyEnded));
  const refusal = await cancelChecks(ports, click.who, running);
  if (refusal !== undefined) await reply(refusalView(refusal));
}

/** As `/acknet check <cluster> <check…>` in the thread of the message. */
async function open(ports: FleetButtonPorts, { click, reply }: ClickContext): Promise<void> {
  const run = await ports.runs.get(decodeValue('run', click.value)?.r ?? '');
  if (run === undefined || click.at === undefined) return reply(noticeView(fleetTexts.resultGone));
  const request = {
    cluster: run.cluster,
    checks: askedChecks(run),
    scope: run.scope ?? wholeCluster,
    requestedBy: click.who,
    channel: click.at.channel,
    threadTs: click.threadTs ?? click.at.ts,
  };
  await requestCheck(ports, request, reply);
}
