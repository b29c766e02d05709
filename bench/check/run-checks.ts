import { writeFileSync } from 'node:fs';
import { checks } from '../../src/checks/index.js';
import { createClusters } from '../../src/cluster/kube/connecting/create-clusters.js';
import { runChecks } from '../../src/engine/checking/run-checks.js';
import { cpuMs } from '../cpu-ms.js';
import { deadlineMs, openAccount } from './cloud/open-account.js';
import type { CheckMeasure } from './messages.js';

/** The whole catalogue once, in a process of its own: its peak of memory is that of the checks. With an account's URL, connected to it. */
const [port = '', kubeconfig = '', account] = process.argv.slice(2);
writeFileSync(
  kubeconfig,
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'bench', cluster: { server: `http://127.0.0.1:${port}` } }],
    users: [{ name: 'bench', user: { token: 'bench' } }],
    contexts: [{ name: 'bench', context: { cluster: 'bench', user: 'bench' } }],
    'current-context': 'bench',
  }),
);
const clusters = createClusters({ bench: { kubeconfig } }, { requestTimeoutMs: 60_000 });
const access = clusters.get('bench');
const clouds = await openAccount(kubeconfig, account);
const from = performance.now();
const cpuFrom = process.cpuUsage();
const run = await runChecks({
  access,
  cloud: clouds.get('bench'),
  checks,
  symptoms: 'whole',
  now: () => new Date(),
  deadlineMs: account === undefined ? 600_000 : deadlineMs,
});
const measure: CheckMeasure = {
  wallMs: performance.now() - from,
  cpuMs: cpuMs(process.cpuUsage(cpuFrom)),
  peakRssMb: process.resourceUsage().maxRSS / 1024,
  checks: run.checks.length,
  faults: run.checks
    .filter(
      ({ unknown }) =>
        unknown !== undefined &&
        !/^(check\.no-evidence|cluster\.not-found|cloud\.budget)$/.test(unknown.code),
    )
    .map(({ id, unknown }) => `${id}: ${unknown?.code} ${unknown?.detail}`),
  overBudget: run.checks.filter(({ unknown }) => unknown?.code === 'cloud.budget').map(({ id }) => id),
};
process.send?.(measure);
await clouds.close();
await clusters.close();
process.disconnect();
