import { describe, expect, it } from '@jest/globals';
import { parseUnambiguous, RepeatedKey } from '../../../src/cluster/kube/parse-unambiguous.js';

describe('JSON', () => {
  it.each([
    '{"a":1,"b":{"a":[{"a":null},{"a":"b\\":c"}]}}',
    '{ "a" : ":" ,\n "\\\\" :\t"\\\\\\":", "c":"\\\\"}',
    '["a", "b", ":"]',
    '{"__proto__":1,"constructor":{}}',
    '"text":'.slice(0, -1),
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
  ])('%s holds a key twice', (text) => {
    expect(() => parseUnambiguous(text)).toThrow(RepeatedKey);
  });

  it.each(['', '{', '{"a":1}{"a":1}', '{"a":1}\n{}'])('%j is none', (text) => {
    expect(() => parseUnambiguous(text)).toThrow(SyntaxError);
  });

  it('may be nested deeper than the stack', () => {
    const depth = 200_000;
    expect(parseUnambiguous(`${'['.repeat(depth)}${']'.repeat(depth)}`)).toBeInstanceOf(Array);
  });
});
