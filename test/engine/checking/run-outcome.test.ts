import { describe, expect, it } from '@jest/globals';
import { type RunOutcome, runOutcome } from '../../../src/engine/checking/run-outcome.js';

const clear = { outcome: 'clear' } as const;
const other = { outcome: 'not-applicable' } as const;
const open = (code = 'cluster.forbidden') => ({ outcome: 'unknown', unknown: { code } }) as const;
const all = Array.from({ length: 37 }, () => open());

describe('what a run comes to', () => {
  it.each<[string, Parameters<typeof runOutcome>, RunOutcome]>([
    ['37 of 37 unknown', [all, 0], 'unread'],
    ['unknown, and the rest is about another plugin', [[...all, other], 0], 'unread'],
    ['some unknown', [[clear, open()], 0], 'open'],
    ['a problem beside what is unknown', [[clear, open()], 1], 'found'],
    ['muted problems only, and unknown', [[{ outcome: 'found' }, open()], 0], 'open'],
    ['pods recover', [[clear, open('check.recovering')], 0], 'recovering'],
    ['pods recover and something is unread', [[clear, open('check.recovering'), open()], 0], 'open'],
    ['all decided', [[clear, other], 0], 'clear'],
  ])('%s', (_what, given, outcome) => {
    expect(runOutcome(...given)).toBe(outcome);
  });
});
