import type { Approvals } from '../../approvals/create-approvals.js';
import type { ObjectRef } from '../../cluster/ports.js';
import { AcknetError } from '../../errors.js';
import { nearestName } from '../../nearest-name.js';
import type { Remediation } from '../../remediations/define-remediation.js';
import { fixTexts } from '../../texts/fixes.js';
import type { Command, CommandContext } from '../commands/command-context.js';
import { usage } from '../commands/parse-command.js';
import {
  type ClusterNaming,
  defaultCluster,
  knownClusters,
  pickClusters,
  unknownCluster,
} from '../commands/pick-clusters.js';
import { section } from '../kit/blocks.js';
import { escapeMrkdwn, mentionUser } from '../kit/mrkdwn.js';
import { refusalView } from '../kit/notices.js';
import type { Poster } from '../wire/create-poster.js';
import { readParameters } from './parameter-fields.js';
import { type ProposePorts, proposeFix } from './propose-fix.js';

interface FixPorts extends ProposePorts {
  readonly approvals: Pick<Approvals, 'may' | 'mayPropose' | 'terms'>;
  readonly clusters: ProposePorts['clusters'] & ClusterNaming['clusters'];
  readonly config: ClusterNaming['config'];
  readonly remediations: readonly Remediation[];
  readonly poster: Pick<Poster, 'say'>;
}

/** `fix <remediation> <cluster> [key=value…]`; `target=Node/cn-hangzhou.10.0.0.1` names the object it is for. */
export const fixCommand =
  (ports: FixPorts): Command =>
  async (context) => {
    const { command, who, channel, reply } = context;
    const [id, ...words] = command.words;
    const remediation = namedRemediation(ports.remediations, id);
    const cluster = clusterOf(ports, channel, words);
    const may = await ports.approvals.may('ask', who, cluster);
    if (!may.ok) return reply(refusalView(may));
    const { target, given } = readPairs(words);
    await proposeFix(ports, {
      remediation,
      cluster,
      target,
      params: readParameters(remediation.params, given),
      requestedBy: who,
      openThread: () => announce(ports, context, { cluster, title: remediation.title }),
    });
  };

/** What the card stands below: a slash command leaves no message of its own. */
async function announce(
  { poster }: FixPorts,
  { who, channel, threadTs }: CommandContext,
  { cluster, title }: { readonly cluster: string; readonly title: string },
): Promise<{ channel: string; threadTs: string }> {
  const root = await poster.say(
    { channel, threadTs },
    {
      text: fixTexts.askedAbove(cluster, title),
      blocks: [
        section(fixTexts.askedAboveBy(mentionUser(who.user), escapeMrkdwn(cluster), escapeMrkdwn(title))),
      ],
    },
  );
  return { channel, threadTs: threadTs ?? root.ts };
}

function clusterOf(ports: FixPorts, channel: string, words: readonly string[]): string {
  const { names } = ports.clusters;
  const plain = words.filter((word) => !word.includes('='));
  const { clusters, others } = pickClusters(names, plain);
  if (others[0] !== undefined) throw unknownCluster(others[0], names);
  const cluster = clusters[0] ?? defaultCluster(ports, channel);
  if (cluster === undefined || clusters.length > 1)
    throw usage('fix', fixTexts.forWhichCluster(knownClusters(names)));
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
  if (!kind || !name) throw usage('fix', fixTexts.badTarget(text));
  return { kind, name, namespace };
}

function namedRemediation(remediations: readonly Remediation[], id: string | undefined): Remediation {
  const known = remediations.map((remediation) => remediation.id);
  if (id === undefined) throw usage('fix', fixTexts.whichFix(known.join(', ')));
  const found = remediations.find((remediation) => remediation.id === id);
  if (found !== undefined) return found;
  const near = nearestName(id, known);
  throw new AcknetError('usage.invalid', fixTexts.noSuchFix(id), {
    hint: near === undefined ? fixTexts.known(known.join(', ')) : fixTexts.didYouMean(near),
  });
}
