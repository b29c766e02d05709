import { ownReads } from '../../sandbox/cluster/own-reads.js';
import { loadScenario } from '../../sandbox/cluster/scenario.js';
import { checks } from '../../src/checks/index.js';
import { cloudActionsOf, readerRules } from '../../src/cli/rbac.js';
import type { CheckRun } from '../../src/engine/checking/check-run.js';
import { runChecks } from '../../src/engine/checking/run-checks.js';
import { namedIn } from './named-in.js';
import { startCloudOf } from './start-simulated-cloud.js';
import { startSimulatedCluster } from './start-simulated-cluster.js';

/**
 * The whole catalogue on a simulated cluster, and on its account where the scenario has one, with exactly the rights that
 * `acknet rbac` prints for it; `without` = a RAM action that is missing.
 */
export async function judgeScenario(name: string, without?: string): Promise<CheckRun> {
  const cluster = await startSimulatedCluster(name);
  const cloud = await startCloudOf(
    cluster.simulator,
    await loadScenario(name),
    cloudActionsOf([]).filter((action) => action !== without),
  );
  try {
    cluster.simulator.grant('reader', [...readerRules([]), ...ownReads(cluster.simulator)]);
    return await runChecks({
      access: cluster.access,
      cloud: cloud?.access,
      checks,
      symptoms: 'whole',
      now: () => new Date(),
      deadlineMs: 30_000,
      scope: { namespaces: [], path: await namedIn(name) },
    });
  } finally {
    await cloud?.close();
    await cluster.close();
  }
}
