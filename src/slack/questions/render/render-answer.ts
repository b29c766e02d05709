import { blindText } from '../../../checks/judging/blind-text.js';
import type { Clusters } from '../../../cluster/ports.js';
import type { LookedUp } from '../../../engine/checking/look-up.js';
import type { AnswerFacts } from '../../../intents/answer-facts.js';
import type { Intent } from '../../../intents/intent.js';
import type { PassageKinds } from '../../../intents/passages/passage-kinds.js';
import type { Posting, SlackMessage } from '../../kit/message.js';
import type { ClusterFacts } from '../cluster-facts.js';
import type { Exchange } from '../exchange-store.js';
import type { IntentCatalogue } from '../intent-catalogue.js';
import { withoutNames } from '../name-cluster.js';
import { answerView, moreView } from '../views/answer.js';
import { tornView, unplacedView } from '../views/candidates.js';
import { composeShown } from './compose-shown.js';

/** The entries that checks are to tell apart: the candidates left, or those that begin like the one shown. */
export function tellableEntries(
  { catalogue }: Pick<Rendering, 'catalogue'>,
  exchange: Exchange,
): readonly Intent[] {
  const left = catalogue.pick(remaining(exchange));
  const shown = exchange.entry === undefined ? undefined : catalogue.get(exchange.entry);
  if (shown === undefined) return left.slice(0, TOLD_APART);
  const its = new Set(catalogue.checksOf(shown));
  const alike = left.filter(
    (intent) => intent.id !== shown.id && catalogue.checksOf(intent).some((check) => its.has(check)),
  );
  return alike.length === 0 ? [] : [shown, ...alike].slice(0, TOLD_APART);
}

const TOLD_APART = 4;

export interface Rendering {
  readonly catalogue: IntentCatalogue;
  readonly clusters: Pick<Clusters, 'names'>;
  readonly facts: ClusterFacts;
  /** Whether the account of a cluster is read too. */
  readonly isConnected: (cluster: string) => boolean;
  readonly passageKinds: PassageKinds;
  /** Reads what an entry asks for, within the time an answer has. */
  readonly lookUp: (cluster: string, intent: Intent) => Promise<LookedUp>;
}

interface RenderOptions {
  /** Entries that a second question in the same message may be about. */
  readonly besides?: readonly Intent[] | undefined;
}

/** What is known of a cluster, or why nothing is; neither where none was named. */
export async function knownFacts(
  { facts }: Pick<Rendering, 'facts'>,
  cluster: string | undefined,
): Promise<Awaited<ReturnType<ClusterFacts>> | Record<string, never>> {
  return cluster === undefined ? {} : facts(cluster);
}

/** An entry as the answer to an exchange, filled in from the exchange's cluster where one is known. */
export async function renderAnswer(
  ports: Rendering,
  { exchange, intent }: { exchange: Exchange; intent: Intent },
  options: RenderOptions = {},
): Promise<Posting> {
  const known = await knownFacts(ports, exchange.cluster);
  const facts = 'facts' in known ? known.facts : undefined;
  const here = await lookedUp(ports, exchange.cluster, intent);
  const rest = exchange.candidates.filter(({ id }) => id !== intent.id && !exchange.refused.includes(id));
  return answerView({
    intent,
    here,
    blind: here
      ? here.blind
      : blindText(intent, {
          checks: ports.catalogue.checks,
          connected: exchange.cluster !== undefined && ports.isConnected(exchange.cluster),
        }),
    answer: composeShown(ports.catalogue, intent, facts),
    exchange: exchange.id,
    cluster:
      exchange.cluster === undefined
        ? undefined
        : { name: exchange.cluster, ageSeconds: facts?.ageSeconds ?? 0 },
    factsMissing: 'missing' in known ? known.missing : undefined,
    clusters: ports.clusters.names,
    // Checks of the plugin that the cluster does not run could only say that they do not apply.
    checks: runsOther(intent, facts?.plugin) ? [] : ports.catalogue.checksOf(intent),
    hasOthers: rest.length > 0,
    alike: tellableEntries(ports, { ...exchange, entry: intent.id }).slice(1),
    besides: options.besides,
  });
}

/** What the cluster says of an entry that asks for that; undefined = it does not, or the cluster is not known. */
async function lookedUp(
  { clusters, lookUp }: Pick<Rendering, 'clusters' | 'lookUp'>,
  cluster: string | undefined,
  intent: Intent,
): Promise<LookedUp | undefined> {
  const isKnown = cluster !== undefined && clusters.names.includes(cluster);
  return intent.facts && isKnown ? lookUp(cluster, intent) : undefined;
}

/** Whether an entry is about the one plugin, and the cluster is known to run the other. */
const runsOther = ({ area }: Intent, plugin: AnswerFacts['plugin']): boolean =>
  plugin !== undefined && (area === 'terway' || area === 'flannel') && area !== plugin;

/** The rest of an entry. */
export async function renderMore(
  ports: Rendering,
  intent: Intent,
  cluster: string | undefined,
): Promise<Posting> {
  const known = await knownFacts(ports, cluster);
  const facts = 'facts' in known ? known.facts : undefined;
  const answered = intent.facts === true && cluster !== undefined && ports.isConnected(cluster);
  return moreView({ intent, answer: composeShown(ports.catalogue, intent, facts), answered });
}

/** The candidates that are left, as buttons. */
export function renderTorn(ports: Rendering, exchange: Exchange): SlackMessage {
  const entries = ports.catalogue.pick(remaining(exchange));
  return tornView({
    exchange: exchange.id,
    entries: entries.slice(0, 4),
    cluster: exchange.cluster,
    clusters: ports.clusters.names,
    tellable: entries.some((intent) => ports.catalogue.checksOf(intent).length > 0),
  });
}

export function renderUnplaced(ports: Rendering, exchange: Exchange): SlackMessage {
  const nearest = ports.catalogue.pick(remaining(exchange));
  const said = withoutNames(exchange.text, ports.clusters.names);
  return unplacedView({
    exchange: exchange.id,
    entries: (nearest.length > 0 ? nearest : ports.catalogue.nearest(said)).slice(0, 3),
    topics: ports.catalogue.all,
    looks: ports.catalogue.checksNamed(exchange.looks),
    cluster: exchange.cluster,
    clusters: ports.clusters.names,
  });
}

export const remaining = ({ candidates, refused }: Exchange): string[] =>
  candidates.map(({ id }) => id).filter((id) => !refused.includes(id));
