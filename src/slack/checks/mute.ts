import { AcknetError } from '../../errors.js';
import type { Command, CommandContext } from '../commands/command-context.js';
import { usage } from '../commands/parse-command.js';
import { defaultCluster } from '../commands/pick-clusters.js';
import { nearestName } from '../kit/nearest-name.js';
import { noticeView, refusalView } from '../kit/notices.js';

/** `mute <finding> [cluster] [--until DATE] <reason>` */
export const mute: Command = async (context) => {
  const { services, command, who } = context;
  const { finding, cluster, rest } = readSubject(context, 'mute');
  const reason = rest.join(' ');
  if (reason.length < 3) throw usage('mute', 'Say why it is muted.');
  const until = readDate(command.options.until, services.now());
  const may = await services.approvals.may('mute', who, cluster);
  if (!may.ok) return context.reply(refusalView(may));
  const muted = await services.mutes.add({ cluster, finding, reason, by: who, ...(until && { until }) });
  return context.reply(
    noticeView(
      `${finding} is muted on ${cluster} until ${muted.until.slice(0, 10)}: ${reason}. It is still counted and listed.`,
    ),
  );
};

export const unmute: Command = async (context) => {
  const { services, who } = context;
  const { finding, cluster } = readSubject(context, 'unmute');
  const may = await services.approvals.may('mute', who, cluster);
  if (!may.ok) return context.reply(refusalView(may));
  const removed = await services.mutes.remove(cluster, finding, who);
  return context.reply(
    noticeView(
      removed ? `${finding} is shown again on ${cluster}.` : `${finding} was not muted on ${cluster}.`,
    ),
  );
};

function readSubject(
  context: CommandContext,
  name: 'mute' | 'unmute',
): { finding: string; cluster: string; rest: readonly string[] } {
  const { checks, clusters } = context.services;
  const [finding, ...words] = context.command.words;
  const known = checks.flatMap(({ id, messages }) => Object.keys(messages).map((key) => `${id}.${key}`));
  if (finding === undefined)
    throw usage(name, 'Which finding? It stands under each finding, e.g. flannel-cni-version.missing.');
  if (!known.includes(finding)) {
    const near = nearestName(finding, known);
    throw new AcknetError('usage.invalid', `There is no finding "${finding}".`, {
      hint: near === undefined ? 'Its id stands under each finding in a result.' : `Did you mean ${near}?`,
    });
  }
  const [first, ...after] = words;
  if (first !== undefined && clusters.names.includes(first)) return { finding, cluster: first, rest: after };
  const cluster = defaultCluster(context);
  if (cluster === undefined) throw usage(name, `On which cluster? Known: ${clusters.names.join(', ')}.`);
  return { finding, cluster, rest: words };
}

function readDate(text: string | undefined, now: Date): Date | undefined {
  if (text === undefined) return undefined;
  const date = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T23:59:59Z` : text);
  if (Number.isNaN(date.getTime())) throw usage('mute', `--until ${text} is not a date such as 2026-12-31.`);
  if (date <= now) throw usage('mute', `--until ${text} is in the past.`);
  return date;
}
