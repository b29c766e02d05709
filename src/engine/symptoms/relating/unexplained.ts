import type { Evidence, Finding, SymptomKind } from '../../../checks/judging/define-check.js';
import { groupBy } from '../../../checks/group-by.js';
import { listed } from '../../../checks/listed.js';
import { withoutNames } from '../../../checks/without-names.js';
import { speaksOfNetwork } from '../../../cluster/cni-wordings.js';
import { count } from '../../../texts/count.js';
import { type Symptom, symptomName } from '../symptom.js';

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
    one: 'network component fails',
    many: 'network components fail',
  },
  'component-failing': {
    key: 'componentsFailing',
    one: 'network component is Ready and reports that it fails',
    many: 'network components are Ready and report that they fail',
  },
  warning: { key: 'warnings', one: 'object has warnings', many: 'objects have warnings' },
};

/** Of the findings that it can make, e.g. `unexplained.nodesNotReady`. */
export const unexplainedIds: readonly string[] = Object.values(phrases).map(
  ({ key }) => `${UNEXPLAINED}.${key}`,
);

/** Problems of their own: those of one kind that say the same are one. `all` = what else shows, which one of them may bring about. */
export function unexplainedFindings(left: readonly Symptom[], all: readonly Symptom[]): readonly Finding[] {
  const groups = groupBy(
    left,
    ({ kind, words, adds = '' }) => `${kind} ${withoutNames(words)} ${withoutNames(adds)}`,
  );
  return [...groups.values()].map((members) => findingOf(members, all));
}

/** A node that is not Ready for another reason than its network. */
export const isDeadNode = ({ kind, words }: Symptom): boolean =>
  kind === 'node-not-ready' && !speaksOfNetwork(words);

const PLUGIN =
  /^(?:terway|(?:kube-)?flannel|cilium|calico-node|canal|weave-net|kube-router|antrea-agent|kube-ovn-cni)/;

/** A network plugin that is down accounts for what its nodes show, though not for itself; a dead node for all that is on it. */
function broughtAbout(members: readonly Symptom[], all: readonly Symptom[]): Finding['explains'] {
  const dead = members.filter(isDeadNode).flatMap(({ node }) => node ?? []);
  if (dead.length > 0) {
    const workloads = all.flatMap(({ node = '', workload }) => (dead.includes(node) ? (workload ?? []) : []));
    return {
      kinds: ['component-down', 'component-failing', 'pod-waiting', 'warning'],
      nodes: dead,
      workloads,
    };
  }
  const down = members.filter(({ kind, about }) => kind === 'component-down' && PLUGIN.test(about.name));
  const nodes = down.flatMap(({ node }) => node ?? []);
  return nodes.length === 0 ? undefined : { kinds: ['node-not-ready', 'pod-waiting', 'warning'], nodes };
}

/** A node stands for what is not even there. */
const phraseOf = ({ kind, about }: Symptom): (typeof phrases)[SymptomKind] =>
  kind === 'component-down' && about.kind === 'Node'
    ? {
        ...phrases[kind],
        one: 'node lacks a network component',
        many: 'nodes lack a network component',
      }
    : phrases[kind];

function findingOf(members: readonly Symptom[], all: readonly Symptom[]): Finding {
  const [first] = members as [Symptom];
  const { key, one, many } = phraseOf(first);
  const names = listed(members.map(symptomName));
  const words = first.words === '' ? 'and nothing that was read says why.' : `"${first.words}"`;
  const says = first.words === '' ? words : `It says: ${words}`;
  const said = first.adds === undefined ? says : `${says} ${first.adds}`;
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
    explains: broughtAbout(members, all),
  };
}

function evidenceOf(members: readonly Symptom[]): readonly Evidence[] {
  const all = members.flatMap(({ evidence, further = [] }) => [...evidence, ...further]);
  const rest = all.length - SHOWN;
  return rest <= 0 ? all : [...all.slice(0, SHOWN), { where: 'Further signs', value: `${rest} more` }];
}
