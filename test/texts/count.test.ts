import { describe, expect, it } from '@jest/globals';
import { count } from '../../src/texts/count.js';

describe('count', () => {
  it.each([
    [0, 'pod', undefined, '0 pods'],
    [1, 'pod', undefined, '1 pod'],
    [2, 'pod', undefined, '2 pods'],
    [1, 'policy', 'policies', '1 policy'],
    [0, 'policy', 'policies', '0 policies'],
  ])('%d %s', (n, noun, nouns, text) => {
    expect(count(n, noun, nouns)).toBe(text);
  });
});
