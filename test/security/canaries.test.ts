import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClusterSimulator } from '../../sandbox/cluster/start-cluster-simulator.js';
import { text } from '../../src/cluster/fields.js';
import { connectRedis } from '../../src/ops/connect-redis.js';
import { createLogger } from '../../src/ops/log.js';
import { quietLogger, type RecordedLine } from '../support/quiet-logger.js';
import type { CliResult } from '../support/run-cli.js';
import { type Sandbox, startSandbox } from '../support/start-sandbox.js';
import { canary, leaksIn } from './canary.js';
import { plantCanaries, shapesPlanted } from './plant-canaries.js';
import { type RedisRecord, recordRedis } from './redis-record.js';
import { echo, runOnTerminal, storyClusters, tellStory } from './tell-story.js';

const names = Object.keys(storyClusters);
let sandbox: Sandbox;
let record: RedisRecord;
let folder: string;
let printed: readonly CliResult[];

beforeAll(async () => {
  sandbox = await startSandbox({
    clusters: storyClusters,
    ownRedis: true,
    prefix: '{acknet}',
    clusterFile: { policy: { selfApproval: true } },
    file: { fixes: { podReadySeconds: 3, verifySeconds: 3 } },
  });
  record = await recordRedis(sandbox.world.redisUrl);
  folder = await mkdtemp(path.join(tmpdir(), 'acknet-canaries-'));
  for (const name of names) plantCanaries(cluster(name));
  await tellStory(sandbox);
  printed = await runOnTerminal(sandbox, folder);
});

afterAll(async () => {
  record?.close();
  await sandbox?.close();
  if (folder) await rm(folder, { recursive: true });
});

function cluster(name: string): ClusterSimulator {
  const found = sandbox.world.clusters.get(name);
  if (found === undefined) throw new TypeError(`no ${name}`);
  return found;
}

/** What acknet itself signs in with, and what keys its audit log. */
const own = () => [
  ...names.flatMap((name) => [`${name}-reader-token`, `${name}-fixer-token`]),
  ...[
    sandbox.config.slack.botToken,
    sandbox.config.slack.appToken ?? '',
    sandbox.config.slack.signingSecret ?? '',
    sandbox.config.auditKey ?? '',
  ].filter((secret) => secret !== ''),
];
const leaks = (value: unknown) => [...new Set(leaksIn(value, own()))].slice(0, 20);

/** The lines as the program prints them: what is recorded is what went in. */
function asPrinted(recorded: readonly RecordedLine[]): string[] {
  const lines: string[] = [];
  const logger = createLogger({ level: 'debug', destination: { write: (line) => void lines.push(line) } });
  for (const { level, data, message } of recorded) logger[level](data, message);
  return lines;
}

