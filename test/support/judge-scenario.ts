import { nodeConfigReads } from '../../sandbox/cluster/node-config-reads.js';
import { checks } from '../../src/checks/index.js';
import { readerRules } from '../../src/cli/rbac.js';
import type { CheckRun } from '../../src/engine/checking/check-run.js';
import { runChecks } from '../../src/engine/checking/run-checks.js';
import { startSimulatedCluster } from './start-simulated-cluster.js';

/** The whole catalogue on a simulated cluster, with exactly the rights that `acknet rbac` prints for it. */
export async function judgeScenario(scenario: string): Promise<CheckRun> {
  const cluster = await startSimulatedCluster(scenario);
  try {
    cluster.simulator.grant('reader', [...readerRules([]), ...nodeConfigReads(cluster.simulator)]);
    return await runChecks({
      access: cluster.access,
      checks,
      symptoms: 'whole',
      now: () => new Date(),
      deadlineMs: 30_000,
    });
  } finally {
    await cluster.close();
  }
}
