import { AcknetError } from '../../errors.js';
import type { Command, CommandContext } from '../commands/command-context.js';
import { usage } from '../commands/parse-command.js';
import { nearestName } from '../kit/nearest-name.js';
import { noticeView, refusalView } from '../kit/notices.js';

/** `fleet <check> [check…]`: the same checks on every cluster the asker may ask about. */
export const fleet: Command = async (context) => {
  const { services, who, channel, threadTs, reply } = context;
  const checks = readChecks(context);
  const { names } = services.clusters;
  if (names.length === 0) return reply(noticeView('No clusters are configured.'));
  const answers = await Promise.all(
    names.map(async (name) => ({ name, may: await services.approvals.may('ask', who, name) })),
  );
  const refused = answers.flatMap(({ name, may }) => (may.ok ? [] : [{ name, may }]));
  if (refused[0] !== undefined && refused.length === answers.length)
    return reply(refusalView(refused[0].may));
  await services.fleets.start({
    checks: [...checks],
    clusters: answers.filter(({ may }) => may.ok).map(({ name }) => name),
    leftOut: refused.map(({ name, may }) => ({ name, why: may.reason })),
    requestedBy: who,
    channel,
    ...(threadTs !== undefined && { threadTs }),
  });
};

function readChecks({ services, command }: CommandContext): readonly string[] {
  const catalogue = services.checks.map(({ id }) => id);
  const words = command.words.flatMap((word) => word.split(',')).filter((word) => word !== '');
  const stray = words.find((word) => !catalogue.includes(word));
  if (stray === undefined) return [...new Set(words)];
  if (services.clusters.names.includes(stray))
    throw usage('fleet', `It asks every cluster. For ${stray} alone: /acknet check ${command.rest}`);
  const near = nearestName(stray, catalogue);
  throw new AcknetError('usage.invalid', `There is no check "${stray}".`, {
    hint: `${near === undefined ? '' : `Did you mean ${near}? `}/acknet checks lists them all.`,
  });
}