describe('a secret that stands in a cluster, in an error or in what someone typed', () => {
  it('is not in any call to Slack', () => {
    expect(sandbox.slack.calls.length).toBeGreaterThan(100);
    expect(leaks(sandbox.slack.calls.map(({ method, args }) => [method, args]))).toEqual([]);
  });

  it('is not in any message or file of acknet, whoever sees it', () => {
    const people = ['U0ANA', 'U0BO', 'U0EVE'];
    const places = ['C0OPS', ...people.map((user) => sandbox.slack.dmOf(user))];
    const shown = people.flatMap((as) =>
      places.flatMap((channel) => sandbox.slack.messages({ channel, as })),
    );
    const said = shown.filter(({ bot_id }) => bot_id !== undefined);
    expect(said.some(({ files = [] }) => files.length > 0)).toBe(true);
    expect(leaks(said)).toEqual([]);
  });

  it('is not in any log line', () => {
    const lines = asPrinted(sandbox.log.lines);
    expect(lines.length).toBeGreaterThan(50);
    expect(leaks(lines)).toEqual([]);
  });

  it('is never sent to Redis: not in a job, a proposal, a run, a question or an audit record', async () => {
    expect(record.commands.some((line) => line.includes('cluster-t'))).toBe(true);
    expect(leaks(record.commands)).toEqual([]);
    const kept = await record.dump();
    expect(kept.some((line) => line.startsWith('{acknet}:audit '))).toBe(true);
    expect(leaks(kept)).toEqual([]);
  });

  it('is not in the metrics', async () => {
    const texts = await Promise.all(sandbox.parts.map(({ metrics }) => metrics.registry.metrics()));
    expect(texts.join('')).toContain('acknet_jobs_total');
    expect(leaks(texts)).toEqual([]);
  });

  it('is not in what acknet check and acknet audit print', () => {
    for (const { stdout } of printed) expect(stdout.length).toBeGreaterThan(100);
    expect(leaks(printed)).toEqual([]);
  });

  it('is not in an error of the cluster port, nor in what caused it', async () => {
    const { faults } = cluster('cluster-f');
    const effect = { kind: 'status', status: 500, message: echo('error') } as const;
    faults.add({ times: 10, effect });
    const reader = sandbox.parts[0]?.clusters.get('cluster-f').reader(AbortSignal.timeout(5000));
    const error = await reader?.serverVersion().catch((caught: unknown) => caught);
    faults.clear();
    expect(error).toMatchObject({ code: 'cluster.failed' });
    expect(leaks(inspect(error, { depth: 10, showHidden: true }))).toEqual([]);
  });

  it('is not in what is logged when Redis refuses its password', async () => {
    const logger = quietLogger();
    const url = sandbox.world.redisUrl.replace('//', `//acknet:${canary('redis')}@`);
    const redis = connectRedis({ url, logger });
    const error = await redis.ping().catch((caught: unknown) => caught);
    redis.disconnect();
    logger.error({ err: error }, 'as main would log it');
    expect(asPrinted(logger.lines).join('')).toMatch(/WRONGPASS|without any password/);
    expect(leaks(asPrinted(logger.lines))).toEqual([]);
  });
});

describe('the search for secrets', () => {
  it('finds one that is not masked, whatever it is wrapped in', () => {
    const secret = canary('sample');
    const wrapped = [secret, secret.toLowerCase(), JSON.stringify({ a: secret }), `x${secret}y`];
    const encoded = ['', 'a', 'ab'].map((before) => Buffer.from(`${before}${secret}`).toString('base64'));
    for (const text of [...wrapped, ...encoded]) expect(leaksIn(text)).not.toEqual([]);
    expect(leaksIn({ harmless: 'text' })).toEqual([]);
    expect(leaks('Bearer cluster-f-reader-token')).not.toEqual([]);
  });

  it('has something to find: secrets stand in every kind of object and in the logs', () => {
    expect(shapesPlanted).toBeGreaterThanOrEqual(40);
    const kinds = ['ConfigMap', 'Node', 'Pod', 'DaemonSet', 'Event', 'Service'];
    for (const { store, kind } of names.map(cluster))
      expect(kinds.filter((planted) => leaks(store.all(kind(planted))).length === 0)).toEqual([]);
    const { store, kind, logs } = cluster('cluster-f');
    const lines = store
      .all(kind('Pod'))
      .flatMap((pod) => logs.read(text(pod, 'metadata', 'uid') ?? '', 'kube-proxy-worker'));
    expect(leaks(lines)).not.toEqual([]);
  });

  it('fails on what stands beside the secret when masking is left out', () => {
    const { store, kind } = cluster('cluster-t');
    const unmasked = store.get(kind('ConfigMap'), 'kube-system', 'eni-config').data;
    sandbox.log.info({ unmasked }, 'as a careless line would have it');
    const careless = sandbox.log.lines.pop();
    expect(leaks(careless)).not.toEqual([]);
    expect(leaks(asPrinted(careless === undefined ? [] : [careless]))).toEqual([]);
  });
});
