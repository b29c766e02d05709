import type { Evidence, Finding, SymptomKind } from '../../checks/define-check.js';
import { groupBy } from '../../checks/group-by.js';
import { listed } from '../../checks/listed.js';
import { count } from '../../texts/count.js';
import { type Symptom, symptomName } from './symptom.js';

export const UNEXPLAINED = 'unexplained';

const SHOWN = 6;

/** What is said of symptoms of one kind that nothing accounts for. */
const phrases: Readonly<Record<SymptomKind, { key: string; one: string; many: string }>> = {
  'node-not-ready': { key: 'nodesNotReady', one: 'node is not Ready', many: 'nodes are not Ready' },
  'node-without-route': {
    key: 'nodesWithoutRoute',
    one: 'node has no route for its pods',
    many: 'nodes have no route for their pods',
  },
  'pod-waiting': {
    key: 'podsWaiting',
    one: 'pod waits for its network',
    many: 'pods wait for their network',
  },
  'component-down': {
    key: 'componentsDown',
    one: 'network component is not Ready',
    many: 'network components are not Ready',
  },
  warning: { key: 'warnings', one: 'object has network warnings', many: 'objects have network warnings' },
};

/** Of the findings that it can make, e.g. `unexplained.nodesNotReady`. */
export const unexplainedIds: readonly string[] = Object.values(phrases).map(
  ({ key }) => `${UNEXPLAINED}.${key}`,
);

/** Problems of their own: those of one kind that say the same are one. */
export function unexplainedFindings(left: readonly Symptom[]): readonly Finding[] {
  const groups = groupBy(left, ({ kind, words }) => `${kind} ${withoutNames(words)}`);
  return [...groups.values()].map(findingOf);
}

/** A network plugin that is down accounts for what its nodes show, though not for itself. */
const CONSEQUENCES: readonly SymptomKind[] = ['node-not-ready', 'pod-waiting', 'warning'];
const PLUGIN = /^(?:terway|kube-flannel|cilium|calico)/;

function findingOf(members: readonly Symptom[]): Finding {
  const [first] = members as [Symptom];
  const { key, one, many } = phrases[first.kind];
  const names = listed(members.map(symptomName));
  const words = first.words === '' ? 'and nothing that was read says why.' : `"${first.words}"`;
  const down = members.filter(({ kind, about }) => kind === 'component-down' && PLUGIN.test(about.name));
  const nodes = down.flatMap(({ node }) => node ?? []);
  const said = first.words === '' ? words : `It says: ${words}`;
  return {
    check: UNEXPLAINED,
    id: `${UNEXPLAINED}.${key}`,
    severity: 'problem',
    message: `${count(members.length, one, many)}, and acknet knows no cause: ${names}. ${said}`,
    data: { count: members.length, names },
    about:
      members.length === 1
        ? first.about
        : { kind: 'Cluster', name: `${first.kind} ${withoutNames(first.words)}`.trim() },
    evidence: evidenceOf(members),
    explains: nodes.length === 0 ? undefined : { kinds: CONSEQUENCES, nodes },
  };
}

function evidenceOf(members: readonly Symptom[]): readonly Evidence[] {
  const all = members.flatMap(({ evidence }) => evidence);
  const rest = all.length - SHOWN;
  return rest <= 0 ? all : [...all.slice(0, SHOWN), { where: 'Further signs', value: `${rest} more` }];
}

/** Names, numbers and ids differ from object to object where the cause is one. */
const withoutNames = (words: string): string =>
  words
    .slice(0, 300)
    .split(' ')
    .map((word) => (/[\d"]/.test(word) ? '*' : word))
    .join(' ');
