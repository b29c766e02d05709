import { describe, expect, it } from '@jest/globals';
import { canonical } from '../../../src/engine/planning/digest.js';
import { storeChanges } from '../../../src/engine/planning/plan-digest.js';
import type { Change } from '../../../src/remediations/define-remediation.js';

const about = { kind: 'ConfigMap', namespace: 'kube-system', name: 'eni-config' } as const;
const edit = (from: string, to: string): Change => ({
  verb: 'edit-document',
  about,
  key: 'eni_conf',
  from,
  to,
});
const document = (first: string, last: string) =>
  `{"access_key": "before", "first": "${first}", "access_secret": "between", "last": "${last}"}`;

describe('a change that is kept', () => {
  it('holds nothing of the secrets beside what it edits', () => {
    const [kept] = storeChanges([edit(document('a', 'x'), document('b', 'x'))]);
    expect(JSON.stringify(kept)).not.toMatch(/before|between/);
    expect(kept).toMatchObject({ splice: { removed: 'a', inserted: 'b' } });
  });

  it('is refused where a secret stands between two edits', () => {
    const change = edit(document('a', 'x'), document('b', 'y'));
    expect(() => storeChanges([change])).toThrow(
      expect.objectContaining({
        code: 'plan.refused',
        message: expect.not.stringContaining('between'),
      }),
    );
  });
});

describe('the text that digests are made of', () => {
  it('is the same whether a field is absent or undefined, in whatever order', () => {
    expect(canonical({ b: 1, a: { c: undefined, d: [2] }, e: undefined })).toBe(
      canonical({ a: { d: [2] }, b: 1 }),
    );
    const roll = { verb: 'roll-pods', about: { kind: 'DaemonSet', name: 'd' }, selector: 'a=b' } as const;
    expect(canonical(storeChanges([{ ...roll, canary: undefined, nodes: undefined }]))).toBe(
      canonical([roll]),
    );
    expect(canonical({ a: 1 })).not.toBe(canonical({ a: null }));
  });
});
