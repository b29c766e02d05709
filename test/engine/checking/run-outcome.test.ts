import { describe, expect, it } from '@jest/globals';
import { type RunOutcome, runOutcome } from '../../../src/engine/checking/run-outcome.js';

const clear = { id: 'a', outcome: 'clear' } as const;
const other = { id: 'b', outcome: 'not-applicable', reason: 'No Flannel.' } as const;
const symptoms = { id: 'unexplained', outcome: 'clear' } as const;
const open = (code = 'cluster.forbidden') => ({ id: 'c', outcome: 'unknown', unknown: { code } }) as const;
const all = Array.from({ length: 37 }, () => open());

describe('what a run comes to', () => {
  it.each<[string, Parameters<typeof runOutcome>, RunOutcome]>([
    ['37 of 37 unknown', [all, 0], 'unread'],
    ['unknown, and the rest is about another plugin', [[...all, other], 0], 'unread'],
    ['some unknown', [[clear, open()], 0], 'open'],
    ['a problem beside what is unknown', [[clear, open()], 1], 'found'],
    ['muted problems only, and unknown', [[{ id: 'd', outcome: 'found' }, open()], 0], 'open'],
    ['pods recover', [[clear, open('check.recovering')], 0], 'recovering'],
    ['pods recover and something is unread', [[clear, open('check.recovering'), open()], 0], 'open'],
    ['the one check asked for does not apply', [[other], 0], 'not-applicable'],
    ['none applies, whatever was seen of symptoms', [[other, symptoms], 0], 'not-applicable'],
    ['none applies while pods recover', [[other, symptoms], 0, 2], 'not-applicable'],
    ['no check applies beside one that is unread', [[other, open()], 0], 'unread'],
    ['all decided', [[clear, other], 0], 'clear'],
  ])('%s', (_what, given, outcome) => {
    expect(runOutcome(...given)).toBe(outcome);
  });
});
