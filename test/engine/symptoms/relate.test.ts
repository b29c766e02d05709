import { describe, expect, it } from '@jest/globals';
import type { Finding } from '../../../src/checks/judging/define-check.js';
import { relate } from '../../../src/engine/symptoms/relating/relate.js';
import type { Symptom } from '../../../src/engine/symptoms/symptom.js';

const finding = (id: string, more: Partial<Finding> = {}): Finding => ({
  check: 'a-check',
  id,
  severity: 'problem',
  message: id,
  data: {},
  about: { kind: 'Cluster', name: 'x' },
  evidence: [],
  ...more,
});
const waits: Symptom = {
  kind: 'pod-waiting',
  about: { kind: 'Pod', namespace: 'shop', name: 'web' },
  node: 'n1',
  words: 'no ip',
  evidence: [{ where: 'Event FailedCreatePodSandBox on Pod shop/web', value: 'no ip' }],
};
const down: Symptom = {
  kind: 'component-down',
  about: { kind: 'Pod', namespace: 'kube-system', name: 'kube-proxy-1' },
  node: 'n1',
  workload: 'kube-proxy-worker',
  words: '',
  evidence: [],
};

const explainedBy = (symptom: Symptom, ...claims: readonly (readonly [string, Finding])[]) =>
  relate(
    [symptom],
    claims.map(([area, claim]) => ({ area, finding: claim })),
  )[0]?.by?.id;

const notReady = (words: string): Symptom => ({
  kind: 'node-not-ready',
  about: { kind: 'Node', name: 'n1' },
  node: 'n1',
  words,
  evidence: [],
});

describe('a component that is Ready and says that it fails', () => {
  const line = (pod: string, says: string) => ({
    where: `log of ${pod}`,
    value: `W1124 02:58:00.1 1 x.go:1] ${says}`,
  });
  const failing = (says: string): Symptom => ({
    ...down,
    kind: 'component-failing',
    words: says,
    evidence: [line('kube-proxy-1', says)],
  });
  const claim = (
    more: Partial<Finding>,
    kinds: readonly ['component-failing'] | readonly [] = ['component-failing'],
  ) => finding('found', { explains: { kinds, workloads: ['kube-proxy-worker'] }, ...more });
  const shown = { evidence: [line('kube-proxy-9', "Can't use the IPVS proxier: no module 9")] };

  it.each<[string, Symptom, Finding, string | undefined]>([
    [
      'by a finding that shows the same line of another pod',
      failing("Can't use the IPVS proxier: no module 1"),
      claim(shown),
      'found',
    ],
    [
      'by none that shows another line of the same component',
      failing('Failed to list *v1.Service: forbidden'),
      claim(shown),
      undefined,
    ],
    [
      'by none whose line has another message in quotes (klog of 1.22 on)',
      failing('"Attach failed" err="code 1"'),
      claim({ evidence: [line('kube-proxy-9', '"Detach refused" err="code 9"')] }),
      undefined,
    ],
    [
      'by one whose line differs by its values alone',
      failing('"Attach failed" err="code 1"'),
      claim({ evidence: [line('kube-proxy-9', '"Attach failed" err="code 9"')] }),
      'found',
    ],
    [
      'by none of another component',
      { ...failing("Can't use the IPVS proxier: no module 1"), workload: 'kube-proxy-master' },
      claim(shown),
      undefined,
    ],
    [
      'by a node that is down',
      failing('any'),
      finding('dead', { explains: { kinds: ['component-failing'], nodes: ['n1'] } }),
      'dead',
    ],
    [
      'by what its pods lack, where it says just that (Terway)',
      failing('create eni failed: EniPerInstanceLimitExceeded'),
      finding('quota', { explains: { kinds: ['pod-waiting'], nodes: ['n1'], mends: 'ENIs of the node' } }),
      'quota',
    ],
    [
      'by nothing that its pods lack, where it says another thing',
      failing('failed to sync eni'),
      finding('quota', { explains: { kinds: ['pod-waiting'], nodes: ['n1'], mends: 'ENIs of the node' } }),
      undefined,
    ],
  ])('is explained %s', (_what, symptom, found, expected) => {
    expect(explainedBy(symptom, ['kube-proxy', found])).toBe(expected);
  });
});

describe('a node that is not Ready', () => {
  const claim = finding('plugin', { explains: { kinds: ['node-not-ready'], nodes: ['n1'] } });

  it.each([
    'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:docker: network plugin is not ready: cni config uninitialized',
    'Network plugin returns error: cni plugin not initialized',
  ])('is explained by a network that is down, where it says so: %s', (words) => {
    expect(explainedBy(notReady(words), ['terway', claim])).toBe('plugin');
  });

  it.each([
    'Kubelet stopped posting node status.',
    'PLEG is not healthy: pleg was last seen active 3m12s ago; threshold is 3m0s',
    'container runtime is down',
  ])('is not, where it says another thing: %s', (words) => {
    expect(explainedBy(notReady(words), ['terway', claim])).toBeUndefined();
  });
});

