import { describe, expect, it } from '@jest/globals';
import type { CheckResult, RunSymptom } from '../../../src/engine/checking/check-run.js';
import { settleVague } from '../../../src/engine/symptoms/relating/settle-vague.js';

const result = (
  pods: readonly string[],
  id = 'pods-stuck-creating.noAddress',
  about = { kind: 'Cluster', name: 'pods' },
): CheckResult => ({
  ...{ id: 'pods-stuck-creating', title: 't', area: 'across', intents: [], outcome: 'found', facts: [] },
  findings: [
    {
      ...{
        id,
        check: 'pods-stuck-creating',
        severity: 'problem',
        data: {},
        evidence: [],
        intent: 'vswitch-ip-exhausted',
      },
      message: 'for a reason that acknet does not know',
      about,
      explains: { kinds: ['pod-waiting'], pods },
    },
  ],
});
const waiting = (name: string, by?: string): RunSymptom => ({
  ...{ kind: 'pod-waiting', about: { kind: 'Pod', namespace: 'shop', name }, words: '' },
  by,
});
const cause = result([], 'eni-quota-exhausted.metadataSilent', { kind: 'Node', name: 'n1' });
const CAUSE = 'eni-quota-exhausted.metadataSilent Node  n1';
const OWN = 'pods-stuck-creating.noAddress Cluster  pods';
const messageOf = (results: readonly CheckResult[]): string | undefined => results[0]?.findings[0]?.message;

describe('a finding that names no cause', () => {
  it('points to the one that does, where that accounts for every pod', () => {
    const settled = settleVague(
      [result(['shop/a', 'shop/b']), cause],
      [waiting('a', CAUSE), waiting('b', CAUSE)],
    );
    expect(messageOf(settled)).toBe(
      '2 pods wait to be created, which eni-quota-exhausted.metadataSilent accounts for: shop/a, shop/b.',
    );
    expect(settled[0]?.findings[0]?.intent).toBeUndefined();
  });

  it.each<[string, readonly RunSymptom[]]>([
    ['one pod is left', [waiting('a', CAUSE), waiting('b')]],
    ['only itself accounts for one', [waiting('a', CAUSE), waiting('b', OWN)]],
    ['nothing shows', []],
  ])('stands where %s', (_when, symptoms) => {
    expect(messageOf(settleVague([result(['shop/a', 'shop/b']), cause], symptoms))).toBe(
      'for a reason that acknet does not know',
    );
  });

  it('is no finding with a cause', () => {
    const caused = [result(['shop/a'], 'pods-stuck-creating.vSwitchEmpty'), cause];
    expect(settleVague(caused, [waiting('a', CAUSE)])).toEqual(caused);
  });
});
