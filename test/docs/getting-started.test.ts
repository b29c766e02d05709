import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { type PrivateRedis, startPrivateRedis } from '../../sandbox/redis/start-private-redis.js';
import type { SlackSimulator } from '../../sandbox/slack/slack-simulator.js';
import { startSlackSimulator } from '../../sandbox/slack/start-slack-simulator.js';
import { runCli } from '../support/run-cli.js';
import { type SimulatedCluster, startSimulatedCluster } from '../support/start-simulated-cluster.js';

const PAGE = 'docs/getting-started.md';
let folder: string;
let cluster: SimulatedCluster;
let slack: SlackSimulator;
let redis: PrivateRedis;
/** What each command of the page printed, in its order, and how it ended. */
const printed: string[] = [];
const codes: Record<string, number> = {};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'acknet-start-'));
  cluster = await startSimulatedCluster('flannel-broken');
  slack = await startSlackSimulator({ now: () => new Date(), nextId: randomUUID, rates: 'off' });
  redis = await startPrivateRedis({ appendOnly: true });
  const kube = path.join(folder, 'kube');
  const admin = ['--kubeconfig', cluster.kubeconfigs.admin, '--context', 'cluster-x', '--out', kube];
  const env = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    ACKNET_REDIS_URL: redis.url,
    ACKNET_AUDIT_KEY: 'a key for tests only',
    ACKNET_CONFIG: path.join(folder, 'acknet.yaml'),
  };
  const run = async (...args: string[]) => {
    const { stdout, stderr, code } = await runCli(args, env, { answer: true });
    printed.push(stdout + stderr);
    codes[args[0] ?? ''] = code;
  };
  await run('onboard', 'cluster-x', '--apply', '--fixes', ...admin);
  await writeFile(
    env.ACKNET_CONFIG,
    stringify({
      clusters: {
        'cluster-x': {
          kubeconfig: 'kube/cluster-x-reader.yaml',
          fixer: { kubeconfig: 'kube/cluster-x-fixer.yaml' },
          approvers: { users: ['U0BO'] },
        },
      },
      maintainers: { users: ['U0BO'] },
    }),
  );
  await run('doctor');
  await run('check', 'cluster-x');
  await run('ask', 'nodes went NotReady after we bumped the flannel image by hand');
});
afterAll(async () => {
  await slack.close();
  await redis.close();
  await cluster.close();
  await rm(folder, { recursive: true });
});

/** Numbers, times and places differ from run to run. */
const alike = (line: string): string =>
  line
    .replace(` --kubeconfig ${cluster.kubeconfigs.admin}`, ' --kubeconfig admin.yaml')
    .replace(` --out ${folder}/kube`, '')
    .replaceAll(folder, '')
    .replaceAll(/https?:\/\/\S+/g, '#')
    .replaceAll(/\S*kube\/cluster/g, 'kube/cluster')
    .replaceAll(/is cluster [0-9a-f]{8}/g, 'is cluster #')
    .replaceAll(/ed25519:\S+/g, '#')
    .replaceAll(/[\d.:TZ-]*\d[\d.:TZ-]*/g, '#')
    .trim();

describe(PAGE, () => {
  it('leads to where doctor finds nothing to mend, and a check what is wrong with the cluster', () => {
    expect(codes).toEqual({ onboard: 0, doctor: 0, check: 1, ask: 0 });
  });

  it('shows what the commands print, line by line, against the simulated cluster and workspace', async () => {
    const seen = new Set(printed.join('\n').split('\n').map(alike));
    const blocks = [...(await readFile(PAGE, 'utf8')).matchAll(/```text\n(.*?)```/gs)];
    expect(blocks.length).toBeGreaterThanOrEqual(4);
    const shown = blocks.flatMap(([, block = '']) => block.split('\n')).filter((line) => line !== '…');
    expect(shown.filter((line) => !seen.has(alike(line)))).toEqual([]);
  });
});
