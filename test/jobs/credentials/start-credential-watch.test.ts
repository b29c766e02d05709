import { expect, it } from '@jest/globals';
import type { Clusters, CredentialEnd } from '../../../src/cluster/ports.js';
import { AcknetError } from '../../../src/errors.js';
import { startCredentialWatch } from '../../../src/jobs/credentials/start-credential-watch.js';
import type { EndingCredential } from '../../../src/jobs/ports.js';
import { createMetrics } from '../../../src/ops/metrics.js';
import { quietLogger } from '../../support/quiet-logger.js';
import { redisForTest } from '../../support/redis-for-test.js';
import { waitFor } from '../../support/wait-for.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const start = Date.parse('2026-11-29T12:00:00Z');
const redis = redisForTest();

type Ends = Readonly<Record<string, () => CredentialEnd>>;

/** Workers on one Redis, looking one after the other at credentials by the name `cluster/use`. */
function openWorkers(ends: Ends, { people = 1 } = {}) {
  const connection = redis.connect();
  const prefix = redis.newPrefix();
  const told: string[] = [];
  const log = quietLogger();
  const state = { people, broken: false };
  const credentials = Object.keys(ends).map((name) => {
    const [cluster = '', use] = name.split('/') as [string, 'reader' | 'fixer'];
    return { cluster, use };
  });
  const clusters = {
    get: (cluster: string) => ({
      credentialEnds: async (use: string) => ends[`${cluster}/${use}`]?.(),
    }),
  } as unknown as Clusters;
  const reporter = {
    ending: async (endings: readonly EndingCredential[]) => {
      if (state.broken) throw new AcknetError('slack.failed', 'Slack is away');
      if (state.people > 0)
        told.push(endings.map(({ cluster, use, stage }) => `${cluster}/${use} ${stage}`).join(', '));
      return state.people;
    },
  };
  /** One look of a worker that has just started, and what it measured. */
  const look = async (at: number) => {
    const metrics = createMetrics();
    const watch = startCredentialWatch({
      ...{ redis: connection, prefix, logger: log, metrics, reporter, clusters },
      credentials: () => [...credentials],
      now: () => new Date(at),
      everyMs: HOUR,
    });
    await watch.stop();
    return metrics.registry.getSingleMetricAsString('acknet_credential_expires_timestamp_seconds');
  };
  /** A worker that goes on looking. */
  const open = (at: number) =>
    startCredentialWatch({
      ...{ redis: connection, prefix, logger: log, metrics: createMetrics(), reporter, clusters },
      credentials: () => [...credentials],
      now: () => new Date(at),
      everyMs: 5,
    });
  return { look, open, credentials, told, log, state };
}

const endsAt = (ms: number) => () => new Date(ms);

it('tells once at each stage, over any number of workers, and again after a renewal', async () => {
  let ends = start + 30 * DAY;
  const { look, told } = openWorkers({ 'cluster-x/reader': () => new Date(ends) });
  const tellings = async (at: number) => {
    told.length = 0;
    await Promise.all([look(at), look(at), look(at)]);
    await look(at + 60_000);
    return [...told];
  };
  expect(await tellings(start)).toEqual([]);
  expect(await tellings(ends - 8 * DAY)).toEqual([]);
  expect(await tellings(ends - 7 * DAY)).toEqual(['cluster-x/reader week']);
  expect(await tellings(ends - 2 * DAY)).toEqual([]);
  expect(await tellings(ends - DAY)).toEqual(['cluster-x/reader day']);
  expect(await tellings(ends)).toEqual(['cluster-x/reader ended']);
  expect(await tellings(ends + 90 * DAY)).toEqual([]);
  const renewed = ends + 100 * DAY;
  ends = renewed;
  expect(await tellings(renewed - 6 * DAY)).toEqual(['cluster-x/reader week']);
});

it('looks at a credential of a cluster that came while the worker runs', async () => {
  const { open, credentials, told } = openWorkers({ 'cluster-y/reader': endsAt(start + HOUR) });
  const [late] = credentials.splice(0);
  const watch = open(start);
  if (late !== undefined) credentials.push(late);
  await waitFor('the credential that came late', () => told.length > 0);
  await watch.stop();
  expect(told).toEqual(['cluster-y/reader day']);
});

it('tells only the worst of a worker that was away at the earlier stages', async () => {
  const { look, told } = openWorkers({ 'cluster-x/reader': endsAt(start + HOUR) });
  await look(start);
  expect(told).toEqual(['cluster-x/reader day']);
});

it('tells in one message of what ends together, of several clusters too', async () => {
  const { look, told } = openWorkers({
    'cluster-x/reader': endsAt(start + 7 * DAY),
    'cluster-x/fixer': endsAt(start + 7 * DAY + 2000),
    'cluster-y/reader': endsAt(start + 7 * DAY + 30 * 60_000),
    'cluster-z/reader': endsAt(start + 9 * DAY),
  });
  await look(start);
  await look(start + HOUR / 2);
  expect(told).toEqual(['cluster-x/reader week, cluster-x/fixer week, cluster-y/reader week']);
});

it('says nothing of what is renewed by itself or names no end, and measures only what does', async () => {
  const { look, told } = openWorkers({
    'cluster-x/reader': () => 'renewed-by-itself',
    'cluster-y/reader': () => undefined,
    'cluster-z/reader': endsAt(start + 90 * DAY),
  });
  const measured = (await look(start)).split('\n').filter((line) => !line.startsWith('#') && line !== '');
  expect(told).toEqual([]);
  expect(measured).toEqual([
    `acknet_credential_expires_timestamp_seconds{cluster="cluster-z",use="reader"} ${(start + 90 * DAY) / 1000}`,
  ]);
});

it('tries again where Slack was away', async () => {
  const { look, told, log, state } = openWorkers({ 'cluster-x/reader': endsAt(start) });
  state.broken = true;
  await look(start);
  expect(told).toEqual([]);
  expect(log.lines.map(({ message }) => message)).toEqual(['the ends of credentials were not looked at']);
  state.broken = false;
  await look(start + HOUR);
  expect(told).toEqual(['cluster-x/reader ended']);
});

it('says in the log at each look that nobody could be told', async () => {
  const { look, log, state, told } = openWorkers({ 'cluster-x/reader': endsAt(start) }, { people: 0 });
  await look(start);
  await look(start + HOUR);
  expect(log.lines).toEqual([1, 2].map(() => expect.objectContaining({ level: 'error' })));
  expect(log.lines[0]?.message).toBe('a credential ends, and no maintainer could be told');
  state.people = 1;
  await look(start + 2 * HOUR);
  expect(told).toEqual(['cluster-x/reader ended']);
});

it('tells of the others where one credential cannot be read', async () => {
  const lost = () => {
    throw new AcknetError('cluster.unauthorized', 'no token file');
  };
  const { look, told, log } = openWorkers({ 'cluster-x/reader': lost, 'cluster-y/reader': endsAt(start) });
  await look(start);
  expect(told).toEqual(['cluster-y/reader ended']);
  expect(log.lines.map(({ message }) => message)).toEqual([
    'a credential cannot be read, so its end is not known',
  ]);
});
