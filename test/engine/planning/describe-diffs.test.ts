import { describe, expect, it } from '@jest/globals';
import { describeDiffs } from '../../../src/engine/planning/describe-diffs.js';

const eniConfig = { kind: 'ConfigMap', namespace: 'kube-system', name: 'eni-config' } as const;

describe('describeDiffs', () => {
  it('masks a secret on both sides alike, so that it never shows as changed', () => {
    const text = (pool: number) =>
      `{\n  "access_key": "LTAIcanary0123456789",\n  "access_secret": "canary-secret",\n  "max_pool_size": ${pool}\n}\n`;
    const [shown] = describeDiffs([
      { verb: 'edit-document', about: eniConfig, key: 'eni_conf', from: text(5), to: text(9) },
    ]);
    expect(shown?.diff).not.toMatch(/canary|LTAI/);
    const changed = shown?.diff.split('\n').filter((line) => /^[+-] /.test(line));
    expect(changed).toEqual(['-  "max_pool_size": 5', '+  "max_pool_size": 9']);
  });

  it('puts several fields of one object into one diff', () => {
    const shown = describeDiffs([
      { verb: 'set', about: eniConfig, path: ['data', 'a'], from: null, to: 'true' },
      { verb: 'set', about: eniConfig, path: ['data', 'b'], from: 'x', to: null },
      { verb: 'cordon', about: { kind: 'Node', name: 'n1' }, from: false, to: true },
    ]);
    expect(shown.map(({ title, diff }) => [title, diff.split('\n').slice(3)])).toEqual([
      ['ConfigMap kube-system/eni-config', ['-data.b: "x"', '+data.a: "true"']],
      ['Node n1', ['-spec.unschedulable: false', '+spec.unschedulable: true']],
    ]);
  });
});
