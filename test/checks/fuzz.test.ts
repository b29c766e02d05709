import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Json, JsonObject } from '../../src/cluster/ports.js';
import type { CheckRun } from '../../src/engine/checking/check-run.js';
import { mutate, mutations, poisons } from '../support/hostile-objects.js';
import { patience } from '../support/patience.js';
import { type Base, judged, scenarioBase, scenarioNames } from '../support/scenario-bases.js';
import { wholeMatrix } from '../support/whole-matrix.js';

/** How often each scenario is made strange, and in how many rounds each field of it. */
const [RUNS, ROUNDS] = wholeMatrix ? [60, 33] : [20, 11];

const bases = new Map<string, Base>();
const baseOf = (name: string): Base => bases.get(name) as Base;

beforeAll(async () => {
  for (const name of scenarioNames) bases.set(name, await scenarioBase(name));
});

/** The engine turns whatever is no fault of the cluster into `check.broken`. */
const broken = ({ checks }: CheckRun): readonly string[] =>
  checks
    .filter(({ unknown }) => unknown?.code === 'check.broken')
    .map(({ id, unknown }) => `${id}: ${unknown?.detail}`);

const textPoisons = poisons.filter((poison): poison is string => typeof poison === 'string');

describe('checks on objects that nobody would write', () => {
  it.each(scenarioNames)(
    'never break, whatever stands in the fields of %s',
    async (name) => {
      const base = baseOf(name);
      expect(broken(base.intact)).toEqual([]);
      await fc.assert(
        fc.asyncProperty(mutations, async (steps) => {
          const run = await judged({ ...base, objects: mutate(base.objects, steps) });
          expect(broken(run)).toEqual([]);
        }),
        { numRuns: RUNS, seed: 20_261_124 },
      );
    },
    patience(120_000),
  );

  it.each(scenarioNames)(
    'never break in %s when every object has a field gone or of another type, each field in turn',
    async (name) => {
      const base = baseOf(name);
      for (let round = 0; round < ROUNDS; round += 1) {
        const steps = base.objects.map((_, object) => ({
          object,
          place: round + object * 7,
          poison: round % 11,
        }));
        expect(broken(await judged({ ...base, objects: mutate(base.objects, steps) }))).toEqual([]);
      }
    },
    patience(120_000),
  );

  it.each(scenarioNames)(
    'never break on any text in the ConfigMaps, logs and version of %s',
    async (name) => {
      const base = baseOf(name);
      for (const poison of textPoisons) {
        const logs = Object.fromEntries(Object.keys(base.logs).map((key) => [key, poison]));
        const objects = base.objects.map((object) => filled(object, poison));
        expect(broken(await judged({ objects, logs, version: poison }))).toEqual([]);
        expect(broken(await judged({ ...base, logs }))).toEqual([]);
      }
    },
    patience(120_000),
  );
});

/** Every key of a ConfigMap with the same text. */
function filled(object: JsonObject, value: string): JsonObject {
  if (object.kind !== 'ConfigMap') return object;
  const keys = Object.keys(object.data as Readonly<Record<string, Json>>);
  return { ...object, data: Object.fromEntries(keys.map((key) => [key, value])) };
}
