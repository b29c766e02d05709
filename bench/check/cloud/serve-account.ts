import { startCloudSimulator } from '../../../sandbox/cloud/start-cloud-simulator.js';
import { cloudActions } from '../../../src/cloud/actions.js';
import { at, list, object, text } from '../../../src/cluster/fields.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { cpuMs } from '../../cpu-ms.js';
import { renderCluster } from '../cluster-pages.js';
import type { AccountCounts, AccountReady } from '../messages.js';
import { accountScenario, BENCH_KEY } from './account-scenario.js';

/** The account that the measured cluster lives in, in a process of its own: its ENIs and addresses are those of the very pods. */
const nodes = Number(process.argv[2]);
const { lists } = renderCluster(nodes, new Date());
const itemsOf = (path: string, keep: (item: JsonObject) => JsonObject): readonly JsonObject[] =>
  (lists.get(path) ?? []).flatMap((page) =>
    list(JSON.parse(page.toString()), 'items').map((item) => keep(object(item))),
  );

/** Of thirty thousand pods, what the account derives something from. */
const narrowPod = (pod: JsonObject): JsonObject => ({
  metadata: { name: text(pod, 'metadata', 'name') ?? '', labels: object(pod, 'metadata', 'labels') },
  spec: {
    nodeName: text(pod, 'spec', 'nodeName') ?? '',
    hostNetwork: at(pod, 'spec', 'hostNetwork') === true,
  },
  status: { podIP: text(pod, 'status', 'podIP') ?? '', podIPs: list(pod, 'status', 'podIPs') },
});

const held = {
  Node: itemsOf('/api/v1/nodes', (item) => item),
  Pod: itemsOf('/api/v1/pods', narrowPod),
  card: itemsOf('/apis/network.alibabacloud.com/v1beta1/nodes', (item) => item),
};
const simulator = await startCloudSimulator({
  scenario: accountScenario(nodes),
  key: BENCH_KEY,
  now: () => new Date(),
  objects: (kind, group) =>
    kind === 'Node' ? (group === undefined ? held.Node : held.card) : kind === 'Pod' ? held.Pod : [],
});
simulator.grant(Object.keys(cloudActions));

const seen = { calls: 0, cpu: process.cpuUsage() };
process.on('message', () => {
  const calls: Record<string, number> = {};
  for (const call of simulator.calls.slice(seen.calls)) calls[call] = (calls[call] ?? 0) + 1;
  const counts: AccountCounts = { calls, cpuMs: cpuMs(process.cpuUsage(seen.cpu)) };
  Object.assign(seen, { calls: simulator.calls.length, cpu: process.cpuUsage() });
  process.send?.(counts);
});
process.on('disconnect', () => process.exit(0));
const ready: AccountReady = { url: simulator.url };
process.send?.(ready);
