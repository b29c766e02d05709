import { type Document, isMap, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import { isObject } from '../../cluster/fields.js';
import type { JsonObject } from '../../cluster/ports.js';
import { beyondYamlLimits } from './yaml-limits.js';

export interface KubeProxyFault {
  /**
   * `unreadable`, `value` and `gate` stop a kube-proxy that starts with them; `misplaced`, `unknown`, `early` (a later
   * release has it), `removed` and `duplicate` are ignored by it; `unfamiliar` is a gate that acknet cannot judge.
   */
  readonly kind:
    | 'unreadable'
    | 'value'
    | 'gate'
    | 'misplaced'
    | 'unknown'
    | 'early'
    | 'removed'
    | 'duplicate'
    | 'unfamiliar';
  /** e.g. `ipvs.udpTimeout`; '' for the document. */
  readonly path: string;
  /** Follows the path in a sentence: `needs a unit, as in 10s`. */
  readonly detail: string;
  /** From 1; absent where the fault has no place. */
  readonly line?: number | undefined;
  readonly source: string;
}

export interface ParsedDocument {
  readonly root: JsonObject;
  readonly document: Document;
  readonly lines: LineCounter;
  readonly source: string;
}

/** The document as YAML 1.1, which kube-proxy reads, or why it is none. Never throws. */
export function parseKubeProxyDocument(source: string): ParsedDocument | KubeProxyFault {
  const beyond = beyondYamlLimits(source);
  if (beyond !== undefined) return unreadable(beyond, source, 1);
  const lines = new LineCounter();
  try {
    const document = parseDocument(source, {
      version: '1.1',
      lineCounter: lines,
      prettyErrors: false,
      logLevel: 'error',
    });
    const error = document.errors.find(({ code }) => code !== 'DUPLICATE_KEY' && code !== 'MULTIPLE_DOCS');
    if (error !== undefined)
      return unreadable(
        `is not valid YAML: ${firstLine(error.message)}`,
        source,
        lines.linePos(error.pos[0]).line,
      );
    const root: unknown = document.toJS();
    if (isObject(root)) return { root, document, lines, source };
    return unreadable('holds no fields', source, 1);
  } catch (error) {
    // The parser itself gives up on alias bombs.
    return unreadable(`is not valid YAML: ${firstLine(String(error))}`, source, 1);
  }
}

const unreadable = (detail: string, source: string, line: number): KubeProxyFault => ({
  kind: 'unreadable',
  path: '',
  detail,
  line,
  source: lineAt(source, line),
});

const firstLine = (message: string): string => (message.split('\n')[0] ?? '').slice(0, 200);

/** Line `line` of a text, cut to what a person reads. */
export const lineAt = (source: string, line: number): string =>
  (source.split('\n')[line - 1] ?? '').trim().slice(0, 200);

/** Where the key at `path` stands; undefined = nowhere. */
export function lineOf(
  { document, lines }: ParsedDocument,
  path: readonly PropertyKey[],
): number | undefined {
  let node: unknown = document.contents;
  let at: number | undefined;
  for (const key of path) {
    if (!isMap(node)) return at;
    const pair = node.items.find(
      (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key,
    );
    if (pair === undefined) return at;
    at = isScalar(pair.key) ? pair.key.range?.[0] : undefined;
    node = pair.value;
  }
  return at === undefined ? undefined : lines.linePos(at).line;
}
