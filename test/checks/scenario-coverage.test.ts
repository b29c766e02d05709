import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { readVariant } from '../../sandbox/cluster/scenario.js';
import { checks } from '../../src/checks/index.js';
import type { CheckRun } from '../../src/engine/checking/check-run.js';
import { judgeScenario } from '../support/judge-scenario.js';

const namesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.replace(/\.yaml$/, ''));
const scenarios = namesIn('sandbox/cluster/scenarios');
const variants = namesIn('sandbox/cluster/scenarios/variants');
const runs = new Map<string, CheckRun>();

beforeAll(async () => {
  for (const name of [...scenarios, ...variants]) runs.set(name, await judgeScenario(name));
}, 120_000);

const resultsOf = (name: string) => runs.get(name)?.checks ?? [];
const findingsOf = (name: string) => resultsOf(name).flatMap(({ findings }) => findings);
const idsOf = (name: string) => new Set(findingsOf(name).map(({ id }) => id));

/** Content, or undecided because in this check absence proves nothing. */
const isQuiet = ({ outcome, unknown }: CheckRun['checks'][number]): boolean =>
  outcome === 'clear' || (outcome === 'unknown' && unknown?.code === 'check.no-evidence');

describe('the simulated clusters', () => {
  const all = [...scenarios, ...variants];

  it('are at least six, and variants of them', () => {
    expect(scenarios.length).toBeGreaterThanOrEqual(6);
    expect(variants.length).toBeGreaterThanOrEqual(20);
  });

  it('are read with the printed roles alone: nothing is forbidden, nothing breaks', () => {
    const refused = all.flatMap((name) =>
      resultsOf(name)
        .filter(
          ({ unknown }) =>
            unknown && !/^(check\.no-evidence|cluster\.(not-found|malformed))$/.test(unknown.code),
        )
        .map(({ id, unknown }) => `${name}: ${id}: ${unknown?.code} ${unknown?.detail}`),
    );
    expect(refused).toEqual([]);
  });

  it('show every finding of every check', () => {
    const shown = new Set(all.flatMap((name) => [...idsOf(name)]));
    const possible = checks.flatMap(({ id, messages }) =>
      Object.keys(messages).map((message) => `${id}.${message}`),
    );
    expect(possible.filter((id) => !shown.has(id))).toEqual([]);
  });

  it('let every check be clear somewhere, or undecided where absence proves nothing', () => {
    const quiet = new Set(
      all.flatMap((name) =>
        resultsOf(name)
          .filter(isQuiet)
          .map(({ id }) => id),
      ),
    );
    expect(checks.map(({ id }) => id).filter((id) => !quiet.has(id))).toEqual([]);
  });

  it.each(['flannel-healthy', 'terway-datapath-v2'])('find no problem in %s', (scenario) => {
    const problems = findingsOf(scenario).filter(({ severity }) => severity === 'problem');
    expect(problems.map(({ id, message }) => `${id}: ${message}`)).toEqual([]);
  });

  it.each(['flannel-healthy', 'terway-datapath-v2', 'dual-stack-healthy'])(
    'let every check of kube-proxy be clear in %s: what Kubernetes cannot show is no unknown',
    (scenario) => {
      const open = resultsOf(scenario)
        .filter(
          ({ area, outcome }) => area === 'kube-proxy' && !['clear', 'not-applicable'].includes(outcome),
        )
        .map(({ id, outcome, unknown }) => `${id}: ${outcome} ${unknown?.detail}`);
      expect(open).toEqual([]);
    },
  );

  it('never call the IPVS algorithm fine where kube-proxy cannot use IPVS', () => {
    const denied = all.filter((name) => {
      const ids = idsOf(name);
      const without = ids.has('kube-proxy-mode.fellBack') || ids.has('kube-proxy-mode.refused');
      const outcomeOf = (check: string) => resultsOf(name).find(({ id }) => id === check)?.outcome;
      return without && outcomeOf('ipvs-scheduler') === 'clear';
    });
    expect(denied).toEqual([]);
  });

  it.each(variants)('%s shows what it is there for', async (name) => {
    const { shows, clear } = await readVariant(name);
    expect(shows.length + clear.length).toBeGreaterThan(0);
    expect([...idsOf(name)]).toEqual(expect.arrayContaining(shows));
    expect(
      clear.map((id) => `${id}: ${resultsOf(name).find((result) => result.id === id)?.outcome}`),
    ).toEqual(clear.map((id) => `${id}: clear`));
  });
});
