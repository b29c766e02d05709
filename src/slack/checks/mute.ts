import type { Approvals } from '../../approvals/create-approvals.js';
import type { Mutes } from '../../approvals/create-mutes.js';
import type { Check } from '../../checks/judging/define-check.js';
import { AcknetError } from '../../errors.js';
import { nearestName } from '../../nearest-name.js';
import { checkTexts } from '../../texts/checks.js';
import type { Command, CommandContext } from '../commands/command-context.js';
import { usage } from '../commands/parse-command.js';
import { type ClusterNaming, defaultCluster, knownClusters } from '../commands/pick-clusters.js';
import { noticeView, refusalView } from '../kit/notices.js';

const { mute: texts } = checkTexts;

interface MutePorts extends ClusterNaming {
  readonly approvals: Pick<Approvals, 'may'>;
  readonly mutes: Pick<Mutes, 'add' | 'remove'>;
  readonly checks: readonly Check[];
  readonly now: () => Date;
}

/** `mute <finding> [cluster] [--until DATE] <reason>` */
export const muteCommand =
  (ports: MutePorts): Command =>
  async (context) => {
    const { command, who, reply } = context;
    const { finding, cluster, rest } = readSubject(ports, context, 'mute');
    const reason = rest.join(' ');
    if (reason.length < 3) throw usage('mute', texts.why);
    const until = readDate(command.options.until, ports.now());
    const may = await ports.approvals.may('mute', who, cluster);
    if (!may.ok) return reply(refusalView(may));
    const muted = await ports.mutes.add({ cluster, finding, reason, by: who, until });
    return reply(noticeView(texts.muted({ finding, cluster, until: muted.until.slice(0, 10), reason })));
  };

export const unmuteCommand =
  (ports: MutePorts): Command =>
  async (context) => {
    const { who, reply } = context;
    const { finding, cluster } = readSubject(ports, context, 'unmute');
    const may = await ports.approvals.may('mute', who, cluster);
    if (!may.ok) return reply(refusalView(may));
    const removed = await ports.mutes.remove(cluster, finding, who);
    return reply(noticeView(removed ? texts.shownAgain(finding, cluster) : texts.wasNot(finding, cluster)));
  };

function readSubject(
  ports: MutePorts,
  { command, channel }: CommandContext,
  name: 'mute' | 'unmute',
): { finding: string; cluster: string; rest: readonly string[] } {
  const { names } = ports.clusters;
  const [finding, ...words] = command.words;
  const known = ports.checks.flatMap(({ id, messages }) =>
    Object.keys(messages).map((key) => `${id}.${key}`),
  );
  if (finding === undefined) throw usage(name, texts.which);
  if (!known.includes(finding)) {
    const near = nearestName(finding, known);
    throw new AcknetError('usage.invalid', texts.noSuch(finding), {
      hint: near === undefined ? texts.idsStand : texts.didYouMean(near),
    });
  }
  const [first, ...after] = words;
  if (first !== undefined && names.includes(first)) return { finding, cluster: first, rest: after };
  const cluster = defaultCluster(ports, channel);
  if (cluster === undefined) throw usage(name, texts.where(knownClusters(names)));
  return { finding, cluster, rest: words };
}

function readDate(text: string | undefined, now: Date): Date | undefined {
  if (text === undefined) return undefined;
  const date = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T23:59:59Z` : text);
  if (Number.isNaN(date.getTime())) throw usage('mute', texts.noDate(text));
  if (date <= now) throw usage('mute', texts.past(text));
  return date;
}
