import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { ApiAnswer } from '../../sandbox/cluster/api/api-request.js';
import { createApiServer } from '../../sandbox/cluster/api/api-server.js';
import { createFaults } from '../../sandbox/cluster/api/faults.js';
import { apiVersionOf, kinds } from '../../sandbox/cluster/api/objects/kinds.js';
import { createSnapshots } from '../../sandbox/cluster/api/objects/list-snapshots.js';
import { createObjectStore } from '../../sandbox/cluster/api/objects/object-store.js';
import { createLogStore } from '../../sandbox/cluster/api/objects/pod-logs.js';
import { expandScenario } from '../../sandbox/cluster/expand/expand-scenario.js';
import { baseScenario } from './base-scenario.js';
import { type ClusterPages, PAGE, pageOf, renderCluster } from './cluster-pages.js';
import { cpuMs } from '../cpu-ms.js';
import type { ServerCounts, ServerReady } from './messages.js';

/** The simulated API in a process of its own, its large lists rendered before it says that it is ready. */
const nodes = Number(process.argv[2]);
const cluster = renderCluster(nodes, new Date());
const seen = { requests: 0, bytes: 0, lists: new Map<string, number>(), cpu: process.cpuUsage() };
const store = seededStore();

const server = createApiServer({
  store,
  logs: createLogStore(),
  faults: createFaults(),
  snapshots: createSnapshots(),
  tokens: { issue: () => ({ token: '', expirationTimestamp: '' }), accountOf: () => undefined },
  served: kinds,
  gitVersion: 'v1.31.1-aliyun.1',
  dualStack: true,
  now: () => new Date(),
  nextId: randomUUID,
  accountOf: () => ({ user: 'bench', rules: 'admin' }),
  onWrite: () => undefined,
  prepared: (url) => prepared(url, cluster),
});
server.on('request', (request, response) => {
  const path = (request.url ?? '').split('?')[0] ?? '';
  const socket = request.socket;
  const before = socket.bytesWritten;
  seen.requests += 1;
  if (cluster.lists.has(path) && !/continue=/.test(request.url ?? ''))
    seen.lists.set(path, (seen.lists.get(path) ?? 0) + 1);
  response.on('finish', () => {
    seen.bytes += socket.bytesWritten - before;
  });
});

function prepared(url: URL, { lists }: ClusterPages): ApiAnswer | undefined {
  if (/\/pods\/[^/]+\/log$/.test(url.pathname))
    return {
      status: 200,
      contentType: 'text/plain',
      body: 'I1124 03:00:00.000000       1 server_linux.go:243] "Using ipvs Proxier"\n',
    };
  const pages = lists.get(url.pathname);
  if (pages === undefined) return undefined;
  const token = url.searchParams.get('continue');
  const page = pages[token ? pageOf(token) : 0];
  if (page === undefined || url.searchParams.get('limit') !== String(PAGE))
    return { status: 400, body: { kind: 'Status', message: `the pages are rendered for limit=${PAGE}` } };
  return { status: 200, body: page };
}

function seededStore() {
  const made = createObjectStore({ now: () => new Date(), nextId: randomUUID });
  const { objects } = expandScenario({ scenario: baseScenario(nodes), now: new Date(), nextId: randomUUID });
  for (const object of objects) {
    const kind = kinds.find(
      (entry) => entry.kind === object.kind && apiVersionOf(entry) === object.apiVersion,
    );
    if (kind) made.seed(kind, object);
  }
  return made;
}

process.on('message', () => {
  const counts: ServerCounts = {
    requests: seen.requests,
    bytes: seen.bytes,
    lists: Object.fromEntries(seen.lists),
    cpuMs: cpuMs(process.cpuUsage(seen.cpu)),
  };
  Object.assign(seen, { requests: 0, bytes: 0, lists: new Map<string, number>(), cpu: process.cpuUsage() });
  process.send?.(counts);
});
process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => {
  const ready: ServerReady = {
    port: (server.address() as AddressInfo).port,
    pods: cluster.pods,
    lists: [...cluster.lists.keys()],
  };
  process.send?.(ready);
});
