import { Readable } from 'node:stream';
import type { ApiAnswer } from '../../sandbox/cluster/api/api-request.js';
import { type Lie, tell } from '../../sandbox/cluster/api/lies.js';
import { ownReads } from '../../sandbox/cluster/own-reads.js';
import { checks } from '../../src/checks/index.js';
import { readerRules } from '../../src/cli/rbac.js';
import { apiPath } from '../../src/cluster/kube/api-paths.js';
import {
  type Connection,
  type KubeRequest,
  openConnection,
} from '../../src/cluster/kube/connecting/connection.js';
import { createKubeReader } from '../../src/cluster/kube/kube-reader.js';
import { podApi } from '../../src/cluster/kube/reads/read-log.js';
import { patience } from './patience.js';
import type { ClusterAccess, ClusterReader } from '../../src/cluster/ports.js';
import type { CheckRun } from '../../src/engine/checking/check-run.js';
import { runChecks } from '../../src/engine/checking/run-checks.js';
import { createSharedReader } from '../../src/engine/checking/reading/shared-reader.js';
import { startSimulatedCluster } from './start-simulated-cluster.js';

export interface RecordedCluster {
  /** Every path that the checks read. */
  readonly paths: readonly string[];
  readonly intact: CheckRun;
  /** The checks once more, through the real reader on the recorded answers, where one path is answered by a lie. */
  judgedWith(path: string, lie: Lie): Promise<CheckRun>;
}

type Recorded = { readonly status: number; readonly type: string; readonly body: string };
type Told = Omit<Recorded, 'body'> & {
  readonly body: string | Buffer;
  readonly encoding?: string | undefined;
};

/** A scenario's answers, taken once over HTTP with exactly the rights that `acknet rbac` prints, then played from memory. */
export async function recordCluster(scenario: string): Promise<RecordedCluster> {
  const cluster = await startSimulatedCluster(scenario);
  cluster.simulator.grant('reader', [...readerRules([]), ...ownReads(cluster.simulator)]);
  const connection = openConnection(
    'cluster-x',
    { kubeconfig: cluster.kubeconfigs.reader },
    { timeoutMs: patience(20_000) },
  );
  const known = new Map<string, Promise<Recorded>>();
  const now = new Date();
  const honest = (request: KubeRequest): Promise<Recorded> => {
    const key = JSON.stringify([request.path, request.query]);
    const found = known.get(key) ?? record(connection, request);
    known.set(key, found);
    return found;
  };
  const judged = (reader: ClusterAccess['reader']): Promise<CheckRun> =>
    runChecks({ access: accessBy(reader), checks, now: () => now, deadlineMs: 60_000 });
  // Kept for all runs: what is not lied about need not be parsed again.
  const truthful = createSharedReader(playing(honest, new AbortController().signal), 6);
  try {
    const intact = await judged(() => truthful);
    const read = (path: string) => honest({ method: 'GET', path, signal: new AbortController().signal });
    const pathsNow = () => [...new Set([...known.keys()].map((key) => (JSON.parse(key) as [string])[0]))];
    const groups = pathsNow().flatMap((path) => /^\/apis\/[^/]+\/[^/]+/.exec(path)?.[0] ?? []);
    await Promise.all(['/apis', '/version', ...new Set(groups)].map(read));
    const paths = pathsNow();
    return {
      paths,
      intact,
      judgedWith: (path, lie) =>
        judged((signal) => {
          const lying = playing(async (request) => {
            const answer = await honest(request);
            return request.path === path ? lieOf(lie, answer) : answer;
          }, signal);
          return readerFor(path, { lying, truthful });
        }),
    };
  } finally {
    await connection.close();
    await cluster.close();
  }
}

async function record(connection: Connection, request: KubeRequest): Promise<Recorded> {
  const { status, headers, body } = await connection.send(request);
  return { status, type: String(headers['content-type']), body: await body.text() };
}

function lieOf(lie: Lie, { status, type, body }: Recorded): Told {
  const told: ApiAnswer = tell(lie, { status, body, contentType: type });
  const bytes =
    typeof told.body === 'string' || Buffer.isBuffer(told.body) ? told.body : JSON.stringify(told.body);
  return {
    status: told.status,
    type: told.contentType ?? 'application/json',
    body: bytes,
    encoding: told.contentEncoding,
  };
}

/** Who is asked for what: the liar for the path lied about, and for all of it where discovery is. */
function readerFor(
  path: string,
  { lying, truthful }: { readonly lying: ClusterReader; readonly truthful: ClusterReader },
): ClusterReader {
  const isDiscovery = !/^\/apis?\/(?:v1|[^/]+\/[^/]+)\//.test(path);
  const by = (asked: string): ClusterReader => (isDiscovery || asked === path ? lying : truthful);
  return {
    cluster: 'cluster-x',
    list: (resource, scope = {}) =>
      by(apiPath(resource, { namespace: scope.namespace })).list(resource, scope),
    get: (resource, place) => by(apiPath(resource, place)).get(resource, place),
    podLog: (request) => by(`${apiPath(podApi, { ...request, name: request.pod })}/log`).podLog(request),
    serverVersion: () => by('/version').serverVersion(),
    serverNow: () => undefined,
  };
}

function playing(answerOf: (request: KubeRequest) => Promise<Told>, signal: AbortSignal): ClusterReader {
  const connection: Connection = {
    cluster: 'cluster-x',
    ends: () => Promise.resolve(undefined),
    close: () => Promise.resolve(),
    send: async (request) => {
      const { status, type, encoding, body } = await answerOf(request);
      const stream = Readable.from([typeof body === 'string' ? Buffer.from(body) : body]);
      const headers = { 'content-type': type, 'content-encoding': encoding };
      return { status, headers, body: stream as never };
    },
  };
  return createKubeReader(connection, { signal, pageSize: 500, retries: 0, watch: () => 0 });
}

const accessBy = (reader: ClusterAccess['reader']): ClusterAccess => ({
  name: 'cluster-x',
  reader,
  writer: () => {
    throw new TypeError('checks write nothing');
  },
  credentialEnds: () => Promise.resolve(undefined),
  may: () => Promise.resolve(false),
});
