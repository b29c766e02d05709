import { type Node as JsonNode, parseTree } from 'jsonc-parser';
import { isMap, isScalar, isSeq, type Pair, parseAllDocuments, Scalar, type Node as YamlNode } from 'yaml';

/** What JSON and YAML have in common, with the place of each value in the text; quotes are no part of a value. */
export type DocumentNode =
  | {
      readonly kind: 'map';
      readonly entries: readonly { readonly name: string; readonly value: DocumentNode }[];
    }
  | { readonly kind: 'list'; readonly items: readonly DocumentNode[] }
  | {
      readonly kind: 'scalar';
      readonly value: unknown;
      readonly start: number;
      readonly end: number;
      readonly style: 'escaped' | 'block' | 'plain';
    };

/** Deeper ones are left to the rules for text: the parsers call themselves a level. */
const DEEPEST = 200;
const LONGEST_JSON = 200_000;
/** The YAML parser needs seconds for ten times as much; the rules for text go on behind it. */
const LONGEST_YAML = 16_000;

/** The documents in a text that is JSON or YAML, also one cut off; none where it is neither. */
export function parseDocuments(text: string): readonly DocumentNode[] {
  if (text.length > LONGEST_JSON || deepest(text) > DEEPEST) return [];
  const json = text.search(/[{[]/);
  const before = json === -1 ? text : text.slice(0, json);
  try {
    const yaml = isYaml(text);
    if (json !== -1 && (!yaml || !before.includes(':'))) {
      const found = jsonWithin(text, json);
      if (found.length > 0) return found;
    }
    return yaml ? yamlDocuments(text) : [];
  } catch (error) {
    // Nested deeper than the parser can follow.
    if (error instanceof RangeError) return [];
    throw error;
  }
}

/** What one text may hold one after the other, e.g. a log line that quotes a request and its answer. */
const MOST_JSON = 8;

/** JSON among words, each from its own bracket on; one cut off counts as well. */
function jsonWithin(text: string, first: number): readonly DocumentNode[] {
  const found: DocumentNode[] = [];
  for (let at = first, tries = 0; at !== -1 && tries < MOST_JSON; tries += 1) {
    const tree = parseTree(text.slice(at), [], { allowTrailingComma: true });
    if (tree && tree.length > 2) found.push(fromJson(tree, at));
    const next = text.slice(at + Math.max(1, tree?.length ?? 1)).search(/[{[]/);
    at = next === -1 ? -1 : at + Math.max(1, tree?.length ?? 1) + next;
  }
  return found;
}

const isYaml = (text: string): boolean =>
  text.length <= LONGEST_YAML && text.includes('\n') && /[:-](?:\s|$)/m.test(text);

function deepest(text: string): number {
  let depth = 0;
  let most = 0;
  for (const [bracket] of text.matchAll(/[{}[\]]/g)) {
    depth += bracket === '{' || bracket === '[' ? 1 : -1;
    most = Math.max(most, depth);
  }
  const dashes = /(?:[-?:] ){200}/.test(text) ? DEEPEST + 1 : 0;
  return Math.max(most, dashes);
}

function fromJson(node: JsonNode, offset: number): DocumentNode {
  const children = node.children ?? [];
  if (node.type === 'object')
    return {
      kind: 'map',
      entries: children.flatMap(({ children: [name, value] = [] }) =>
        name && value ? [{ name: String(name.value), value: fromJson(value, offset) }] : [],
      ),
    };
  if (node.type === 'array') return { kind: 'list', items: children.map((item) => fromJson(item, offset)) };
  const quote = node.type === 'string' ? 1 : 0;
  return {
    kind: 'scalar',
    value: node.value,
    start: offset + node.offset + quote,
    end: offset + node.offset + node.length - quote,
    style: quote === 1 ? 'escaped' : 'plain',
  };
}

function yamlDocuments(text: string): readonly DocumentNode[] {
  const documents = parseAllDocuments(text, { uniqueKeys: false, logLevel: 'silent', prettyErrors: false });
  return (Array.isArray(documents) ? documents : []).flatMap(({ contents }) => {
    const node = contents === null ? undefined : fromYaml(contents as YamlNode);
    return node === undefined || node.kind === 'scalar' ? [] : [node];
  });
}

function fromYaml(node: YamlNode): DocumentNode | undefined {
  if (isMap(node))
    return {
      kind: 'map',
      entries: (node.items as Pair<YamlNode, YamlNode | null>[]).flatMap(({ key, value }) => {
        const inner = value ? fromYaml(value) : undefined;
        return isScalar(key) && inner ? [{ name: String(key.value), value: inner }] : [];
      }),
    };
  if (isSeq(node))
    return { kind: 'list', items: node.items.flatMap((item) => fromYaml(item as YamlNode) ?? []) };
  return isScalar(node) ? fromScalar(node) : undefined;
}

function fromScalar({ type, range, value }: Scalar): DocumentNode {
  const [start, end] = range ?? [0, 0, 0];
  if (type === Scalar.QUOTE_DOUBLE || type === Scalar.QUOTE_SINGLE)
    return {
      kind: 'scalar',
      value,
      start: start + 1,
      end: Math.max(start + 1, end - 1),
      style: type === Scalar.QUOTE_DOUBLE ? 'escaped' : 'plain',
    };
  const block = type === Scalar.BLOCK_FOLDED || type === Scalar.BLOCK_LITERAL;
  return { kind: 'scalar', value, start, end, style: block ? 'block' : 'plain' };
}
