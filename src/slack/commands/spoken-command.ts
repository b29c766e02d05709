import { nearestName } from '../../nearest-name.js';

const LONGEST = 120;
const BARE = /^(?:help|cancel|checks|status|pending|history|clusters|schedules|version)$/;
const ALL = new Set(['all', 'every', 'everything', 'fleet']);

/** Said around a command without changing it. */
const COURTESY =
  /^(?:please|pls|plz|kindly|hey|hi|hello|acknet|bot|can|could|would|will|you|u|now|again|thanks|thank|thx|for|me|us|quickly|just|once|more|run|start|do|a|an|the)$/;
const VERBS = new Set([
  ...['check', 'recheck', 're-check', 'inspect', 'examine', 'diagnose', 'checking', 'scan', 'verify', 'test'],
]);
/** Words that may stand between "check" and what is to be checked. */
const BETWEEN =
  /^(?:on|of|in|at|cluster|clusters|our|my|whole|and|is|up|out|if|whether|them|these|those|fleet)$/;
const WELL =
  /^(?:ok|okay|fine|healthy|good|alright|well|broken|down|up|sick|unhealthy|working|happy|doing|looking|status|state|health|of|how|is|are|whats|what|everything|there|in|with|wrong|any|anything|something|problem|problems|issue|issues|trouble|does|looks|feels|feeling|today)$/;
/** Words that ask to look at what is named beside them. */
const LOOKS =
  /^(?:look|looking|into|at|take|have|glance|see|scan|verify|test|inspect|health|healthcheck|health-check|check|checks|checkup|check-up|diagnostics|diagnosis|检查|检查一下|看看|看一下|帮我|帮我看看|帮忙|请|正常吗|怎么样|还好吗|有问题吗|好吗)$/;
/** What the lists are asked for with, courtesies left out. */
const LISTED: Readonly<Record<string, RegExp>> = {
  clusters:
    /^(?:list|show|give|name|which|what)(?: (?:all|of|our|my|your))* clusters(?: (?:know|see|have|are|is|there|we|configured|connected))*$/,
  checks: /^(?:list|show|which|what)(?: (?:all|of|your))* checks(?: (?:know|have|are|there))*$/,
  pending:
    /^(?:(?:list|show|which|what)(?: (?:all|is|are|of))* (?:pending|open) (?:fixes|approvals|cards|proposals)|(?:list|show) pending|what is (?:waiting|pending)(?: approval)?)$/,
  history:
    /^(?:(?:list|show) (?:of )?history|what (?:was|has been|did) (?:fixed|fix)(?: (?:lately|recently|so|far|here))*)$/,
  version: /^(?:which|what) version (?:are|of this is)$/,
  status: /^(?:show|give|what is)(?: of)? status$/,
};

interface Spoken {
  readonly clusters: readonly string[];
  readonly isCheck: (word: string) => boolean;
  /** Whether a text names something that questions are about. */
  readonly isOfTheField: (text: string) => boolean;
}

/**
 * The command in plain words, as it would stand after `/acknet`; undefined = a question. Each word must be part of the
 * command or a courtesy, so that "check why my pods…" is a question, and "check cluster-x please" a command.
 */
export function spokenCommand(said: string, known: Spoken): string | undefined {
  if (said.length > LONGEST) return undefined;
  const words = said
    .replace(/^\/?acknet\b/i, ' ')
    .replace(/[—–](?=\w)/g, '--')
    .split(/[\s,]+/)
    .map((word) => word.replace(/[?!.;:'’"]{1,20}$/g, '').replace(/^["'“]+/, ''))
    .filter((word) => word !== '');
  const [only = '', ...more] = words.filter((word) => !COURTESY.test(word.toLowerCase()));
  if (more.length === 0 && BARE.test(only.toLowerCase())) return only.toLowerCase();
  return spokenCheck(words, known) ?? askedAfter(words, known) ?? spokenList([only, ...more]);
}

/** "list clusters", "what is waiting for approval?" */
function spokenList(words: readonly string[]): string | undefined {
  const said = words
    .join(' ')
    .toLowerCase()
    .replace(/^what's\b/, 'what is');
  return Object.keys(LISTED).find((name) => LISTED[name]?.test(said) === true);
}

/** "please check cluster-x", "check all clusters", "run a check of cluster-x". */
function spokenCheck(words: readonly string[], { clusters, isCheck }: Spoken): string | undefined {
  const at = words.findIndex((word) => !COURTESY.test(word.toLowerCase()));
  if (!VERBS.has(words[at]?.toLowerCase() ?? '')) return undefined;
  const named: string[] = [];
  const rest = [...words.slice(at + 1)];
  while (rest.length > 0) {
    const word = rest.shift() ?? '';
    const lower = word.toLowerCase();
    if (/^--[a-z]+$/.test(lower)) named.push(lower, rest.shift() ?? '');
    else if (/^--[a-z]+=/.test(lower)) named.push(word);
    else if (clusters.includes(lower) || isCheck(lower)) named.push(lower);
    else if (ALL.has(lower)) named.push('all');
    else if (isNameLike(lower)) named.push(lower);
    else if (!COURTESY.test(lower) && !BETWEEN.test(lower) && !WELL.test(lower)) return undefined;
  }
  return named.length === 0 ? undefined : `check ${[...new Set(named)].join(' ')}`;
}

/** "is cluster-y ok?", "have a look at cluster-x", "are all clusters fine": a cluster, and nothing but words that ask after it. */
function askedAfter(words: readonly string[], known: Spoken): string | undefined {
  const lower = words.map((word) => word.toLowerCase().replace(/['’]s$/, ''));
  const isNamed = (word: string): boolean => known.clusters.includes(word) || isSlip(word, known);
  const named = lower.filter(isNamed);
  const others = lower.filter((word) => !isNamed(word));
  const asks = others.some((word) => (WELL.test(word) && !JOINTS.has(word)) || LOOKS.test(word));
  const plain = others.every(
    (word) => [WELL, COURTESY, BETWEEN, LOOKS].some((set) => set.test(word)) || ALL.has(word),
  );
  if (!asks || !plain) return undefined;
  if (named.length > 0) return `check ${[...new Set(named)].join(' ')}`;
  return others.some((word) => ALL.has(word)) && others.includes('clusters') ? 'check all' : undefined;
}

/** Alone they ask for nothing: "prod and cluster-x", "in prod". */
const JOINTS: ReadonlySet<string> = new Set(['of', 'with', 'in', 'is', 'are', 'there', 'does', 'today']);

/**
 * A name that nobody configured, close to one that somebody did. Components have such names too ("cluster-dns",
 * "ack-node-local-dns"), and who asks after one of those asks no check of a cluster.
 */
function isSlip(word: string, { clusters, isCheck, isOfTheField }: Spoken): boolean {
  if (!isNameLike(word) || isCheck(word) || nearestName(word, clusters) === undefined) return false;
  const own = word.split('-').filter((part) => !NAME_PART.test(part));
  return !isOfTheField(own.join(' '));
}

/** Parts that names of clusters and of components have alike. */
const NAME_PART = /^(?:cluster|prod|dev|test|stage|staging|ack|k8s)$/;

/** A word that can only be a name, even one that nobody configured: the command then says which there are. */
const isNameLike = (word: string): boolean =>
  /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(word) &&
  /^(?:cluster|prod|dev|test|stage|staging|ack|k8s)/.test(word);