describe('a symptom is explained by a finding that', () => {
  it.each<[string, Symptom, Finding, boolean]>([
    [
      'names its pod',
      waits,
      finding('f', { explains: { kinds: ['pod-waiting'], pods: ['shop/web'] } }),
      true,
    ],
    ['names its node', waits, finding('f', { explains: { kinds: ['pod-waiting'], nodes: ['n1'] } }), true],
    ['quotes its very words', waits, finding('f', { evidence: waits.evidence }), true],
    [
      'names another node',
      waits,
      finding('f', { explains: { kinds: ['pod-waiting'], nodes: ['n2'] } }),
      false,
    ],
    [
      'brings about another kind',
      waits,
      finding('f', { explains: { kinds: ['warning'], nodes: ['n1'] } }),
      false,
    ],
    ['claims nothing', waits, finding('f'), false],
    ['is mere advice', waits, finding('f', { severity: 'advice', evidence: waits.evidence }), false],
    [
      'names the component’s workload',
      down,
      finding('f', { explains: { kinds: ['component-down'], workloads: ['kube-proxy-worker'] } }),
      true,
    ],
    [
      'names the workload on other nodes',
      down,
      finding('f', {
        explains: { kinds: ['component-down'], workloads: ['kube-proxy-worker'], nodes: ['n2'] },
      }),
      false,
    ],
    [
      'only shares the node with the component',
      down,
      finding('f', { explains: { kinds: ['component-down'], nodes: ['n1'] } }),
      false,
    ],
  ])('%s: %#', (_name, symptom, claim, expected) => {
    expect(explainedBy(symptom, ['terway', claim])).toBe(expected ? 'f' : undefined);
  });

  it('goes to the cause before the check that sorts symptoms', () => {
    const sorted = finding('sorted', { explains: { kinds: ['pod-waiting'], pods: ['shop/web'] } });
    const cause = finding('cause', { explains: { kinds: ['pod-waiting'], nodes: ['n1'] } });
    expect(explainedBy(waits, ['across', sorted], ['terway', cause])).toBe('cause');
  });

  it('goes to the one that quotes it before one that names its node', () => {
    const near = finding('near', { explains: { kinds: ['pod-waiting'], nodes: ['n1'] } });
    expect(
      explainedBy(waits, ['terway', near], ['terway', finding('quotes', { evidence: waits.evidence })]),
    ).toBe('quotes');
  });
});

describe('a symptom that two causes claim', () => {
  const claim = (
    id: string,
    mends: NonNullable<Finding['explains']>['mends'],
    more: Partial<NonNullable<Finding['explains']>> = {},
    evidence: Finding['evidence'] = [],
  ): Finding =>
    finding(id, { evidence, explains: { kinds: ['pod-waiting'], nodes: ['n1'], mends, ...more } });
  const quota = claim('quota', 'ENIs of the node', { proof: 'state' });
  const empty = claim('empty', 'pod vSwitches', { nodes: ['n1', 'n2'] }, waits.evidence);

  it.each<[string, readonly Finding[], { by: string; yielding: readonly string[] }]>([
    [
      'whose advice differs: the state of the node before what an event says',
      [empty, quota],
      { by: 'quota', yielding: ['empty'] },
    ],
    ['in whatever order', [quota, empty], { by: 'quota', yielding: ['empty'] }],
    [
      'with the same advice',
      [claim('a', 'pod vSwitches'), claim('b', 'pod vSwitches')],
      { by: 'a', yielding: [] },
    ],
    [
      'beside both: two empty vSwitches and a spent quota',
      [empty, claim('empty too', 'pod vSwitches'), quota],
      { by: 'quota', yielding: ['empty', 'empty too'] },
    ],
    [
      'of which one leaves several causes open',
      [
        claim('either', 'ENIs of the node', { proof: 'open' }, waits.evidence),
        claim('told', 'pod vSwitches'),
      ],
      { by: 'told', yielding: ['either'] },
    ],
    [
      'of which one is about many nodes',
      [claim('many', 'pod vSwitches', { nodes: ['n1', 'n2', 'n3'] }), claim('one', 'security group')],
      { by: 'one', yielding: ['many'] },
    ],
    ['of which one advises nothing', [quota, claim('sorts', undefined)], { by: 'quota', yielding: [] }],
    [
      'of which one has left it to another already',
      [empty, claim('left', 'number of nodes', { yields: ['pod-waiting shop/web'] })],
      { by: 'empty', yielding: [] },
    ],
  ])('%s', (_which, claims, expected) => {
    const [told] = relate(
      [waits],
      claims.map((each) => ({ area: 'terway', finding: each })),
    );
    expect({ by: told?.by?.id, yielding: told?.yielding.map(({ id }) => id).sort() }).toEqual(expected);
  });
});
