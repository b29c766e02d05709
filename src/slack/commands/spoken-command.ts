const LONGEST = 120;
const BARE = /^(?:help|checks|status|pending|history|clusters|version)$/;
const ALL = new Set(['all', 'every', 'everything']);

/** Said around a command without changing it. */
const COURTESY =
  /^(?:please|pls|plz|kindly|hey|hi|hello|acknet|bot|can|could|would|will|you|u|now|again|thanks|thank|thx|for|me|us|quickly|just|once|more|run|start|do|a|an|the)$/;
const VERBS = new Set(['check', 'recheck', 're-check', 'inspect', 'examine', 'diagnose', 'checking']);
/** Words that may stand between "check" and what is to be checked. */
const BETWEEN = /^(?:on|of|in|at|cluster|clusters|our|my|whole|and|is|up|out|if|whether)$/;
const WELL =
  /^(?:ok|okay|fine|healthy|good|alright|well|broken|down|up|sick|unhealthy|working|happy|doing|looking|status|state|health|of|how|is|are|whats|what|everything|there|in|with|wrong)$/;

export interface Spoken {
  readonly clusters: readonly string[];
  readonly isCheck: (word: string) => boolean;
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
  return spokenCheck(words, known) ?? askedAfter(words, known);
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

/** "is cluster-y ok?", "how is cluster-x": a cluster and nothing but words that ask after it. */
function askedAfter(words: readonly string[], { clusters }: Spoken): string | undefined {
  const lower = words.map((word) => word.toLowerCase().replace(/['’]s$/, ''));
  const named = lower.filter((word) => clusters.includes(word));
  const others = lower.filter((word) => !clusters.includes(word));
  const asks = others.some((word) => WELL.test(word) && word !== 'of' && word !== 'with');
  const plain = others.every((word) => WELL.test(word) || COURTESY.test(word) || BETWEEN.test(word));
  return named.length > 0 && asks && plain ? `check ${[...new Set(named)].join(' ')}` : undefined;
}

/** A word that can only be a name, even one that nobody configured: the command then says which there are. */
const isNameLike = (word: string): boolean =>
  /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(word) &&
  /^(?:cluster|prod|dev|test|stage|staging|ack|k8s)/.test(word);
