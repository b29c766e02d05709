import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { apiVersionOf, kinds } from '../../../sandbox/cluster/api/objects/kinds.js';
import { loadScenario, scenarioSchema } from '../../../sandbox/cluster/scenario.js';
import { scenarioNames } from '../../../sandbox/demo/start-world.js';

const page = readFileSync('docs/sandbox-cluster.md', 'utf8');
/** Cells of the table between two markers, without its head. */
const table = (marker: string): string[][] => {
  const [, text = ''] = new RegExp(`<!-- ${marker} -->([\\s\\S]*?)<!-- /${marker} -->`).exec(page) ?? [];
  const rows = text.trim().split('\n').slice(2);
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
};
const codes = (cell = ''): string[] => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');

describe('docs/sandbox-cluster.md', () => {
  it('lists every kind that is served', () => {
    const served = kinds.map((kind) => [
      apiVersionOf(kind),
      kind.plural,
      kind.kind,
      (kind.subresources ?? []).join(', '),
    ]);
    expect(table('kinds')).toEqual(served);
  });

  it('lists every key of a scenario', () => {
    expect(
      table('keys')
        .flatMap(([keys]) => codes(keys))
        .sort(),
    ).toEqual(Object.keys(scenarioSchema.shape).sort());
  });

  it('lists every effect of a fault', () => {
    const source = readFileSync('sandbox/cluster/api/faults.ts', 'utf8');
    const effects = [...source.matchAll(/readonly kind: '(\w+)'/g)].map((match) => match[1]);
    expect(table('effects').flatMap(([effect]) => codes(effect))).toEqual(effects);
  });
});

describe('the scenarios', () => {
  it('load, each from the file of its name', async () => {
    const names = await scenarioNames();
    expect(names.length).toBeGreaterThanOrEqual(6);
    for (const name of names)
      expect(await loadScenario(name)).toMatchObject({ name, title: expect.any(String) });
  });

  it('refuse keys they do not know', () => {
    const wrong = {
      name: 'x',
      title: 'x',
      kubernetes: 'v1.30.0',
      pools: [],
      show: { configMaps: [], daemonSets: [] },
      pool: [],
    };
    expect(scenarioSchema.safeParse(wrong).error?.issues).toMatchObject([
      { code: 'unrecognized_keys', keys: ['pool'] },
    ]);
  });
});
