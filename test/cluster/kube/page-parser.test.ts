import { describe, expect, it } from '@jest/globals';
import { createPageParser } from '../../../src/cluster/kube/answers/page-parser.js';
import type { JsonObject } from '../../../src/cluster/ports.js';

interface Read {
  readonly items: readonly unknown[];
  readonly token: string | undefined;
  readonly rest: unknown;
}

const limits = { objectBytes: 1e6, pageBytes: 1e7 };

/** Pushes a text in chunks of `size` bytes. */
function read(text: string, size: number, { whole = false, within = limits } = {}): Read {
  const items: unknown[] = [];
  let token: string | undefined;
  const parser = createPageParser({
    item: (item) => void items.push(item),
    token: (early) => {
      token = early;
    },
    whole,
    limits: within,
    tooLarge: (what) => new RangeError(what),
  });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) parser.push(bytes.subarray(at, at + size));
  return { rest: parser.end(), items, token };
}

const filler = (index: number): string => `${'x'.repeat(900)} ${index} "quoted" },{ [ ] { äöü`;
const item = (index: number): JsonObject => ({
  metadata: { name: `n-${index}`, annotations: { filler: filler(index) } },
  spec: {
    nested: [{ meta: { name: 'a' } }, { meta: { name: 'b' } }],
    text: '"items":[{"metadata":{',
  },
});
const custom = (index: number): JsonObject => ({ apiVersion: 'g/v1', kind: 'Node', ...item(index) });
const many = (of: (index: number) => JsonObject, count = 400) =>
  Array.from({ length: count }, (_, index) => of(index));

/** As the API server writes its own kinds, and custom resources. */
const own = (items: readonly JsonObject[], meta: object = { continue: 'next' }): string =>
  `${JSON.stringify({ kind: 'PodList', apiVersion: 'v1', metadata: meta, items })}\n`;
const customList = (items: readonly JsonObject[]): string =>
  `${JSON.stringify({ apiVersion: 'g/v1', items, kind: 'NodeList', metadata: { continue: 'late' } })}\n`;

describe('a page', () => {
  it.each([
    ['of the server’s own kinds', own(many(item)), many(item)],
    ['of custom resources', customList(many(custom)), many(custom)],
    ['written with spaces', JSON.stringify({ metadata: {}, items: many(item, 30) }, null, 2), many(item, 30)],
    ['of one item', own([item(1)]), [item(1)]],
    ['of none', own([]), []],
    ['without a list', own([]).replace('[]', 'null'), []],
  ])('%s is read alike, however it is cut', (_title, text, items) => {
    for (const size of [100, 7000, 65_536, 10_000_000]) expect(read(text, size).items).toEqual(items);
    expect(read(text, 65_536, { whole: true }).items).toEqual(items);
  });

  it('tells its continue token as soon as that stands there', () => {
    expect(read(own(many(item)), 65_536).token).toBe('next');
    expect(read(customList(many(custom)), 65_536)).toMatchObject({
      token: undefined,
      rest: { metadata: { continue: 'late' } },
    });
  });

  it('leaves out what managedFields list, and nothing else', () => {
    const managed = (index: number) => [
      {
        ...{ manager: 'kubelet', operation: 'Update', time: `t${index}`, fieldsType: 'FieldsV1' },
        fieldsV1: { 'f:status': { 'k:{"ip":"10.0.0.1"}': { '.': {}, 'f:ip': {} } } },
        subresource: 'status',
      },
      { manager: 'kubectl', time: 'u', fieldsV1: { 'f:spec': {} } },
    ];
    const given = many((index) => ({
      metadata: { name: `n-${index}`, managedFields: managed(index) },
      x: filler(index),
    }));
    const wanted = given.map((entry, index) => ({
      ...entry,
      metadata: {
        name: `n-${index}`,
        managedFields: managed(index).map((field) => ({ ...field, fieldsV1: {} })),
      },
    }));
    expect(read(own(given), 65_536).items).toEqual(wanted);
  });

  it.each([
    [
      'an item holds what looks like the cut between two',
      { spec: { list: [{ metadata: { x: 1 } }, { metadata: { x: 2 } }] } },
    ],
    [
      'a key of managedFields looks like their end',
      { metadata: { managedFields: [{ fieldsV1: { 'a}},{"manager":b': {} } }] } },
    ],
  ])('is refused in pieces or read right where %s', (_title, odd) => {
    const items = many((index) => ({ metadata: { n: index }, odd, filler: filler(index) }));
    const text = own(items);
    for (const size of [5000, 65_536]) {
      let found: Read | undefined;
      try {
        found = read(text, size);
      } catch (error) {
        expect(error).toBeInstanceOf(SyntaxError);
      }
      if (found) expect(found.items).toHaveLength(items.length);
    }
    expect(read(text, 65_536, { whole: true }).items).toEqual(items);
  });

  it('hands over entries that are no objects, as they stand there', () => {
    const odd = JSON.stringify({ kind: 'PodList', items: [1, null, 'x', item(1)] });
    expect(read(odd, 65_536).items).toEqual([1, null, 'x', item(1)]);
  });

  it.each([
    ['an object', own([...many(item, 20), { metadata: {}, huge: 'x'.repeat(60_000) }]), false],
    ['a page that is not cut', JSON.stringify({ items: many(item, 100) }, null, 2), false],
    ['a page in one piece', own(many(item, 100)), true],
  ])('ends where %s is beyond its limit', (_title, text, whole) => {
    const within = { objectBytes: 50_000, pageBytes: 90_000 };
    expect(() => read(text, 8000, { whole, within })).toThrow(/has more than \d+ bytes/);
    expect(read(text, 8000, { whole }).items.length).toBeGreaterThan(20);
  });

  it('throws on what is no JSON, and tells what else there is', () => {
    expect(() => read('<html>', 10)).toThrow(SyntaxError);
    expect(() => read(own(many(item)).slice(0, -500), 65_536)).toThrow(SyntaxError);
    expect(read('[]', 10)).toEqual({ rest: [], items: [], token: undefined });
  });
});
