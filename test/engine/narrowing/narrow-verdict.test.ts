import { describe, expect, it } from '@jest/globals';
import type { Finding, Verdict } from '../../../src/checks/judging/define-check.js';
import type { RunScope } from '../../../src/engine/checking/run-scope.js';
import { createElsewhere } from '../../../src/engine/narrowing/elsewhere.js';
import { narrowVerdict } from '../../../src/engine/narrowing/narrow-verdict.js';
import type { Place } from '../../../src/engine/narrowing/place.js';

const others: readonly Place[] = [
  { name: 'n2', node: 'n2' },
  { name: 'web-2', namespace: 'shop', node: 'n2', pod: 'shop/web-2' },
];
const onNode: RunScope = { namespaces: [], node: 'n1' };
const ofShop: RunScope = { namespaces: ['shop'] };

const finding = (
  about: Finding['about'],
  message = '',
  severity: Finding['severity'] = 'problem',
): Finding => ({
  id: 'c.m',
  check: 'c',
  severity,
  message,
  data: {},
  about,
  evidence: [],
});
const config = { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-proxy' };
const pod = (namespace: string) => finding({ kind: 'Pod', namespace, name: 'p' });
const verdict = (...findings: Finding[]): Verdict => ({ outcome: 'found', findings, facts: [] });
const clear: Verdict = { outcome: 'clear', findings: [], facts: [] };
const narrowed = (whole: Verdict, narrow: Verdict, scope: RunScope = onNode): Verdict =>
  narrowVerdict({ whole, narrow }, scope, createElsewhere(others, scope));

describe('narrowVerdict', () => {
  it('tells a finding in the names and counts of the part', () => {
    const whole = verdict(finding({ kind: 'Cluster', name: 'nodes' }, '2 nodes: n1, n2'));
    const narrow = verdict(finding({ kind: 'Node', name: 'n1' }, '1 node: n1'));
    expect(narrowed(whole, narrow)).toMatchObject({
      outcome: 'found',
      findings: [{ message: '1 node: n1' }],
    });
  });

  it.each<[string, Finding, RunScope]>([
    ['a node', finding({ kind: 'Node', name: 'n2' }), onNode],
    ['what only a node elsewhere has', finding(config, 'It is so on n2.'), onNode],
    [
      'a pod on a node elsewhere',
      finding({ kind: 'Cluster', name: 'pods' }, '1 pod waits: shop/web-2'),
      onNode,
    ],
    ['a pod of another namespace', pod('b'), ofShop],
  ])('drops what is elsewhere: %s', (_what, found, scope) => {
    expect(narrowed(verdict(found), clear, scope)).toMatchObject({ outcome: 'clear', findings: [] });
  });

  it.each<[string, Finding, RunScope]>([
    ['a ConfigMap of kube-proxy', finding(config, 'It names no such gate.'), onNode],
    ['what is of kube-system, where the plugin lives', pod('kube-system'), ofShop],
    ['a pod of the namespace', pod('shop'), ofShop],
    ['the node', finding({ kind: 'Node', name: 'n1' }, 'n1 is not Ready'), onNode],
  ])('keeps %s', (_what, found, scope) => {
    expect(narrowed(verdict(found), clear, scope).findings).toEqual([found]);
  });

  it('does not take for true what only the part seems to show', () => {
    const none = {
      ...finding({ kind: 'Cluster', name: 'pods' }, 'No pod at all has an address.'),
      id: 'c.none',
    };
    expect(narrowed(clear, verdict(none))).toMatchObject({ outcome: 'clear', findings: [] });
  });

  const enis = finding({ kind: 'Cluster', name: 'enis' }, '1 ENI is on no node.', 'advice');
  const more = { ...enis, message: '3 ENIs are on no node.' };
  it.each<[string, Verdict, readonly string[]]>([
    ['nothing of the account that the whole does not show', clear, []],
    ['of the account what the whole shows, with its counts', verdict(enis), [enis.message]],
  ])('tells %s', (_what, whole, messages) => {
    const seen = { whole, narrow: verdict(more), ofCloud: new Set(['c.m']) };
    const { findings } = narrowVerdict(seen, onNode, createElsewhere(others, onNode));
    expect(findings.map(({ message }) => message)).toEqual(messages);
  });

  const unread: Verdict = {
    outcome: 'unknown',
    findings: [],
    facts: [],
    unknown: { code: 'check.no-evidence', detail: 'n1 is silent' },
  };
  it.each<[string, Verdict, Verdict, Verdict['outcome']]>([
    ['stays open for the part where it does for both', unread, unread, 'unknown'],
    ['is decided for a part that shows all that it takes', unread, clear, 'clear'],
    [
      'is open where the fault is elsewhere and the part does not tell',
      verdict(finding({ kind: 'Node', name: 'n2' })),
      unread,
      'unknown',
    ],
    ['is not made open by what only the part lacks', clear, unread, 'clear'],
  ])('%s', (_what, whole, narrow, outcome) => {
    expect(narrowed(whole, narrow).outcome).toBe(outcome);
  });

  it('keeps a fact that names nothing elsewhere, and tells another one as the part has it', () => {
    const facts = (...pairs: [string, string][]) => ({
      ...clear,
      facts: pairs.map(([label, value]) => ({ label, value })),
    });
    const whole = facts(['mode', 'ipvs'], ['routes', 'n1, n2']);
    expect(narrowed(whole, facts(['mode', 'unread'], ['routes', 'n1'])).facts).toEqual([
      { label: 'mode', value: 'ipvs' },
      { label: 'routes', value: 'n1' },
    ]);
  });
});
