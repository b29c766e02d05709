import type { AnswerFacts, Version4 } from './answer-facts.js';

type Versioned = 'terway' | 'flannel' | 'kubernetes';

/** One condition of a `:::when` line. */
export type WhenCondition =
  | { readonly key: 'plugin' | 'flavor' | 'terway-daemonset' | 'runtime'; readonly value: string }
  | { readonly key: Versioned; readonly operator: '>=' | '<'; readonly version: Version4 };

const values: Readonly<Record<string, readonly string[]>> = {
  plugin: ['terway', 'flannel'],
  flavor: ['managed', 'dedicated'],
  'terway-daemonset': ['terway-eniip', 'terway-eni'],
  runtime: ['docker', 'containerd'],
};

const COMPARISON = /^(terway|flannel|kubernetes)(>=|<)(\d+(?:\.\d+){1,3})$/;
const EQUALITY = /^([a-z-]+)=([a-z-]+)$/;

/** Undefined where the text is no condition; `when-blocks.ts` turns that into a fault. */
export function parseWhenCondition(text: string): WhenCondition | undefined {
  const comparison = COMPARISON.exec(text);
  if (comparison !== null) {
    const [, key, operator, version] = comparison as unknown as [string, Versioned, '>=' | '<', string];
    return { key, operator, version: version4(version) };
  }
  const [, key = '', value = ''] = EQUALITY.exec(text) ?? [];
  if (!values[key]?.includes(value)) return undefined;
  return { key, value } as WhenCondition;
}

const labels: Readonly<Record<string, string>> = {
  'plugin=terway': 'With Terway',
  'plugin=flannel': 'With Flannel',
  'flavor=managed': 'On a managed cluster',
  'flavor=dedicated': 'On a dedicated cluster',
  'terway-daemonset=terway-eniip': 'With shared ENI (terway-eniip)',
  'terway-daemonset=terway-eni': 'With exclusive ENI (terway-eni)',
  'runtime=docker': 'With Docker',
  'runtime=containerd': 'With containerd',
};

const products: Readonly<Record<Versioned, string>> = {
  terway: 'Terway',
  flannel: 'Flannel',
  kubernetes: 'Kubernetes',
};

export function labelOf(condition: WhenCondition): string {
  if (!('version' in condition)) return labels[`${condition.key}=${condition.value}`] ?? condition.value;
  const product = products[condition.key];
  const version = shown(condition.version);
  return condition.operator === '>=' ? `${product} ${version} and later` : `${product} before ${version}`;
}

/** `holds` is undefined where the facts do not decide; `because` says what the cluster is, in words. */
interface Verdict {
  readonly holds: boolean | undefined;
  readonly because: string;
}

const UNDECIDED: Verdict = { holds: undefined, because: '' };

export function judgeCondition(condition: WhenCondition, facts: AnswerFacts): Verdict {
  return otherPlugin(condition, facts) ?? judgeFact(condition, facts);
}

/** Whatever speaks of Terway does not hold in a Flannel cluster, and the reverse. */
function otherPlugin(condition: WhenCondition, facts: AnswerFacts): Verdict | undefined {
  const about = condition.key === 'terway-daemonset' ? 'terway' : condition.key;
  if ((about !== 'terway' && about !== 'flannel') || facts.plugin === undefined) return undefined;
  if (facts.plugin === about) return undefined;
  return { holds: false, because: `${facts.name} uses ${products[facts.plugin]}` };
}

function judgeFact(condition: WhenCondition, facts: AnswerFacts): Verdict {
  const { name } = facts;
  switch (condition.key) {
    case 'plugin':
      return judge(condition, facts.plugin, (plugin) => `${name} uses ${products[plugin]}`);
    case 'flavor':
      return judge(condition, facts.flavor, (flavor) => `${name} is a ${flavor} cluster`);
    case 'terway-daemonset':
      return judge(condition, facts.terwayDaemonSet, (daemonSet) => `${name} runs ${daemonSet}`);
    case 'runtime':
      return judge(condition, facts.runtime, (runtime) => `the nodes of ${name} run ${runtime}`);
    default:
      return judgeVersion(condition, facts);
  }
}

function judge<V extends string>(
  condition: { readonly value: string },
  known: V | undefined,
  because: (known: V) => string,
): Verdict {
  if (known === undefined) return UNDECIDED;
  return { holds: known === condition.value, because: because(known) };
}

function judgeVersion(
  condition: Extract<WhenCondition, { version: Version4 }>,
  { name, versions }: AnswerFacts,
): Verdict {
  const known = versions[condition.key];
  if (known === undefined) return UNDECIDED;
  const atLeast = compare(known, condition.version) >= 0;
  return {
    holds: condition.operator === '>=' ? atLeast : !atLeast,
    because: `${name} runs ${products[condition.key]} ${shown(known)}`,
  };
}

function version4(text: string): Version4 {
  const [a = 0, b = 0, c = 0, d = 0] = text.split('.').map(Number);
  return [a, b, c, d];
}

function compare(a: Version4, b: Version4): number {
  return a.map((part, at) => part - (b[at] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

function shown(version: Version4): string {
  return version[3] === 0 ? version.slice(0, 3).join('.') : version.join('.');
}
