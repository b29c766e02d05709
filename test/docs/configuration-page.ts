import { z } from 'zod';
import { environmentSchema } from '../../src/config/environment/environment-schema.js';
import { fileSchema } from '../../src/config/file-schema.js';

/** What is read of a JSON Schema. */
interface Node {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | false;
  readonly items?: Node;
  readonly required?: readonly string[];
}

const HEAD = `# Configuration

Written by \`npm run docs:config\` from \`src/config/file-schema.ts\` and \`src/config/environment/environment-schema.ts\`; do not edit. Secrets are in the environment, everything else is in
\`acknet.yaml\`. [acknet.example.yaml](acknet.example.yaml) shows every key in use; [acknet.schema.json](acknet.schema.json) lets an editor complete them: the first line of the
example tells editors with the YAML language server where it is. acknet refuses to start with a fault in either, and names all of them at once by path (\`config.invalid\`). What of acknet.yaml follows its file without a restart: [operations](operations.md#changing-the-configuration).

\`NAME\` in a key is a name of your choice, \`[]\` one of a list. A key without default may be left out, unless it is *needed*.
`;

/** `docs/acknet.schema.json`: what an editor holds acknet.yaml to. Rules between keys are acknet's own (cross-rules.ts). */
export const configurationSchema = (): string =>
  `${JSON.stringify({ title: 'acknet.yaml', ...z.toJSONSchema(fileSchema, { io: 'input' }) }, null, 2)}\n`;

/** `docs/configuration.md`: every variable and every key. */
export function configurationPage(): string {
  const environment = z.toJSONSchema(environmentSchema, { io: 'input' }) as Node;
  const file = z.toJSONSchema(fileSchema, { io: 'input' }) as Node;
  return [
    HEAD,
    '## Environment\n',
    '`ACKNET_CONFIG` is the path of acknet.yaml; without it, `acknet.yaml` in the working folder.\n',
    table(rowsOf(environment, '')),
    ...Object.entries(file.properties ?? {}).flatMap(([key, node]) => [
      `\n## \`${key}\`\n`,
      `${node.description}${file.required?.includes(key) ? ' *Needed.*' : ''}\n`,
      table(rowsOf(node, key)),
    ]),
    '',
  ].join('\n');
}

interface Row {
  readonly key: string;
  readonly node: Node;
  readonly needed: boolean;
}

/** Every key beneath, mappings before what they hold. */
function rowsOf(node: Node, at: string): readonly Row[] {
  const rows = Object.entries(node.properties ?? {}).flatMap(([name, child]) => {
    const key = at === '' ? name : `${at}.${name}`;
    const needed = node.required?.includes(name) ?? false;
    return [{ key, node: child, needed }, ...rowsOf(child, key)];
  });
  if (node.items?.properties) return rowsOf(node.items, `${at}[]`);
  const each = node.additionalProperties;
  if (!each) return rows;
  const inner = rowsOf(each, `${at}.NAME`);
  return inner.length > 0 ? inner : [{ key: `${at}.NAME`, node: each, needed: false }];
}

const table = (rows: readonly Row[]): string =>
  ['| key | holds | default | |', '|---|---|---|---|', ...rows.map(line)].join('\n');

const line = ({ key, node, needed }: Row): string =>
  `| \`${key}\` | ${holds(node)} | ${needed ? '*needed*' : byDefault(node)} | ${(node.description ?? '').replaceAll('|', '\\|')} |`;

const byDefault = (node: Node): string =>
  node.default === undefined || typeof node.default === 'object' ? '' : `\`${node.default}\``;

function holds(node: Node): string {
  if (node.enum) return node.enum.map((value) => `\`${value}\``).join(', ');
  if (node.type === 'array') return `list of ${node.items?.properties ? 'mappings' : 'texts'}`;
  if (node.type === 'integer' || node.type === 'number') return numberOf(node);
  return { boolean: 'true or false', object: 'mapping' }[node.type ?? ''] ?? 'text';
}

function numberOf({ type, minimum, exclusiveMinimum, maximum }: Node): string {
  if (type === 'integer') return `whole number from ${minimum ?? Number(exclusiveMinimum) + 1} to ${maximum}`;
  return exclusiveMinimum === undefined
    ? `number from ${minimum} to ${maximum}`
    : `number above ${exclusiveMinimum}, at most ${maximum}`;
}
