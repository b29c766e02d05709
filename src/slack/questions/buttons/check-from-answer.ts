import { wholeCluster } from '../../../engine/checking/run-scope.js';
import { type CheckRequest, requestCheck } from '../../checks/request-check.js';
import { decodeValue } from '../../kit/action-values.js';
import type { ClickContext } from '../../listeners/on-click.js';
import type { Exchange } from '../exchange-store.js';
import { tellableEntries } from '../render/render-answer.js';
import { type AnswerButtonPorts, clickedExchange, type HandleClick, outdated } from './clicked-exchange.js';

/** The checks of the entry shown. */
export const checkForEntry: HandleClick = async (ports, context) => {
  const value = decodeValue('entry', context.click.value);
  const exchange = await clickedExchange(ports, context, value?.x);
  const intent = value === undefined ? undefined : ports.catalogue.get(value.e);
  const cluster = exchange?.cluster ?? value?.c;
  if (exchange === undefined) return;
  if (intent === undefined || cluster === undefined) return context.reply(outdated);
  const checks = ports.catalogue.checksOf(intent).map(({ id }) => id);
  await startCheck(ports, context, { exchange, cluster, checks });
};

/** The checks behind the entries that could be meant. */
export const tellApart: HandleClick = async (ports, context) => {
  const chosen = await clickedCluster(ports, context, 'tell:');
  if (chosen !== undefined) await tellApartOn(ports, context, chosen);
};

interface OnCluster {
  readonly exchange: Exchange;
  readonly cluster: string;
}

export async function tellApartOn(
  ports: AnswerButtonPorts,
  context: ClickContext,
  chosen: OnCluster,
): Promise<void> {
  const entries = tellableEntries(ports, chosen.exchange);
  const checks = entries.flatMap((intent) => ports.catalogue.checksOf(intent)).map(({ id }) => id);
  await startCheck(ports, context, {
    ...chosen,
    checks: [...new Set(checks)],
    entries: entries.map(({ id }) => id),
  });
}

/** The checks that were offered where no entry is about it. */
export const lookFor: HandleClick = async (ports, context) => {
  const chosen = await clickedCluster(ports, context, 'look:');
  if (chosen === undefined) return;
  const checks = ports.catalogue.checksNamed(chosen.exchange.looks).map(({ id }) => id);
  if (checks.length === 0) return context.reply(outdated);
  await startCheck(ports, context, { ...chosen, checks });
};

/** The cluster of a button, or one that is chosen from a menu. */
async function clickedCluster(
  ports: AnswerButtonPorts,
  context: ClickContext,
  prefix: string,
): Promise<OnCluster | undefined> {
  const { click } = context;
  const value = decodeValue('cluster', click.value);
  const id = value?.x ?? (click.blockId.startsWith(prefix) ? click.blockId.slice(prefix.length) : undefined);
  const exchange = await clickedExchange(ports, context, id);
  if (exchange === undefined) return undefined;
  const cluster = ports.clusters.names.find((name) => name === (value?.c ?? click.value));
  if (cluster === undefined) await context.reply(outdated);
  return cluster === undefined ? undefined : { exchange, cluster };
}

async function startCheck(
  ports: AnswerButtonPorts,
  { click, reply }: ClickContext,
  { exchange, ...asked }: Pick<CheckRequest, 'cluster' | 'checks' | 'entries'> & { exchange: Exchange },
): Promise<void> {
  const { channel, threadTs } = exchange;
  const request = { ...asked, scope: wholeCluster, requestedBy: click.who, channel, threadTs };
  await requestCheck(ports, request, reply);
}
