import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { readStored } from '../../src/ops/read-stored.js';

describe('what Redis holds', () => {
  it.each<[string, string | null | undefined, unknown]>([
    ['as acknet wrote it', '{"a":1}', { a: 1 }],
    ['nothing', null, undefined],
    ['no field', undefined, undefined],
    ['no JSON', '{"a":', undefined],
    ['another type', '{"a":"1"}', undefined],
    ['another version', '{"b":1}', undefined],
    ['null', 'null', undefined],
  ])('is read where it is as expected, and stops nothing else: %s', (_what, text, expected) => {
    expect(readStored(z.object({ a: z.number() }), text)).toEqual(expected);
  });
});
