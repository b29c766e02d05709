import { type DocumentNode, parseDocuments } from '../document.js';
import { isNoSecret, looksRandom } from './no-secret.js';
import { isSecretName, kindOfName } from './secret-name.js';
import type { Span } from './span.js';
import { type Derived, dedent, unquote } from './unquote.js';

type Scalar = Extract<DocumentNode, { kind: 'scalar' }>;
type Entries = Extract<DocumentNode, { kind: 'map' }>['entries'];

/** Looks for secrets in a text of its own, such as JSON in a string. */
type FindWithin = (text: string) => readonly Span[];

/** Secrets by the names they have in JSON and YAML; nothing where a text is neither. */
export function documentSecrets(text: string, within: FindWithin): Span[] {
  return parseDocuments(text).flatMap((node) => secretsOf(node, { text, within }));
}

interface Source {
  readonly text: string;
  readonly within: FindWithin;
}

function secretsOf(node: DocumentNode, source: Source): Span[] {
  if (node.kind === 'scalar') return nested(node, source);
  if (node.kind === 'list')
    return node.items.flatMap((item, index) =>
      followsFlag(node.items[index - 1]) || isPair(node.items, index)
        ? everyText(item, source)
        : secretsOf(item, source),
    );
  const { entries } = node;
  const kind = textOf(entries, 'kind');
  const isSecret = kind === 'Secret' || kind === 'SecretList';
  const named = ['name', 'key', 'Name', 'Key'].some((name) => isSecretName(textOf(entries, name) ?? ''));
  return entries.flatMap(({ name, value }) => {
    if (name === 'stringData' || (isSecret && name === 'data')) return everyText(value, source);
    if (kind === 'SecretList' && name === 'items') return itemsOfSecrets(value, source);
    // Environment variables: `- name: DB_PASSWORD`, `value: …`.
    if (named && /^value$/i.test(name) && value.kind === 'scalar') return secretText(value, source);
    return namedSecrets(name, value, source);
  });
}

function namedSecrets(name: string, value: DocumentNode, source: Source): Span[] {
  const kind = kindOfName(name);
  if (kind === undefined) return secretsOf(value, source);
  if (value.kind === 'scalar') {
    const shown = String(value.value);
    if (kind === 'list' || (kind === 'when-random' && !looksRandom(shown))) return nested(value, source);
    return secretText(value, source);
  }
  if (value.kind === 'list' && kind !== 'when-random')
    return value.items.flatMap((item) =>
      item.kind === 'scalar' ? secretText(item, source) : secretsOf(item, source),
    );
  if (value.kind === 'map' && kind === 'secret')
    return value.entries.flatMap((entry) =>
      entry.value.kind === 'scalar' && /^(?:value|data|plain|raw)$/i.test(entry.name)
        ? secretText(entry.value, source)
        : isMadeUp(entry.value)
          ? secretText(entry.value as Scalar, source)
          : namedSecrets(entry.name, entry.value, source),
    );
  return secretsOf(value, source);
}

/** Under the name of a secret even what has no telling name is one, unless it reads as a name or number itself. */
const isMadeUp = (node: DocumentNode): boolean =>
  node.kind === 'scalar' &&
  typeof node.value === 'string' &&
  /[a-z]/.test(node.value) &&
  /[A-Z]/.test(node.value) &&
  looksRandom(node.value);

function itemsOfSecrets(items: DocumentNode, source: Source): Span[] {
  if (items.kind !== 'list') return [];
  return items.items.flatMap((item) =>
    item.kind === 'map'
      ? item.entries.flatMap(({ name, value }) =>
          name === 'data' ? everyText(value, source) : namedSecrets(name, value, source),
        )
      : [],
  );
}

function everyText(node: DocumentNode, source: Source): Span[] {
  if (node.kind === 'scalar') return secretText(node, source);
  const inner = node.kind === 'list' ? node.items : node.entries.map(({ value }) => value);
  return inner.flatMap((item) => everyText(item, source));
}

function secretText({ value, start, end, style }: Scalar, { text }: Source): Span[] {
  if (value === null || typeof value === 'boolean' || isNoSecret(String(value).trim())) return [];
  if (style !== 'block') return [{ start, end }];
  // The header of a block (`|-`) and the indentation stay.
  const body = text.indexOf('\n', start) + 1;
  const from = body + Math.max(0, text.slice(body, end).search(/\S/));
  return [{ start: from, end: from + text.slice(from, end).trimEnd().length }];
}

/** JSON in a JSON string, a manifest in a ConfigMap. */
function nested({ value, start, end, style }: Scalar, { text, within }: Source): Span[] {
  if (typeof value !== 'string' || style === 'plain') return [];
  const from = style === 'block' ? text.indexOf('\n', start) + 1 : start;
  const inner: Derived = style === 'block' ? dedent(text.slice(from, end)) : unquote(text.slice(from, end));
  return within(inner.text).map((span) => ({
    start: from + inner.at(span.start),
    end: from + inner.at(span.end),
  }));
}

/** `["password", "…"]`. */
const isPair = (items: readonly DocumentNode[], index: number): boolean => {
  const [name] = items;
  return (
    items.length === 2 &&
    index === 1 &&
    name?.kind === 'scalar' &&
    kindOfName(String(name.value)) === 'secret'
  );
};

const followsFlag = (item: DocumentNode | undefined): boolean => {
  const flag = item?.kind === 'scalar' && typeof item.value === 'string' ? item.value : '';
  return /^--?[a-z]/.test(flag) && kindOfName(flag) === 'secret';
};

function textOf(entries: Entries, name: string): string | undefined {
  const value = entries.find((entry) => entry.name === name)?.value;
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}
