import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startWorld, type World } from '../../sandbox/demo/start-world.js';
import { cloudActionsOf, readerRules } from '../../src/cli/rbac.js';
import { runCommand } from '../../src/cli/run-command.js';
import { patience } from '../support/patience.js';
import { plainText } from '../support/read-message.js';
import { waitFor } from '../support/wait-for.js';

let world: World;
let folder: string;
let metricsUrl: string;
const stopping = new AbortController();
let ended: Promise<number>;

/** `acknet start` as people start it, on a cluster whose account is connected. */
beforeAll(async () => {
  world = await startWorld({
    clusters: { 'cluster-x': 'cloud-group-drops' },
    grants: { reads: readerRules([]), writes: [], cloud: cloudActionsOf([]) },
    slack: { rates: 'off', transport: 'socket' },
    now: () => new Date(),
  });
  folder = await mkdtemp(path.join(tmpdir(), 'acknet-serve-cloud-'));
  const { kubeconfig, cloud } = world.credentials['cluster-x'] ?? {};
  // Of a port that is taken the log names the one served instead.
  const http = { host: '127.0.0.1', port: Number(new URL(world.slack.apiUrl).port) };
  const file = { clusters: { 'cluster-x': { kubeconfig, cloud } }, http };
  await writeFile(path.join(folder, 'acknet.yaml'), JSON.stringify(file));
  const text: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      text.push(String(chunk));
      done();
    },
  });
  ended = runCommand(['start'], {
    env: {
      ...world.cloudEnv,
      ACKNET_CONFIG: path.join(folder, 'acknet.yaml'),
      ACKNET_REDIS_URL: world.redisUrl,
      ACKNET_AUDIT_KEY: 'a key for tests only and long enough',
      SLACK_API_URL: world.slack.apiUrl,
      SLACK_BOT_TOKEN: world.slack.botToken,
      SLACK_APP_TOKEN: world.slack.appToken,
    },
    ...{ stdout: sink, stderr: sink, root: path.resolve('.'), stop: stopping.signal },
    ...{ now: () => new Date(), wait: async () => undefined, lookEveryMs: 20 },
  });
  const said = (pattern: RegExp) => pattern.exec(text.join(''))?.[1];
  await waitFor('the service to be ready', () => said(/"msg":"(ready)"/) !== undefined);
  metricsUrl = `${said(/"url":"(http:[^"]+)"/)}/metrics`;
}, patience(30_000));
afterAll(async () => {
  stopping.abort();
  await ended;
  await world.close();
  await rm(folder, { recursive: true });
}, patience(30_000));

/** Of one sample with all these labels; undefined = it is not there. */
async function sample(name: string, ...labels: readonly string[]): Promise<number | undefined> {
  const lines = (await (await fetch(metricsUrl)).text()).split('\n');
  const line = lines.find(
    (text) => text.startsWith(`${name}{`) && labels.every((label) => text.includes(label)),
  );
  return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ')));
}

describe('a running service whose cluster has its account connected', () => {
  it('is asked in Slack which rule keeps a pod from an ECS instance, and shows it', async () => {
    const ends = '--from shop/biller --to i-bp1l3e5g7a9c1y3d5b7s --port 5432/tcp';
    await world.slack.as('U0ANA').command({ channel: 'C0OPS', text: `/acknet check cluster-x ${ends}` });
    const result = await world.slack.waitFor(
      () => world.slack.messages({ channel: 'C0OPS' }).find(({ text }) => /^cluster-x.*\d cause/.test(text)),
      patience(20_000),
    );
    expect(plainText(result)).toContain('TCP 5432 from shop/biller to i-bp1l3e5g7a9c1y3d5b7s');
    const all = await world.slack.waitFor(() => {
      const thread = world.slack.messages({ channel: 'C0OPS', threadTs: result.ts }).map(plainText);
      return thread.some((text) => text.includes('sg-bp1d2a4t6a8b0a2s4e6s')) && thread.join('\n');
    }, patience(20_000));
    expect(all).toContain('priority 10, Drop, TCP 1/65535, from 10.0.40.0/21');
  });

  it('counts each call to the account by its API and how it ended, at /metrics', async () => {
    const api = 'ecs:DescribeSecurityGroupAttribute';
    const calls = (world.clouds.get('cluster-x')?.calls ?? []).filter((call) => call === api).length;
    expect(calls).toBeGreaterThan(0);
    expect(await sample('acknet_cloud_calls_total', `api="${api}"`, 'outcome="ok"')).toBe(calls);
  });

  it('counts a call that RAM refuses by its code', async () => {
    world.clouds
      .get('cluster-x')
      ?.grant(cloudActionsOf([]).filter((action) => action !== 'vpc:DescribeVpcs'));
    await world.slack.as('U0ANA').command({
      channel: 'C0RANDOM',
      text: '/acknet check cluster-x cluster-addresses',
    });
    const refused = ['api="vpc:DescribeVpcs"', 'outcome="cloud.forbidden"'] as const;
    await waitFor(
      'the refused call',
      async () => (await sample('acknet_cloud_calls_total', ...refused)) === 1,
    );
  });
});
