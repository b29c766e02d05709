import { isDeepStrictEqual } from 'node:util';
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  type Pair,
  parseDocument,
  type Scalar,
  visit,
  type YAMLMap,
} from 'yaml';

export interface YamlEdit {
  /** Keys of block or flow mappings from the root; at most one level may be missing besides the field itself. */
  readonly path: readonly [string, ...string[]];
  readonly value: string | number;
  /** Root key behind whose line a missing root entry goes; else it goes first. */
  readonly after?: string;
}

/**
 * Sets one scalar in a YAML mapping and changes nothing else: comments, order, blank lines and quotes stay as they
 * are. undefined = not one well-formed mapping, aliases in it, or a path that leads through something else.
 */
export function setYamlField(source: string, edit: YamlEdit): string | undefined {
  const document = parseMapping(source);
  if (document === undefined || !isMap(document.contents)) return undefined;
  const edited = spliced(source, document.contents, edit);
  return edited !== undefined && isThatEdit(document, edited, edit) ? edited : undefined;
}

function parseMapping(source: string): Document.Parsed | undefined {
  const document = parseDocument(source, { uniqueKeys: true });
  const usable = document.errors.length === 0 && document.warnings.length === 0;
  return usable && !hasAliases(document) ? document : undefined;
}

/** A value that an anchor shares would change in two places. */
function hasAliases(document: Document.Parsed): boolean {
  let found = false;
  visit(document, (_key, node) => {
    if (!isAlias(node)) return undefined;
    found = true;
    return visit.BREAK;
  });
  return found;
}

function spliced(source: string, root: YAMLMap, { path, value, after }: YamlEdit): string | undefined {
  let map = root;
  for (const [depth, key] of path.entries()) {
    const pair = pairOf(map, key);
    const rest = path.slice(depth + 1);
    if (pair === undefined) {
      const neighbour = map === root && after !== undefined ? pairOf(root, after) : undefined;
      return addEntry(source, map, { key, rest, value, neighbour });
    }
    if (rest.length === 0) return setScalar(source, pair, value);
    if (isMap(pair.value)) map = pair.value;
    else return isNothing(pair.value) ? fillNothing(source, map, { pair, rest, value }) : undefined;
  }
  return undefined;
}

const pairOf = (map: YAMLMap, key: string): Pair | undefined =>
  map.items.find((pair) => isScalar(pair.key) && pair.key.value === key);

const isNothing = (node: unknown): boolean =>
  node === null || (isScalar(node) && node.value === null && node.source === '');

/** The range of a node's own text: [start, end of value]. */
const rangeOf = (node: unknown): readonly [number, number] | undefined => {
  const range = (node as { range?: readonly [number, number, number] | null } | null)?.range;
  return range ? [range[0], range[1]] : undefined;
};

function setScalar(source: string, pair: Pair, value: string | number): string | undefined {
  if (isNothing(pair.value)) return insertAfterColon(source, pair, ` ${plain(value)}`);
  const range = isScalar(pair.value) ? rangeOf(pair.value) : undefined;
  const block = isScalar(pair.value) && /BLOCK/.test((pair.value as Scalar).type ?? '');
  return range && !block ? source.slice(0, range[0]) + plain(value) + source.slice(range[1]) : undefined;
}

/** Text that YAML reads back as this very value. */
const plain = (value: string | number): string =>
  typeof value === 'number' || /^[A-Za-z][A-Za-z0-9]*$/.test(value) || /^\d+[a-z]+$/.test(value)
    ? String(value)
    : JSON.stringify(value);

function insertAfterColon(source: string, pair: Pair, text: string): string | undefined {
  const end = rangeOf(pair.key)?.[1];
  const colon = end === undefined ? -1 : source.indexOf(':', end);
  return colon === -1 ? undefined : source.slice(0, colon + 1) + text + source.slice(colon + 1);
}

interface Addition {
  readonly key: string;
  readonly rest: readonly string[];
  readonly value: string | number;
  readonly neighbour: Pair | undefined;
}

function addEntry(
  source: string,
  map: YAMLMap,
  { key, rest, value, neighbour }: Addition,
): string | undefined {
  const first = map.items[0];
  const start = first && rangeOf(first.key)?.[0];
  if (map.flow || start === undefined) return addToFlow(source, map, { key, rest, value, neighbour });
  const eol = source.includes('\r\n') ? '\r\n' : '\n';
  const indent = ' '.repeat(start - (source.lastIndexOf('\n', start - 1) + 1));
  const text = nested([key, ...rest], value, { indent, eol });
  const behind = neighbour && lineEnd(source, neighbour);
  if (behind === undefined) return source.slice(0, start) + text + eol + indent + source.slice(start);
  const atEnd = behind === source.length && !source.endsWith('\n');
  return (
    source.slice(0, behind) + (atEnd ? eol : '') + indent + text + (atEnd ? '' : eol) + source.slice(behind)
  );
}

function addToFlow(source: string, map: YAMLMap, { key, rest, value }: Addition): string | undefined {
  const range = rangeOf(map);
  if (!map.flow || range === undefined || rest.length > 0) return undefined;
  const separator = map.items.length > 0 ? ', ' : '';
  const at = range[0] + 1;
  return `${source.slice(0, at)}${key}: ${plain(value)}${separator}${source.slice(at)}`;
}

/** Just behind the line on which a one-line scalar ends; undefined = the neighbour is no such thing. */
function lineEnd(source: string, { value }: Pair): number | undefined {
  const range = isScalar(value) ? rangeOf(value) : undefined;
  if (range === undefined || source.slice(...range).includes('\n')) return undefined;
  const newline = source.indexOf('\n', range[1]);
  return newline === -1 ? source.length : newline + 1;
}

function nested(
  [key = '', ...rest]: readonly string[],
  value: string | number,
  layout: { indent: string; eol: string },
): string {
  if (rest.length === 0) return `${key}: ${plain(value)}`;
  const indent = `${layout.indent}  `;
  return `${key}:${layout.eol}${indent}${nested(rest, value, { ...layout, indent })}`;
}

/** `ipvs:` with nothing behind it becomes a mapping. */
function fillNothing(
  source: string,
  map: YAMLMap,
  { pair, rest, value }: { pair: Pair; rest: readonly string[]; value: string | number },
): string | undefined {
  const start = rangeOf(pair.key)?.[0];
  if (map.flow || start === undefined) return undefined;
  const eol = source.includes('\r\n') ? '\r\n' : '\n';
  const indent = `${' '.repeat(start - (source.lastIndexOf('\n', start - 1) + 1))}  `;
  return insertAfterColon(source, pair, `${eol}${indent}${nested(rest, value, { indent, eol })}`);
}

function isThatEdit(before: Document.Parsed, edited: string, { path, value }: YamlEdit): boolean {
  const after = parseMapping(edited);
  if (after === undefined) return false;
  const expected = before.clone() as Document;
  for (const depth of path.slice(0, -1).keys()) {
    const parent = path.slice(0, depth + 1);
    if (expected.getIn(parent) == null) expected.setIn(parent, expected.createNode({}));
  }
  expected.setIn(path, value);
  return isDeepStrictEqual(after.toJS(), expected.toJS());
}
