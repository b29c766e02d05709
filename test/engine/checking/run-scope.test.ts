import { describe, expect, it } from '@jest/globals';
import type { Finding, Verdict } from '../../../src/checks/define-check.js';
import { inScope } from '../../../src/engine/checking/run-scope.js';

const finding = (about: Finding['about'], severity: Finding['severity'] = 'problem'): Finding => ({
  ...{ id: 'c.m', check: 'c', severity, message: '', data: {}, about, evidence: [] },
});
const verdict = (...findings: Finding[]): Verdict => ({ outcome: 'found', findings, facts: [] });
const pod = (namespace: string) => finding({ kind: 'Pod', namespace, name: 'p' });
const node = (name: string) => finding({ kind: 'Node', name });

describe('inScope', () => {
  it.each([
    ['everything without a scope', verdict(pod('a'), node('n')), undefined, 2],
    ['pods of the namespaces named', verdict(pod('a'), pod('b')), { namespaces: ['a'] }, 1],
    ['kube-system, where the plugin lives', verdict(pod('kube-system')), { namespaces: ['a'] }, 1],
    ['the node named', verdict(node('n1'), node('n2')), { namespaces: [], node: 'n1' }, 1],
    ['what is about neither', verdict(finding({ kind: 'Cluster', name: 'x' })), { namespaces: ['a'] }, 1],
  ])('keeps %s', (_title, given, scope, kept) => {
    expect(inScope(given, scope).findings).toHaveLength(kept);
  });

  it('is clear when every problem lies outside', () => {
    expect(inScope(verdict(pod('b')), { namespaces: ['a'] }).outcome).toBe('clear');
  });

  it('stays unknown when a part could not be read', () => {
    const partly = { ...verdict(pod('b')), unknown: { code: 'cluster.forbidden', detail: '' } };
    expect(inScope(partly, { namespaces: ['a'] }).outcome).toBe('unknown');
  });
});
