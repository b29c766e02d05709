import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { crossFaults } from '../../../src/config/cross-rules.js';
import { describeFaults } from '../../../src/config/describe-faults.js';
import { fileSchema } from '../../../src/config/file-schema.js';
import type { Page } from './pages.js';

/**
 * Faults of every block of a page that is an acknet.yaml or a part of one: each `yaml` block, unless it is an object of
 * Kubernetes or its first line says what else it is (`yaml values` = values of the chart, whose `config` is one).
 */
export const configFaults = ({ blocks }: Page): string[] =>
  blocks.flatMap(({ info, text }) => {
    if (!/^ya?ml\b/.test(info)) return [];
    return parseAllDocuments(text).flatMap((document) => {
      if (document.errors.length > 0) return document.errors.map(({ message }) => message);
      const value = document.toJS() as Record<string, unknown>;
      if ('apiVersion' in value) return [];
      if (info === 'yaml values') return 'config' in value ? faultsOf(value.config) : [];
      return info === 'yaml' ? faultsOf(value) : [];
    });
  });

function faultsOf(value: unknown): string[] {
  const whole = { clusters: {}, ...(value as object) };
  const parsed = fileSchema.safeParse(whole);
  return [
    ...(parsed.success ? [] : describeFaults(parsed.error, whole, 'plain')),
    ...crossFaults('clusters' in (value as object) ? value : {}),
  ];
}

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | false;
}

const schema = z.toJSONSchema(fileSchema, { io: 'input' }) as Node;

/** Whether a dotted name is a key of acknet.yaml. */
export const isConfigKey = (name: string): boolean => isKey(schema, name.split('.'));

/** Dotted names in backticks that begin like a key of acknet.yaml, and are neither one nor in `others`. */
export function unknownKeys({ spans }: Page, others: ReadonlySet<string>): string[] {
  const heads = Object.keys(schema.properties ?? {});
  return spans
    .map((span) => span.replaceAll('&lt;', '<').replaceAll('&gt;', '>'))
    .filter((span) => /^[a-z]+(?:\.[\w<>-]+)+$/.test(span) && heads.includes(span.split('.')[0] ?? ''))
    .filter((span) => !others.has(span) && !isConfigKey(span));
}

function isKey(node: Node, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined) return true;
  const child = node.properties?.[name] ?? node.additionalProperties;
  return Boolean(child) && isKey(child as Node, rest);
}
