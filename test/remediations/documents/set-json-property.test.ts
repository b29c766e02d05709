import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { setJsonProperty } from '../../../src/remediations/documents/set-json-property.js';

const set = (source: string) => setJsonProperty(source, { key: 'cniVersion', value: '0.3.0', after: 'name' });

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
    expect(set(before)).toBe(after);
  });

  it.each(['', '[]', '"text"', 'null'])('refuses %j', (source) => {
    expect(set(source)).toBeUndefined();
  });

  it('changes that one property and not a byte of the rest, whatever the document', () => {
    const documents = fc.tuple(fc.dictionary(fc.string(), fc.jsonValue()), fc.integer({ min: 0, max: 4 }));
    fc.assert(
      fc.property(documents, ([value, indent]) => {
        const source = JSON.stringify(value, null, indent);
        const edited = set(source) ?? '';
        expect(JSON.parse(edited)).toEqual({ ...JSON.parse(source), cniVersion: '0.3.0' });
        if (!('cniVersion' in value)) expect(isInsertion(source, edited)).toBe(true);
      }),
    );
  });
});

/** Is `edited` the text of `source` with one run of characters added? */
function isInsertion(source: string, edited: string): boolean {
  const prefix = [...source].findIndex(
    (_, index) => source.slice(0, index + 1) !== edited.slice(0, index + 1),
  );
  const at = prefix === -1 ? source.length : prefix;
  return edited.endsWith([...source].slice(at).join(''));
}
