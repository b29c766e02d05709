import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { environmentSchema } from '../../../src/config/environment/environment-schema.js';
import { addGauges } from '../../../src/jobs/add-gauges.js';
import { createMetrics } from '../../../src/ops/metrics.js';
import type { Page } from './pages.js';

/** The metrics there are, as the registry describes them. */
export function describedMetrics() {
  const { registry } = createMetrics();
  addGauges({ registry, queues: [], store: { open: async () => [] }, now: () => new Date() });
  return registry.getMetricsAsArray() as unknown as readonly {
    readonly name: string;
    readonly help: string;
    readonly type: string;
    readonly labelNames: readonly string[];
  }[];
}

/** Metrics named anywhere on a page that nothing counts. */
export function unknownMetrics({ text }: Page): string[] {
  const names = new Set(describedMetrics().map(({ name }) => name));
  return matches(text, /\backnet_[a-z_]+\b/g).filter(
    (name) => !names.has(name.replace(/_(?:bucket|sum|count)$/, '')),
  );
}

/** Read by `main` to find the file, and by the tests; every other variable is in the schema. */
const otherVariables = ['ACKNET_CONFIG', 'ACKNET_TEST_KUBECONFIG', 'ACKNET_TEST_SLACK'];
const variables = new Set([...Object.keys(environmentSchema.shape), ...otherVariables]);

/** Variables of the environment that acknet does not read. */
export const unknownVariables = ({ text }: Page): string[] =>
  matches(text, /\b(?:ACKNET|SLACK)_[A-Z_]*[A-Z]\b/g).filter((name) => !variables.has(name));

const values = parse(readFileSync('deploy/helm/acknet/values.yaml', 'utf8')) as Readonly<
  Record<string, unknown>
>;

/** What `--set` sets, and dotted names in backticks that begin like a value of the chart, and are neither one nor in `others`. */
export function unknownValues({ spans, text }: Page, others: (name: string) => boolean): string[] {
  const set = [...text.matchAll(/--set(?:-string)? ([\w.]+)=/g)].flatMap(([, name = '']) => name);
  const named = spans
    .filter((span) => /^[a-z]\w*(?:\.\w+)+$/i.test(span) && !/\.(?:json|ya?ml)$/.test(span))
    .filter((span) => Object.hasOwn(values, span.split('.')[0] ?? ''));
  return [...set, ...named.filter((name) => !others(name))].filter(
    (name) => !isValue(values, name.split('.')),
  );
}

function isValue(node: unknown, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined) return true;
  if (typeof node !== 'object' || node === null) return false;
  // What is empty by default takes any key (`config`, labels, node selectors).
  if (Object.keys(node).length === 0) return true;
  return Object.hasOwn(node, name) && isValue((node as Record<string, unknown>)[name], rest);
}

const matches = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map(([found]) => found)),
];
