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
import { encodeValue } from '../kit/action-values.js';
import { refusalView } from '../kit/notices.js';
import type { OpenModal } from '../listeners/open-modal.js';
import type { Poster } from '../wire/create-poster.js';
import { lacksParameters, parameterNames, readParameters } from './parameter-fields.js';
import { type ProposePorts, proposeFix } from './propose-fix.js';
import { type AnnouncePorts, announceFix } from './start/announce-fix.js';
import { startFields, startForm } from './start/start-form.js';
import type { Start } from './start/start-of.js';
import { readTarget, targetText } from './start/target-text.js';
import { fillView } from './views/fill-in.js';

interface FixPorts extends ProposePorts, Pick<AnnouncePorts, 'permalink'> {
  readonly approvals: Pick<Approvals, 'may' | 'mayPropose' | 'terms'>;
  readonly clusters: ProposePorts['clusters'] & ClusterNaming['clusters'];
  readonly config: ClusterNaming['config'] & AnnouncePorts['config'];
  readonly remediations: readonly Remediation[];
  readonly poster: Pick<Poster, 'say'>;
  readonly openModal: OpenModal;
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
    refuseOtherKeys(remediation, Object.keys(given));
    const params = readParameters(remediation.params, given);
    if (lacksParameters(remediation.params, params, target !== undefined))
      return askInForm(ports, context, { cluster, remediation, given, target });
    await proposeFix(ports, {
      remediation,
      cluster,
      target,
      params,
      requestedBy: who,
      openThread: () => announceFix(ports, context, { cluster, title: remediation.title }),
    });
  };

/** A form, or where none can be opened from here, the button that opens it. Throws where it could lead to no change. */
async function askInForm(ports: FixPorts, context: CommandContext, start: Start): Promise<void> {
  const { channel, threadTs, triggerId, reply } = context;
  const { cluster, remediation, given, target } = start;
  const value = {
    m: remediation.id,
    c: cluster,
    p: { ...given },
    ch: channel,
    ts: threadTs,
    t: target && targetText(target),
  };
  const fields = await startFields(ports, start, { refusing: true });
  if (triggerId !== undefined) {
    const view = startForm(start, value, { fields });
    const isOpen = await ports.openModal(triggerId, view).then(
      () => true,
      () => false,
    );
    if (isOpen) return;
  }
  await reply(fillView(remediation.title, cluster, encodeValue('fix', value)));
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
  return { target: target === undefined ? undefined : targetOf(target), given };
}

/** A slip must not make a fix of what was not asked for. */
function refuseOtherKeys({ id, params }: Remediation, given: readonly string[]): void {
  const names = parameterNames(params);
  const key = given.find((one) => !names.includes(one));
  if (key === undefined) return;
  const near = nearestName(key, [...names, 'target']);
  const takes =
    names.length === 0 ? fixTexts.takesNone : fixTexts.takesValues(names.map((one) => `${one}=`).join(', '));
  throw new AcknetError('usage.invalid', fixTexts.noSuchValue({ key, fix: id }), {
    hint: near === undefined ? takes : fixTexts.didYouMean(`${near}=`),
  });
}

function targetOf(text: string): ObjectRef {
  const target = readTarget(text);
  if (target === undefined) throw usage('fix', fixTexts.badTarget(text));
  return target;
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
