import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type JsonEdit, setJsonProperty } from '../../../src/remediations/documents/set-json-property.js';

const version: JsonEdit = { path: ['cniVersion'], value: '0.3.0', after: 'name' };

describe('setJsonProperty', () => {
  it.each([
    ['{"name":"cb0","type":"flannel"}', '{"name":"cb0","cniVersion":"0.3.0","type":"flannel"}'],
    [
      '{\n  "name": "cb0",\n  "type": "flannel"\n}\n',
      '{\n  "name": "cb0",\n  "cniVersion": "0.3.0",\n  "type": "flannel"\n}\n',
    ],
    ['{"type":"flannel"}', '{"type":"flannel","cniVersion":"0.3.0"}'],
    [
      '{"name":"cb0","cniVersion":"","type":"flannel"}',
      '{"name":"cb0","cniVersion":"0.3.0","type":"flannel"}',
    ],
    ['{}', '{"cniVersion": "0.3.0"}'],
  ])('turns %j into %j', (before, after) => {
    expect(setJsonProperty(before, version)).toBe(after);
  });

  it.each<[string, JsonEdit, string]>([
    ['{"a":{"b":1}}', { path: ['a', 'b'], value: 2 }, '{"a":{"b":2}}'],
    ['{"a":{"b":1}}', { path: ['a', 'c'], value: true }, '{"a":{"b":1,"c":true}}'],
    ['{"a": 1}', { path: ['x', 'y', 'z'], value: 2 }, '{"a": 1,"x": {"y":{"z":2}}}'],
    [
      '{"plugins":[{"type":"flannel"},{"type":"portmap"}]}',
      { path: ['plugins', 0, 'dataDir'], value: '/run' },
      '{"plugins":[{"type":"flannel","dataDir":"/run"},{"type":"portmap"}]}',
    ],
    ['{"z":["a",\n  "b"]}', { path: ['z', 2], value: 'c' }, '{"z":["a",\n  "b",\n  "c"]}'],
    ['{"z":[]}', { path: ['z', 0], value: 'c' }, '{"z":["c"]}'],
  ])('follows a path: %j with %j is %j', (before, edit, after) => {
    expect(setJsonProperty(before, edit)).toBe(after);
  });

  it.each<[string, JsonEdit]>([
    ['', version],
    ['[]', version],
    ['"text"', version],
    ['null', version],
    ['{"name":"cb0",}', version],
    ['{"name":"cb0"} trailing', version],
    ['{"name":"cb0" /* comment */}', version],
    ['{"cniVersion":"a","cniVersion":"b"}', version],
    ['{"a":"text"}', { path: ['a', 'b'], value: 1 }],
    ['{"a":[1]}', { path: ['a', 5], value: 1 }],
  ])('refuses %j with %j', (source, edit) => {
    expect(setJsonProperty(source, edit)).toBeUndefined();
  });

  it('changes that one property and not a byte of the rest, whatever the document', () => {
    const documents = fc.tuple(fc.dictionary(fc.string(), fc.jsonValue()), fc.integer({ min: 0, max: 4 }));
    fc.assert(
      fc.property(documents, ([value, indent]) => {
        const source = JSON.stringify(value, null, indent);
        const edited = setJsonProperty(source, version) ?? '';
        expect(JSON.parse(edited)).toEqual({ ...JSON.parse(source), cniVersion: '0.3.0' });
        if (!('cniVersion' in value)) expect(isInsertion(source, edited)).toBe(true);
      }),
    );
  });

  it('changes one value in the depths and not a byte of the rest', () => {
    const plugins = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(plugins, fc.integer({ min: 0, max: 3 }), (list, indent) => {
        const source = JSON.stringify({ name: 'cb0', plugins: list, last: null }, null, indent);
        const at = list.length - 1;
        const edited =
          setJsonProperty(source, { path: ['plugins', at, 'acknet-new'], value: '/var/run' }) ?? '';
        const expected = JSON.parse(source) as { plugins: Record<string, unknown>[] };
        Object.assign(expected.plugins[at] as object, { 'acknet-new': '/var/run' });
        expect(JSON.parse(edited)).toEqual(expected);
        expect(isInsertion(source, edited)).toBe(true);
      }),
    );
  });
});

/** Is `edited` the text of `source` with one run of characters added? */
function isInsertion(source: string, edited: string): boolean {
  const added = edited.length - source.length;
  let at = 0;
  while (at < source.length && source[at] === edited[at]) at += 1;
  return source.slice(at) === edited.slice(at + added) && added > 0;
}
