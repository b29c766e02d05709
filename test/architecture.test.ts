import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

const source = path.resolve('src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.startsWith(path.join('sandbox', 'page')))
  .map((file) => ({ file, text: readFileSync(path.join(source, file), 'utf8') }));

/** What each layer may import besides itself and the roots every layer knows. */
const allowed: Record<string, readonly string[]> = {
  cluster: [],
  intents: [],
  checks: ['cluster'],
  remediations: ['cluster', 'checks'],
  engine: ['cluster', 'checks', 'remediations', 'approvals', 'ops'],
  approvals: ['cluster', 'checks', 'remediations', 'engine', 'ops'],
  ops: ['cluster', 'approvals'],
  jobs: ['cluster', 'checks', 'remediations', 'engine', 'approvals', 'intents', 'ops'],
  slack: ['cluster', 'checks', 'remediations', 'engine', 'approvals', 'intents', 'ops', 'jobs'],
  sandbox: ['cluster', 'slack'],
};
const roots = new Set(['errors', 'config']);

const importsOf = (text: string): string[] =>
  [...text.matchAll(/\bfrom '(\.[^']+)'|import\('(\.[^']+)'\)/g)].map((m) => (m[1] ?? m[2]) as string);

const targets = (file: string, text: string): string[] =>
  importsOf(text).map((to) => path.join(path.dirname(file), to).replace(/\.js$/, ''));

const layerOf = (file: string): string | undefined =>
  file.includes(path.sep) ? file.split(path.sep)[0] : undefined;

describe('imports', () => {
  it('run one way between layers', () => {
    const against = files.flatMap(({ file, text }) => {
      const from = layerOf(file);
      const may = from === undefined ? undefined : allowed[from];
      if (from === undefined || may === undefined) return [];
      return targets(file, text)
        .filter((to) => !roots.has(to) && layerOf(to) !== from && !may.includes(layerOf(to) ?? ''))
        .map((to) => `${file} -> ${to}`);
    });
    expect(against).toEqual([]);
  });

  it('reach the Kubernetes client only through the ports', () => {
    const offenders = files
      .filter(
        ({ file, text }) =>
          !/^(cluster\/kube|app|cli)/.test(file) &&
          targets(file, text).some((to) => to.startsWith('cluster/kube')),
      )
      .map(({ file }) => file);
    expect(offenders).toEqual([]);
  });

  it('keep the sandbox out of the product: only the demo knows it', () => {
    const offenders = files
      .filter(
        ({ file, text }) =>
          !file.startsWith('sandbox') && targets(file, text).some((to) => to.startsWith('sandbox')),
      )
      .map(({ file }) => file);
    expect(offenders).toEqual(['cli/demo.ts']);
  });
});

describe('the world outside', () => {
  it.each([
    ['process.env', /\bprocess\.env\b/],
    ['process.exit', /\bprocess\.(exit\(|exitCode)/],
    ['signals', /\bprocess\.on\(/],
  ])('is reached by %s only in main.ts', (_name, pattern) => {
    const offenders = files.filter(({ text }) => pattern.test(text)).map(({ file }) => file);
    expect(offenders.filter((file) => file !== 'main.ts')).toEqual([]);
  });

  it('gets a write only from the engine', () => {
    const holders = files.filter(({ text }) => /\bClusterWriter\b/.test(text)).map(({ file }) => file);
    expect(holders.filter((file) => !/^(cluster|engine|sandbox)\//.test(file))).toEqual([]);
  });
});

describe('names', () => {
  it('say what a file holds', () => {
    const vague = files.filter(({ file }) =>
      /(^|[/-])(utils?|helpers?|manager|misc|common)(\.|-|\/)/.test(file),
    );
    expect(vague.map(({ file }) => file)).toEqual([]);
  });

  it('are exported by name', () => {
    expect(files.filter(({ text }) => /^export default /m.test(text)).map(({ file }) => file)).toEqual([]);
  });
});
