import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks/index.js';
import { readerRules } from '../../src/cli/rbac.js';
import type { CheckRun } from '../../src/engine/check-run.js';
import { runChecks } from '../../src/engine/run-checks.js';
import { nodeConfigReads } from '../../src/sandbox/cluster/node-config-reads.js';
import { startSimulatedCluster } from '../support/start-simulated-cluster.js';

const scenarios = readdirSync('src/sandbox/cluster/scenarios').map((file) => file.replace(/\.yaml$/, ''));
const runs = new Map<string, CheckRun>();

/** Each simulated cluster, judged with exactly the rights that `acknet rbac` prints. */
beforeAll(async () => {
  for (const scenario of scenarios) {
    const cluster = await startSimulatedCluster(scenario);
    cluster.simulator.grant('reader', [...readerRules([]), ...nodeConfigReads(cluster.simulator)]);
    const run = await runChecks({
      access: cluster.access,
      checks,
      now: () => new Date(),
      deadlineMs: 30_000,
    });
    runs.set(scenario, run);
    await cluster.close();
  }
}, 120_000);

const results = () => [...runs.values()].flatMap((run) => run.checks);

describe('the simulated clusters', () => {
  it('are at least six', () => {
    expect(scenarios.length).toBeGreaterThanOrEqual(6);
  });

  it('are read with the printed roles alone: nothing is forbidden, nothing breaks', () => {
    const refused = results().filter(
      ({ unknown }) => unknown && !/^(check\.no-evidence|cluster\.not-found)$/.test(unknown.code),
    );
    expect(refused.map(({ id, unknown }) => `${id}: ${unknown?.code} ${unknown?.detail}`)).toEqual([]);
  });

  it('show every finding of every check', () => {
    const shown = new Set(results().flatMap(({ findings }) => findings.map(({ id }) => id)));
    const all = checks.flatMap(({ id, messages }) =>
      Object.keys(messages).map((message) => `${id}.${message}`),
    );
    expect(all.filter((id) => !shown.has(id))).toEqual([]);
  });

  it('let every check be clear somewhere, or undecided where absence proves nothing', () => {
    const quiet = new Set(
      results()
        .filter(({ outcome, unknown }) => outcome === 'clear' || unknown?.code === 'check.no-evidence')
        .map(({ id }) => id),
    );
    expect(checks.map(({ id }) => id).filter((id) => !quiet.has(id))).toEqual([]);
  });

  it.each(['flannel-healthy', 'terway-datapath-v2'])('find no problem in %s', (scenario) => {
    const problems = runs.get(scenario)?.checks.flatMap(({ findings }) => findings) ?? [];
    expect(
      problems.filter(({ severity }) => severity === 'problem').map(({ id, message }) => `${id}: ${message}`),
    ).toEqual([]);
  });
});
