import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { runCommand } from '../../../src/cli/run-command.js';
import { patience } from '../../support/patience.js';
import { type Sandbox, startSandbox } from '../../support/start-sandbox.js';
import { waitFor } from '../../support/wait-for.js';

let sandbox: Sandbox;
let folder: string;
let stopping: AbortController;
let ended: Promise<number>;
let lines: string[];
const said = (part: string): number => lines.filter((line) => line.includes(part)).length;

beforeEach(async () => {
  sandbox = await startSandbox({
    ...{ clusters: { old: 'flannel-broken', fresh: 'flannel-healthy' }, ownRedis: true, replicas: 0 },
    slack: { transport: 'socket' },
  });
  folder = await mkdtemp(path.join(tmpdir(), 'acknet-bad-files-'));
  await put(good('U0BO'));
  stopping = new AbortController();
  lines = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(...String(chunk).trim().split('\n'));
      done();
    },
  });
  const { slack, redisUrl, auditKey } = sandbox.config;
  ended = runCommand(['start'], {
    env: {
      ACKNET_CONFIG: path.join(folder, 'acknet.yaml'),
      ...{ ACKNET_REDIS_URL: redisUrl, ACKNET_AUDIT_KEY: auditKey, SLACK_API_URL: slack.apiUrl },
      ...{ SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken },
    },
    ...{ stdout: sink, stderr: sink, root: path.resolve('.'), stop: stopping.signal },
    ...{ now: () => new Date(), wait: async () => undefined, lookEveryMs: 10 },
  });
  await waitFor('acknet to be ready', () => said('"msg":"ready"') > 0);
});
afterEach(async () => {
  stopping.abort();
  await ended;
  await rm(folder, { recursive: true });
  await sandbox.close();
});

const good = (approver: string, change: (file: Shape) => void = () => undefined): string => {
  const file = structuredClone(sandbox.file) as Shape;
  for (const cluster of Object.values(file.clusters)) cluster.approvers = { users: [approver] };
  change(file);
  return stringify({ ...file, inbound: { slack: false }, http: { port: 0, host: '127.0.0.1' } });
};
interface Shape {
  clusters: Record<string, { kubeconfig: string; approvers?: object }>;
}
/** Whole, as Kubernetes and editors do it. */
async function put(text: string): Promise<void> {
  await writeFile(path.join(folder, 'next'), text);
  await rename(path.join(folder, 'next'), path.join(folder, 'acknet.yaml'));
}

const bad: Readonly<Record<string, (text: string) => string>> = {
  'no YAML': () => '{',
  'an empty file': () => '',
  'half of it': (text) => text.slice(0, text.length / 2),
  'an unknown key': (text) => `${text}\nclutsers: {}\n`,
  'a kubeconfig that is not there': () =>
    good('U0BO', ({ clusters }) => {
      for (const cluster of Object.values(clusters)) cluster.kubeconfig = path.join(folder, 'none.yaml');
    }),
};

describe('while files with faults come and go under load', () => {
  it(
    'every check is of the cluster that was asked for, each fault is refused and said, and the last good file counts',
    async () => {
      const checked: Promise<unknown>[] = [];
      for (const [at, [, spoil]] of Object.entries(bad).entries()) {
        await put(spoil(good('U0BO')));
        const command = { channel: 'C0OPS', text: `/acknet check ${at % 2 === 0 ? 'old' : 'fresh'}` };
        checked.push(sandbox.ana.command(command));
        await waitFor('it is refused', () => said('changed configuration refused') === at + 1);
        await put(good('U0BO'));
        await waitFor('the good one is back', () => said('again the one in use') === at + 1);
      }
      await put(good('U0EVE'));
      await waitFor('the reload', () => said('configuration reloaded') === 1);
      expect(await Promise.all(checked)).toEqual(checked.map(() => ({ ok: true })));

      await sandbox.ana.command({ channel: 'C0RANDOM', text: '/acknet check fresh' });
      await sandbox.message(/^fresh: no problem found/, { channel: 'C0RANDOM' });
      await sandbox.ana.command({ channel: 'C0RANDOM', text: '/acknet check old' });
      const card = await sandbox.message(/^Fix for old: Add cniVersion.*Waiting/, { channel: 'C0RANDOM' });
      await sandbox.eve.click({ channel: 'C0RANDOM', ts: card.ts, actionId: 'proposal_approve' });
      await sandbox.message(/^Fix for old: Add cniVersion.*(Approved|Applying|Fixed)/, {
        channel: 'C0RANDOM',
      });
      const results = sandbox.slack.messages({ channel: 'C0OPS' }).map(({ text }) => text);
      const checks = results.filter((text) => /^(old|fresh): (?!the evidence)/.test(text));
      expect(checks.length).toBeGreaterThan(1);
      for (const text of checks) expect(text).toMatch(/^old: \d+ causes?|^fresh: no problem found/);
    },
    patience(90_000),
  );
});

describe('a maintainer', () => {
  const told = () =>
    sandbox.slack
      .messages({ channel: sandbox.slack.dmOf('U0BO'), as: 'U0BO' })
      .map(({ text }) => text)
      .filter((text) => /acknet\.yaml/.test(text));

  it('is told once of each refused version of the files, with what is wrong, and that they are taken again', async () => {
    await put(`${good('U0BO')}\nclutsers: {password: hunter2hunter2}\n`);
    await waitFor('the refusal', () => told().length === 1);
    await put(bad['a kubeconfig that is not there']?.('') ?? '');
    await waitFor('the second refusal', () => told().length === 2);
    await put(good('U0EVE'));
    await waitFor('that it is taken', () => told().length === 3);
    expect(told()).toEqual([
      expect.stringMatching(
        /^acknet does not take the changed acknet\.yaml.*clutsers: unknown key.*goes on with what it had/s,
      ),
      expect.stringMatching(/^acknet does not take .*Cluster old: .*Cluster fresh: /s),
      expect.stringMatching(/^acknet goes by acknet\.yaml and its kubeconfigs again/),
    ]);
    expect(JSON.stringify(told())).not.toContain('hunter2');
  });
});
