import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseUnambiguous, RepeatedKey } from '../../../src/cluster/kube/answers/parse-unambiguous.js';

describe('JSON', () => {
  it.each([
    '{"a":1,"b":{"a":[{"a":null},{"a":"b\\":c"}]}}',
    '{ "a" : ":" ,\n "\\\\" :\t"\\\\\\":", "c":"\\\\"}',
    '["a", "b", ":"]',
    '{"__proto__":1,"constructor":{}}',
    '"text":'.slice(0, -1),
    '{"address":":8080","list":[":1", ":2"],"":":"}',
    '{":":1,",":2,"[":{"{":" : "}}',
    '{"note":"said : a\\\\\\": b","last":"{\\"a\\":1,\\"a\\":2}"}',
    'null',
  ])('%s, with each key once, is read as it is', (text) => {
    expect(parseUnambiguous(text)).toEqual(JSON.parse(text));
  });

  it.each([
    '{"items":[1],"items":[]}',
    '{"items":[1], "it\\u0065ms" : []}',
    '{"metadata":{"continue":"x","continue":""}}',
    '[{"a":1},{"a":1,"b":2,"a":3}]',
    '{"\\\\":1,"\\\\":2}',
    '{"__proto__":1,"__proto__":{}}',
    '{"a":":1","a":":2"}',
    '{"a":1, "a" :2}',
    '{"a\\\\":1,"a\\\\":2,"b":"\\":"}',
    '{"":1,"":2}',
    '{":":1,":":2}',
  ])('%s holds a key twice', (text) => {
    expect(() => parseUnambiguous(text)).toThrow(RepeatedKey);
  });

  it.each(['', '{', '{"a":1}{"a":1}', '{"a":1}\n{}'])('%j is none', (text) => {
    expect(() => parseUnambiguous(text)).toThrow(SyntaxError);
  });

  it('is read as it is, whatever its keys and texts, however it is spaced', () => {
    const text = fc.oneof(fc.string({ unit: fc.constantFrom(...':,"\\\\[{ a') }), fc.string());
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.integer(),
        fc.array(tie('value')),
        fc.dictionary(text, tie('value')),
      ),
    }));
    fc.assert(
      fc.property(value, fc.constantFrom(0, 1, '\t'), (held, space) => {
        const written = JSON.stringify(held, null, space);
        expect(parseUnambiguous(written)).toEqual(JSON.parse(written));
      }),
    );
  });

  it('may be nested deeper than the stack', () => {
    const depth = 200_000;
    expect(parseUnambiguous(`${'['.repeat(depth)}${']'.repeat(depth)}`)).toBeInstanceOf(Array);
  });
});
