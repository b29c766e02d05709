import { describe, expect, it } from '@jest/globals';
import { leftWords, type Verdict, verdictWords } from '../../src/texts/verdict.js';

const verdict = (fields: Partial<Verdict>): Verdict => ({
  ...{ causes: 0, unexplained: 0, unread: 0, recovering: 0, muted: 0, cancelled: false },
  outcome: (fields.causes ?? 0) + (fields.unexplained ?? 0) > 0 ? 'found' : 'clear',
  ...fields,
});

describe('the first line of a result', () => {
  it.each<[Partial<Verdict>, string]>([
    [{ causes: 3, symptoms: 10, fixable: 1 }, '3 causes, 10 symptoms · 1 can be fixed here'],
    [{ causes: 1, symptoms: 1 }, '1 cause, 1 symptom'],
    [{ causes: 2, symptoms: 0 }, '2 causes'],
    [{ causes: 2 }, '2 causes'],
    [{ causes: 2, symptoms: 5, unexplained: 3 }, '2 causes, 5 symptoms, 3 unexplained'],
    [{ symptoms: 4, unexplained: 4 }, '4 symptoms, no known cause'],
    [{ causes: 1, cancelled: true, unread: 9 }, '1 cause, cancelled early'],
    [{ cancelled: true, outcome: 'open', unread: 9 }, 'cancelled, nothing found so far'],
    [{ cancelled: true, outcome: 'unread', unread: 9 }, 'cancelled before anything was known'],
    [{ outcome: 'open', unread: 1 }, 'nothing found, but 1 check could not tell'],
    [{ outcome: 'recovering', recovering: 2, unread: 1 }, 'nothing else found, 2 symptoms recovering'],
    [{ outcome: 'unread', unread: 37 }, 'not readable, so nothing is known of it'],
    [
      { outcome: 'not-applicable', noneApplies: { checks: 1, why: 'No Flannel runs here.' } },
      'the check does not apply: No Flannel runs here',
    ],
    [{ outcome: 'not-applicable', noneApplies: { checks: 3, why: '' } }, 'none of the 3 checks applies'],
    [{ muted: 1 }, 'nothing found besides what is muted'],
    [{}, 'no problem found'],
  ])('%j: %s', (fields, words) => {
    expect(verdictWords(verdict(fields))).toBe(words);
  });
});

describe('what is left after a fix', () => {
  it.each<[Partial<Verdict>, string]>([
    [{ causes: 2, symptoms: 3 }, '2 causes left'],
    [{ symptoms: 1, unexplained: 1 }, '1 symptom left, no known cause'],
    [{}, 'nothing left'],
    [{ outcome: 'open', unread: 2 }, 'nothing found, but 2 checks could not tell'],
    [{ outcome: 'recovering', recovering: 1 }, 'nothing left, 1 symptom recovering'],
    [{ outcome: 'unread', unread: 37 }, 'nothing could be read'],
    [
      { outcome: 'not-applicable', noneApplies: { checks: 1, why: 'No ipvs.' } },
      'the check does not apply any more: No ipvs',
    ],
    [{ outcome: 'open', unread: 2, cancelled: true }, 'cancelled before it could tell'],
  ])('%j: %s', (fields, words) => {
    expect(leftWords(verdict(fields))).toBe(words);
  });
});
