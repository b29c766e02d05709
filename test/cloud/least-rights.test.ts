import { afterEach, describe, expect, it } from '@jest/globals';
import { expandScenario } from '../../sandbox/cluster/expand/expand-scenario.js';
import { loadScenario } from '../../sandbox/cluster/scenario.js';
import { checks } from '../../src/checks/index.js';
import { cloudActionsOf } from '../../src/cli/rbac.js';
import type { ClusterAccess } from '../../src/cluster/ports.js';
import type { CheckRun } from '../../src/engine/checking/check-run.js';
import { runChecks } from '../../src/engine/checking/run-checks.js';
import { namedIn } from '../support/named-in.js';
import { readerOf } from '../support/reader-of.js';
import { type SimulatedCloud, startSimulatedCloud } from '../support/start-simulated-cloud.js';

let cloud: SimulatedCloud | undefined;
afterEach(() => cloud?.close());
const asking = checks.filter((check) => check.cloud !== undefined);

/** What every check that asks the cloud says of it, in a cluster that makes each ask for all it may. */
async function judged(scenario: string, actions: readonly string[]): Promise<CheckRun['checks']> {
  cloud = await startSimulatedCloud({ scenario, actions });
  let id = 0;
  const { objects } = expandScenario({
    scenario: await loadScenario(scenario),
    now: new Date(),
    nextId: () => String(++id).padStart(32, '0'),
  });
  const access: ClusterAccess = {
    name: 'cluster-x',
    reader: () => readerOf({ objects }),
    writer: () => {
      throw new TypeError('checks write nothing');
    },
    credentialEnds: () => Promise.resolve(undefined),
    may: () => Promise.resolve(false),
  };
  const run = await runChecks({
    access,
    cloud: cloud.access,
    checks: asking,
    now: () => new Date(),
    deadlineMs: 60_000,
    scope: { namespaces: [], path: await namedIn(scenario) },
  });
  return run.checks;
}

const unread = (results: CheckRun['checks']) =>
  results.flatMap(({ id, unknown }) =>
    unknown?.code.startsWith('cloud.') ? [`${id}: ${unknown.detail}`] : [],
  );

/** Together they make every check ask for all it may. */
const scenarios = ['cloud-vswitches-misnamed', 'cloud-route-missing', 'cloud-ipv6-shut', 'cloud-group-drops'];

describe('the RAM policy that acknet rbac --cloud prints', () => {
  it.each(scenarios)('is enough for %s', async (scenario) => {
    expect(unread(await judged(scenario, cloudActionsOf([])))).toEqual([]);
  });

  it.each(cloudActionsOf([]))(
    'has nothing to spare: without %s a check says that it is missing',
    async (missing) => {
      const rest = cloudActionsOf([]).filter((action) => action !== missing);
      const said: string[] = [];
      for (const scenario of scenarios) {
        said.push(...unread(await judged(scenario, rest)));
        await cloud?.close();
        cloud = undefined;
      }
      expect(said.join('\n')).toContain(`may not call ${missing}.`);
    },
  );
});
