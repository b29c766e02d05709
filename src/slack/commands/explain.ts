import type { Check } from '../../checks/judging/define-check.js';
import type { Config } from '../../config/config.js';
import { AcknetError } from '../../errors.js';
import type { Intent } from '../../intents/intent.js';
import { nearestName } from '../../nearest-name.js';
import type { Remediation } from '../../remediations/define-remediation.js';
import { commandTexts } from '../../texts/commands.js';
import { explainFixView } from '../fixes/explain-fix.js';
import type { SlackMessage } from '../kit/message.js';
import type { IntentCatalogue } from '../questions/intent-catalogue.js';
import { composeShown } from '../questions/render/compose-shown.js';
import { knownFacts, type Rendering } from '../questions/render/render-answer.js';
import { entryView } from '../questions/views/entry.js';
import type { Command, CommandContext } from './command-context.js';
import { explainCheckView } from './lists.js';
import { type ClusterNaming, defaultCluster } from './pick-clusters.js';
import { type SightPorts, visible } from './visible-clusters.js';

interface ExplainPorts extends SightPorts, ClusterNaming, Pick<Rendering, 'facts'> {
  readonly config: ClusterNaming['config'] & Pick<Config, 'clusters'>;
  readonly checks: readonly Check[];
  readonly remediations: readonly Remediation[];
  readonly catalogue: Pick<IntentCatalogue, 'all' | 'get' | 'pick' | 'withTitles'>;
}

type Asked = Pick<CommandContext, 'who' | 'channel'>;

/** `explain <name>`: a fix, an entry, a check or one of its findings. An entry comes before the check of its name. */
export const explainCommand =
  (ports: ExplainPorts): Command =>
  async ({ command, who, channel, reply }) => {
    const { checks, remediations, catalogue } = ports;
    const [wanted = ''] = command.words;
    const fix = remediations.find(({ id }) => id === wanted);
    if (fix !== undefined) return reply(await explainFix(ports, fix, { who, channel }));
    const entry = catalogue.get(wanted);
    const check = namedCheck(checks, wanted);
    if (entry === undefined && check === undefined) throw unknownName(ports, wanted);
    return reply(
      ...(entry === undefined ? [] : await explainEntry(ports, entry, { who, channel })),
      ...(check === undefined ? [] : explainCheck(ports, check, wanted)),
    );
  };

/** As it holds for the channel's cluster, where the person may see that. */
async function explainEntry(
  ports: ExplainPorts,
  intent: Intent,
  { who, channel }: Asked,
): Promise<SlackMessage[]> {
  const own = defaultCluster(ports, channel);
  const isSeen = own !== undefined && (await ports.approvals.maySee(who, own)).ok;
  const known = await knownFacts(ports, isSeen ? own : undefined);
  const facts = 'facts' in known ? known.facts : undefined;
  return entryView({ intent, answer: composeShown(ports.catalogue, intent, facts), facts });
}

function explainCheck(
  { catalogue, remediations }: ExplainPorts,
  check: Check,
  wanted: string,
): SlackMessage[] {
  const entries = catalogue.pick(check.intents);
  return explainCheckView(check, {
    remediations,
    byCommand: [...new Set(entries.flatMap((entry) => entry.remediations))],
    entries: entries.map(({ title }) => title),
    finding: wanted === check.id ? undefined : wanted,
  });
}

async function explainFix(
  ports: ExplainPorts,
  fix: Remediation,
  { who, channel }: Asked,
): Promise<SlackMessage> {
  const all = Object.entries(ports.config.clusters).map(([cluster, { approvers }]) => ({
    cluster,
    approvers,
  }));
  const seen = await visible(ports, who, all);
  const own = defaultCluster(ports, channel);
  const approvers = own === undefined ? seen : seen.filter(({ cluster }) => cluster === own);
  const names = approvers.map(({ cluster }) => cluster);
  return explainFixView(fix, { approvers, cluster: await fitting(ports, fix, names) });
}

/** Looked at, all at once, for the plugin that they run. */
const LOOKED_AT = 10;

/** A cluster that the fix is for; none where each runs another plugin, or tells nothing. */
async function fitting(
  { catalogue, facts }: ExplainPorts,
  { intent }: Remediation,
  names: readonly string[],
): Promise<string | undefined> {
  const only = catalogue.get(intent)?.plugin?.only;
  if (only === undefined) return names[0];
  const looked = names.slice(0, LOOKED_AT);
  const known = await Promise.all(looked.map(facts));
  return looked.find((_name, at) => {
    const one = known[at];
    return one !== undefined && 'facts' in one && one.facts.plugin === only;
  });
}

/** The check that this is, or whose finding it is. */
function namedCheck(catalogue: readonly Check[], wanted: string): Check | undefined {
  const check = catalogue.find(({ id }) => wanted === id || wanted.startsWith(`${id}.`));
  return check !== undefined && (wanted === check.id || findingsOf([check]).includes(wanted))
    ? check
    : undefined;
}

const findingsOf = (checks: readonly Check[]): string[] =>
  checks.flatMap(({ id, messages }) => Object.keys(messages).map((key) => `${id}.${key}`));

function unknownName({ checks, remediations, catalogue }: ExplainPorts, wanted: string): AcknetError {
  const ids = [checks, remediations, catalogue.all].flatMap((named) => named.map(({ id }) => id));
  const near = nearestName(wanted, [...ids, ...findingsOf(checks)]);
  return new AcknetError('usage.invalid', commandTexts.explain.unknown(wanted), {
    hint: near === undefined ? commandTexts.explain.listed : commandTexts.faults.didYouMean(near),
  });
}
