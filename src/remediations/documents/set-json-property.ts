import { isDeepStrictEqual } from 'node:util';
import { findNodeAtLocation, type Node, type ParseError, parseTree } from 'jsonc-parser';
import type { Json } from '../../cluster/ports.js';

export interface JsonEdit {
  /** Keys and array indexes from the root. Objects missing on the way are made; an index equal to the length appends. */
  readonly path: readonly (string | number)[];
  readonly value: Json;
  /** Sibling behind which a new key goes; else it goes behind the last one. */
  readonly after?: string;
}

/**
 * Sets one value in a JSON text and changes nothing else: every other byte stays. A new entry is spaced and indented
 * like its neighbour. undefined = not JSON, keys that stand twice, or a path that leads through something else.
 */
export function setJsonProperty(source: string, edit: JsonEdit): string | undefined {
  const errors: ParseError[] = [];
  const root = parseTree(source, errors, { disallowComments: true });
  if (root?.type !== 'object' || errors.length > 0 || hasTwins(root)) return undefined;
  const edited = spliced(source, root, edit);
  return edited !== undefined && isThatEdit(source, edited, edit) ? edited : undefined;
}

function spliced(source: string, root: Node, { path, value, after }: JsonEdit): string | undefined {
  const present = findNodeAtLocation(root, [...path]);
  if (present)
    return splice(source, { at: present.offset, length: present.length, text: JSON.stringify(value) });

  const depth = path.findLastIndex(
    (_, index) => findNodeAtLocation(root, path.slice(0, index)) !== undefined,
  );
  const parent = findNodeAtLocation(root, path.slice(0, depth));
  const key = path[depth];
  if (parent === undefined || key === undefined) return undefined;
  const wrapped = path
    .slice(depth + 1)
    .reduceRight<Json>((inner, name) => ({ [String(name)]: inner }), value);
  if (parent.type === 'object' && typeof key === 'string')
    return addEntry(source, parent, { key, value: wrapped, after });
  const appends = parent.type === 'array' && key === (parent.children?.length ?? 0);
  return appends ? addEntry(source, parent, { key: undefined, value: wrapped, after: undefined }) : undefined;
}

interface Entry {
  /** undefined = an array's item. */
  readonly key: string | undefined;
  readonly value: Json;
  readonly after: string | undefined;
}

function addEntry(source: string, parent: Node, { key, value, after }: Entry): string {
  const entries = parent.children ?? [];
  const named =
    after === undefined ? undefined : entries.find((entry) => entry.children?.[0]?.value === after);
  const neighbour = named ?? entries.at(-1);
  const text = JSON.stringify(value);
  const written = (colon: string) => (key === undefined ? text : `${JSON.stringify(key)}${colon}${text}`);
  if (neighbour === undefined)
    return splice(source, { at: parent.offset + 1, length: 0, text: written(': ') });

  const before = source.slice(0, neighbour.offset);
  const lead = before.slice(before.trimEnd().length);
  return splice(source, {
    at: neighbour.offset + neighbour.length,
    length: 0,
    text: `,${lead}${written(colonOf(source, neighbour))}`,
  });
}

function colonOf(source: string, { children: [key, held] = [] }: Node): string {
  return key && held ? source.slice(key.offset + key.length, held.offset) : ': ';
}

/** Which of two equal keys counts is up to the reader of the document: not ours to say. */
function hasTwins(node: Node): boolean {
  const children = node.children ?? [];
  if (node.type === 'object') {
    const keys = children.map((entry) => String(entry.children?.[0]?.value));
    if (new Set(keys).size < keys.length) return true;
  }
  return children.some(hasTwins);
}

function isThatEdit(source: string, edited: string, { path, value }: JsonEdit): boolean {
  const expected: unknown = JSON.parse(source);
  let holder = expected as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) {
    if (!Object.hasOwn(holder, key)) Object.defineProperty(holder, key, property({}));
    holder = holder[key] as Record<string | number, unknown>;
  }
  Object.defineProperty(holder, path.at(-1) ?? '', property(value));
  return isDeepStrictEqual(JSON.parse(edited), expected);
}

/** Defined rather than assigned: `__proto__` is a key like any other. */
const property = (value: unknown): PropertyDescriptor => ({
  value,
  writable: true,
  enumerable: true,
  configurable: true,
});

const splice = (source: string, { at, length, text }: { at: number; length: number; text: string }): string =>
  source.slice(0, at) + text + source.slice(at + length);
