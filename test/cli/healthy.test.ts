import { describe, expect, it } from '@jest/globals';
import { readerRules } from '../../src/cli/rbac.js';
import { checkReportSchema } from '../../src/engine/checking/check-report.js';
import { runCli } from '../support/run-cli.js';
import { startSimulatedCluster } from '../support/start-simulated-cluster.js';

/** Clusters where everything is as it should be: as the demo shows them, and as variants tell it. */
const healthy = ['flannel-healthy', 'terway-datapath-v2', 'dual-stack-healthy', 'flannel-per-architecture'];

describe.each(healthy)('a full check of %s', (scenario) => {
  it('ends green with exit code 0, and names once what is not visible', async () => {
    const cluster = await startSimulatedCluster(scenario, { reads: readerRules([]) });
    try {
      const { code, stdout } = await runCli([
        ...['check', 'cluster-x', '--json', '--kubeconfig', cluster.kubeconfigs.reader],
      ]);
      const { checks, notVisible } = checkReportSchema.parse(JSON.parse(stdout));
      expect(checks.filter(({ outcome }) => !['clear', 'not-applicable'].includes(outcome))).toEqual([]);
      expect(code).toBe(0);
      expect(notVisible.length).toBeGreaterThan(5);
      expect(new Set(notVisible.map(({ intent }) => intent)).size).toBe(notVisible.length);
    } finally {
      await cluster.close();
    }
  });
});
