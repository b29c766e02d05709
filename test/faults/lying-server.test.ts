import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type Lie, lies } from '../../sandbox/cluster/api/lies.js';
import type { CheckResult, CheckRun } from '../../src/engine/checking/check-run.js';
import { patience } from '../support/patience.js';
import { type RecordedCluster, recordCluster } from '../support/recorded-cluster.js';
import { scenarioNames } from '../support/scenario-bases.js';
import { wholeMatrix } from '../support/whole-matrix.js';

const everyLie = Object.keys(lies) as Lie[];
/** Unless the whole matrix is wanted, one in so many lies; no divisor of their number, so that each answer meets others. */
const PART = 5;
/** A sample: every fourth. */
const variants = readdirSync('sandbox/cluster/scenarios/variants')
  .filter((file) => file.endsWith('.yaml'))
  .filter((_, index) => index % 4 === 0)
  .map((file) => file.replace(/\.yaml$/, ''));

/** Content with the cluster: nothing is open, and nothing was found. */
const isQuiet = ({ outcome }: CheckResult): boolean => outcome === 'clear' || outcome === 'not-applicable';

/** What a lie made clearer than the truth. */
function misled({ intact }: RecordedCluster, run: CheckRun): readonly string[] {
  return intact.checks.flatMap((truth) => {
    const told = run.checks.find(({ id }) => id === truth.id);
    if (told === undefined || !isQuiet(told)) return [];
    const gone = truth.findings.filter(({ id }) => !told.findings.some((finding) => finding.id === id));
    return isQuiet(truth) && gone.length === 0
      ? []
      : [`${truth.id}: ${truth.outcome} became ${told.outcome}`];
  });
}

async function struckBy(cluster: RecordedCluster, told: Iterable<readonly [string, Lie]>): Promise<string[]> {
  const wrong: string[] = [];
  for (const [path, lie] of told)
    for (const what of misled(cluster, await cluster.judgedWith(path, lie)))
      wrong.push(`${path}, ${lie}: ${what}`);
  return wrong;
}

describe('no lie of an API server makes a check clearer than the truth', () => {
  it.each(scenarioNames)(
    'ways of lying about each answer, in %s',
    async (name) => {
      const cluster = await recordCluster(name);
      expect(cluster.paths.length).toBeGreaterThan(10);
      const all = cluster.paths.flatMap((path) => everyLie.map((lie) => [path, lie] as const));
      const first = scenarioNames.indexOf(name);
      const some = all.filter((_, index) => wholeMatrix || (first + index) % PART === 0);
      expect(await struckBy(cluster, some)).toEqual([]);
    },
    patience(120_000),
  );

  it.each(variants)(
    'a way of lying about each answer, in turn, in %s',
    async (name) => {
      const cluster = await recordCluster(name);
      const first = variants.indexOf(name);
      const some = cluster.paths.map(
        (path, index) => [path, everyLie[(first + index) % everyLie.length] as Lie] as const,
      );
      expect(await struckBy(cluster, some)).toEqual([]);
    },
    patience(120_000),
  );
});
