import { type Document, isMap, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import { isObject } from '../../../cluster/fields.js';
import type { JsonObject } from '../../../cluster/ports.js';
import type { KubeProxyFault } from './kube-proxy-fault.js';
import { beyondYamlLimits } from './yaml-limits.js';

export interface ParsedDocument {
  readonly root: JsonObject;
  /** Keys that stand in their section twice or more, each with its path. */
  readonly repeated: readonly { readonly path: string; readonly line: number }[];
  /** Line of the key at a path, from 1; undefined = not there. */
  lineOf(path: readonly PropertyKey[]): number | undefined;
  /** A line's text, cut to what a person reads. */
  textOf(line: number): string;
}

/** The document as YAML 1.1, which kube-proxy reads, or why it is none. Never throws, and takes time linear in the text. */
export function parseKubeProxyDocument(source: string): ParsedDocument | KubeProxyFault {
  const beyond = beyondYamlLimits(source);
  if (beyond !== undefined) return unread(beyond, source);
  const counter = new LineCounter();
  try {
    // Repeated keys are told by walking the document: the parser compares each key with every other.
    const document = parseDocument(source, {
      version: '1.1',
      lineCounter: counter,
      prettyErrors: false,
      logLevel: 'error',
      uniqueKeys: false,
    });
    const error = document.errors.find(({ code }) => code !== 'MULTIPLE_DOCS');
    if (error !== undefined)
      return unreadable(
        `is not valid YAML: ${firstLine(error.message)}`,
        source,
        counter.linePos(error.pos[0]).line,
      );
    const root: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    if (isObject(root)) return { root, ...placesOf(document, counter, source) };
    return unreadable('holds no fields', source, 1);
  } catch (error) {
    // The parser itself gives up on alias bombs.
    const message = firstLine(String(error));
    return EXCESS.test(message)
      ? unread('repeats itself too often by aliases', source)
      : unreadable(`is not valid YAML: ${message}`, source, 1);
  }
}

const EXCESS = /excessive alias/i;

const MOST_ALIASES = 50;
const SHOWN = 200;

type Places = Pick<ParsedDocument, 'repeated' | 'lineOf' | 'textOf'>;

function placesOf(document: Document.Parsed, counter: LineCounter, source: string): Places {
  const lines = source.split('\n');
  const places = new Map<string, number>();
  const repeated: { path: string; line: number }[] = [];
  collect(document.contents, [], (path, offset) => {
    const { line } = counter.linePos(offset);
    const key = keyOf(path);
    if (places.has(key)) repeated.push({ path: path.join('.'), line });
    else places.set(key, line);
  });
  return {
    repeated,
    lineOf: (path) => {
      for (let length = path.length; length > 0; length -= 1) {
        const line = places.get(keyOf(path.slice(0, length)));
        if (line !== undefined) return line;
      }
      return undefined;
    },
    textOf: (line) => (lines[line - 1] ?? '').trim().slice(0, SHOWN),
  };
}

const keyOf = (path: readonly PropertyKey[]): string => JSON.stringify(path.map(String));

/** Fields stand at the top or one section below; what is deeper has no place of its own. */
const DEEPEST = 2;

function collect(
  node: unknown,
  above: readonly string[],
  found: (path: readonly string[], offset: number) => void,
): void {
  if (!isMap(node) || above.length >= DEEPEST) return;
  for (const item of node.items) {
    if (!isPair(item) || !isScalar(item.key) || !item.key.range) continue;
    const path = [...above, String(item.key.value)];
    found(path, item.key.range[0]);
    collect(item.value, path, found);
  }
}

/** kube-proxy may well read it: that acknet does not is no fault of the document. */
const unread = (detail: string, source: string): KubeProxyFault => ({
  ...unreadable(`${detail}, so acknet does not read it`, source, 1),
  kind: 'unfamiliar',
});

const unreadable = (detail: string, source: string, line: number): KubeProxyFault => ({
  kind: 'unreadable',
  path: '',
  detail,
  line,
  source: (source.split('\n')[line - 1] ?? '').trim().slice(0, SHOWN),
});

const firstLine = (message: string): string => (message.split('\n')[0] ?? '').slice(0, SHOWN);
