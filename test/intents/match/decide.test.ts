import { describe, expect, it } from '@jest/globals';
import type { Intent } from '../../../src/intents/intent.js';
import { type Beliefs, decide } from '../../../src/intents/match/decide.js';
import type { Ranking } from '../../../src/intents/match/rank-entries.js';

const intents = ['first', 'second', 'third'].map((id) => ({ id }) as Intent);
const kindOf = (shares: readonly number[], beliefs: Beliefs, foreignShare = 0): string => {
  const ranking = { order: [0, 1, 2], shares: Float64Array.from(shares) } as unknown as Ranking;
  const thresholds = { sure: 0.9, torn: 0.5 };
  return decide(intents, ranking, { beliefs, thresholds, saysSomething: true, foreignShare }).kind;
};

describe('the best entry', () => {
  it.each<[string, readonly number[], Beliefs, string]>([
    ['is sure by what speaks for it', [0.9, 0.1, 0], { right: 0.95, ours: 0.95 }, 'sure'],
    ['is not where another keeps a share', [0.7, 0.3, 0], { right: 0.95, ours: 0.95 }, 'torn'],
    [
      'is a little earlier where it leaves the others nothing',
      [0.999, 0.001, 0],
      { right: 0.82, ours: 0.87 },
      'sure',
    ],
    ['is not where little speaks for it', [0.999, 0.001, 0], { right: 0.7, ours: 0.87 }, 'torn'],
    ['is not where the message may be none of ours', [0.999, 0.001, 0], { right: 0.82, ours: 0.7 }, 'torn'],
    ['is not where another keeps something', [0.98, 0.02, 0], { right: 0.82, ours: 0.87 }, 'torn'],
  ])('%s', (_, shares, beliefs, kind) => {
    expect(kindOf(shares, beliefs)).toBe(kind);
  });

  it('is no sooner sure where many words belong to another field', () => {
    const beliefs = { right: 0.82, ours: 0.87 };
    expect([0.1, 0.2].map((share) => kindOf([0.999, 0.001, 0], beliefs, share))).toEqual(['sure', 'torn']);
  });
});
