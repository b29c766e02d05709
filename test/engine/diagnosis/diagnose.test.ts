import { describe, expect, it } from '@jest/globals';
import { findingKey } from '../../../src/engine/checking/finding-key.js';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.js';

const about = (kind: string, name: string) => ({ kind, name });
const problem = (id: string, of = about('Node', 'a'), message = id) => ({
  ...{ id, severity: 'problem' as const, about: of, evidence: [], data: {}, message },
});
const shows = (
  kind: 'node-not-ready' | 'pod-waiting' | 'warning',
  of: object,
  by: ReturnType<typeof problem>,
) => ({
  ...{ kind, about: of as ReturnType<typeof about>, by: findingKey(by) },
});
const check = (area: string, ...findings: ReturnType<typeof problem>[]) => ({ area, findings });
const pod = (name: string) => ({ kind: 'Pod', namespace: 'shop', name });

describe('the causes of a run', () => {
  it('come in the order of what they explain and how bad that is', () => {
    const few = problem('few.nodes');
    const many = problem('many.warnings');
    const none = problem('no.symptom');
    const { causes, symptoms } = diagnose({
      checks: [check('flannel', none, many, few)],
      symptoms: [
        ...['1', '2', '3'].map((name) => shows('warning', pod(name), many)),
        shows('node-not-ready', about('Node', 'a'), few),
      ],
    });
    expect(causes.map(({ id, symptoms: own }) => [id, own.length])).toEqual([
      ['few.nodes', 1],
      ['many.warnings', 3],
      ['no.symptom', 0],
    ]);
    expect(symptoms).toBe(4);
  });

  it('are one where the same is wrong with several objects', () => {
    const { causes } = diagnose({
      checks: [check('flannel', problem('leak.leaked'), problem('leak.leaked', about('Node', 'b')))],
    });
    expect(causes.map(({ findings }) => findings.length)).toEqual([2]);
  });

  it('are one where two checks say the same of the same object, and all it explains is under it', () => {
    const config = about('ConfigMap', 'kube-flannel-cfg');
    const version = problem('flannel-cni-version.unreadable', config);
    const hairpin = problem('flannel-hairpin.unreadable', config);
    const { causes } = diagnose({
      checks: [check('flannel', version), check('flannel', hairpin)],
      symptoms: [shows('node-not-ready', about('Node', 'a'), hairpin)],
    });
    expect(causes).toMatchObject([
      { id: version.id, findings: [version, hairpin], symptoms: [{ kind: 'node-not-ready' }] },
    ]);
  });

  it.each([
    ['the same of another object', problem('b.same', about('Node', 'b'), 'It leaks.')],
    ['another thing of the same object', problem('b.other', about('Node', 'a'), 'It is full.')],
  ])('are two where a second check says %s', (_what, second) => {
    const { causes } = diagnose({
      checks: [check('flannel', problem('a.same', about('Node', 'a'), 'It leaks.'), second)],
    });
    expect(causes.map(({ findings }) => findings.length)).toEqual([1, 1]);
  });

  it('hold what only sorts their own symptoms, and nothing else does', () => {
    const cause = problem('vswitch.exhausted', about('ConfigMap', 'eni-config'));
    const sorted = problem('pods-stuck-creating.vSwitchEmpty', pod('a'));
    const alone = problem('pods-stuck-creating.nodeFull', pod('b'));
    const { causes } = diagnose({
      checks: [check('terway', cause), check('across', sorted, alone)],
      symptoms: [shows('pod-waiting', pod('a'), cause), shows('pod-waiting', pod('b'), alone)],
    });
    expect(causes.map(({ id, sorted: under }) => [id, under.map((finding) => finding.id)])).toEqual([
      ['vswitch.exhausted', ['pods-stuck-creating.vSwitchEmpty']],
      ['pods-stuck-creating.nodeFull', []],
    ]);
  });

  it('are no causes where none is known: these stand apart', () => {
    const { causes, unexplained } = diagnose({
      checks: [
        check('across', problem('unexplained.warnings'), problem('pods-stuck-creating.other', pod('a'))),
      ],
    });
    expect(causes).toEqual([]);
    expect(unexplained.map(({ id }) => id).sort()).toEqual([
      'pods-stuck-creating.other',
      'unexplained.warnings',
    ]);
  });

  it('leave out advice and what is muted', () => {
    const advice = { ...problem('a.advice'), severity: 'advice' as const };
    const muted = problem('a.muted');
    const { causes } = diagnose({ checks: [{ findings: [advice, muted] }] }, ({ id }) => id === 'a.muted');
    expect(causes).toEqual([]);
  });
});
