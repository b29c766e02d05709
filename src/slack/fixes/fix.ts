import type { ObjectRef } from '../../cluster/ports.js';
import { AcknetError } from '../../errors.js';
import type { Command, CommandContext } from '../commands/command-context.js';
import { usage } from '../commands/parse-command.js';
import { defaultCluster, pickClusters, unknownCluster } from '../commands/pick-clusters.js';
import { section } from '../kit/blocks.js';
import { onWire } from '../kit/message.js';
import { escapeMrkdwn, mentionUser } from '../kit/mrkdwn.js';
import { nearestName } from '../kit/nearest-name.js';
import { refusalView } from '../kit/notices.js';
import { slackFault } from '../wire/slack-error.js';
import { readParameters } from './parameter-fields.js';
import { proposeFix } from './propose-fix.js';

/** `fix <remediation> <cluster> [key=value…]`; `target=Node/cn-hangzhou.10.0.0.1` names the object it is for. */
export const fix: Command = async (context) => {
  const { services, command, who } = context;
  const { remediations } = services;
  const [id, ...words] = command.words;
  if (id === undefined)
    throw usage('fix', `Which fix? Known: ${remediations.map((remediation) => remediation.id).join(', ')}.`);
  const remediation = remediations.find((candidate) => candidate.id === id);
  if (remediation === undefined)
    throw unknownRemediation(
      id,
      remediations.map((known) => known.id),
    );

  const cluster = clusterOf(context, words);
  const may = await services.approvals.may('ask', who, cluster);
  if (!may.ok) return context.reply(refusalView(may));
  const { target, given } = readPairs(words);
  const params = readParameters(remediation.params, given);
  await proposeFix(services, {
    ...{ remediation, cluster, params, target },
    requestedBy: who,
    openThread: () => announce(context, cluster, remediation.title),
  });
};

/** What the card stands below: a slash command leaves no message of its own. */
async function announce(
  { services, who, channel, threadTs }: CommandContext,
  cluster: string,
  title: string,
): Promise<{ channel: string; threadTs: string }> {
  const root = await services.client.chat
    .postMessage({
      channel,
      ...onWire({
        text: `A fix for ${cluster} is asked for: ${title}`,
        blocks: [
          section(
            `${mentionUser(who.user)} asks for a fix of *${escapeMrkdwn(cluster)}*: ${escapeMrkdwn(title)}`,
          ),
        ],
      }),
      ...(threadTs !== undefined && { thread_ts: threadTs }),
    })
    .catch((error: unknown) => {
      throw slackFault(error, 'post here');
    });
  return { channel, threadTs: threadTs ?? root.ts ?? '' };
}

function clusterOf(context: CommandContext, words: readonly string[]): string {
  const { names } = context.services.clusters;
  const plain = words.filter((word) => !word.includes('='));
  const { clusters, others } = pickClusters(context, plain);
  if (others[0] !== undefined) throw unknownCluster(others[0], names);
  const cluster = clusters[0] ?? defaultCluster(context);
  if (cluster === undefined || clusters.length > 1)
    throw usage('fix', `Name one cluster of ${names.join(', ')}.`);
  return cluster;
}

function readPairs(words: readonly string[]): {
  target: ObjectRef | undefined;
  given: Record<string, string>;
} {
  const pairs = words
    .filter((word) => word.includes('='))
    .map((word): [string, string] => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]);
  const given = Object.fromEntries(pairs.filter(([key]) => key !== 'target'));
  const target = pairs.find(([key]) => key === 'target')?.[1];
  return { target: target === undefined ? undefined : readTarget(target), given };
}

/** `Kind/name` or `Kind/namespace/name`. */
function readTarget(text: string): ObjectRef {
  const [kind, ...rest] = text.split('/');
  const name = rest.pop();
  const namespace = rest.pop();
  if (!kind || !name) throw usage('fix', `target=${text} is not Kind/name or Kind/namespace/name.`);
  return { kind, name, ...(namespace !== undefined && { namespace }) };
}

function unknownRemediation(id: string, known: readonly string[]): AcknetError {
  const near = nearestName(id, known);
  return new AcknetError('usage.invalid', `There is no fix "${id}".`, {
    hint: near === undefined ? `Known: ${known.join(', ')}.` : `Did you mean ${near}?`,
  });
}
