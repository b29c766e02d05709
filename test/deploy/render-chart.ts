import { parse, parseAllDocuments } from 'yaml';
import { isObject, text } from '../../src/cluster/fields.js';
import type { JsonObject } from '../../src/cluster/ports.js';
import { runHelm } from '../support/helm.js';

export const chart = 'deploy/helm/acknet';

type Manifest = JsonObject & { readonly kind: string };

export const objectsIn = (yaml: string): readonly Manifest[] =>
  parseAllDocuments(yaml)
    .map((document) => document.toJS() as unknown)
    .filter((value): value is Manifest => isObject(value));

const rendered = new Map<string, string>();

/** What helm makes of the chart with these `--set`; each asked for once. */
export function renderChart(...sets: readonly string[]): string {
  const asked = sets.flatMap((set) => ['--set', set]);
  const known = rendered.get(asked.join(' '));
  const made = known ?? runHelm('template', 'acknet', chart, '-n', 'acknet', ...asked);
  rendered.set(asked.join(' '), made);
  return made;
}

/** Kind, namespace and name: two objects of one place are one object. */
export const placeOf = ({ kind, metadata }: JsonObject): string =>
  [kind, text(metadata, 'namespace'), text(metadata, 'name')].filter(Boolean).join(' ');

/** The acknet.yaml among rendered objects. */
export const configIn = (yaml: string): unknown =>
  parse(
    text(
      objectsIn(yaml).find(({ kind }) => kind === 'ConfigMap'),
      ...['data', 'acknet.yaml'],
    ) ?? '',
  );
