import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { kubeconfigFor } from '../../sandbox/cluster/kubeconfig.js';
import { type Sandbox, startSandbox } from '../support/start-sandbox.js';
import { waitFor } from '../support/wait-for.js';

const DAY_SECONDS = 86_400;
let sandbox: Sandbox;
let folder: string;

/** A fixer's kubeconfig whose token says that it ends in so many days. */
async function writeFixer(days: number): Promise<string> {
  const payload = { exp: Math.floor(Date.now() / 1000) + days * DAY_SECONDS };
  const token = ['{}', JSON.stringify(payload), 'x'].map((part) => Buffer.from(part).toString('base64url'));
  const file = path.join(folder, 'fixer.yaml');
  const parts = { name: 'x', url: 'https://127.0.0.1:6443', token: token.join('.'), ca: '' };
  await writeFile(file, kubeconfigFor(parts));
  return file;
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'acknet-ends-'));
  sandbox = await startSandbox({
    clusterFile: { fixer: { kubeconfig: await writeFixer(5) } },
    file: { maintainers: { users: ['U0BO'], groups: ['S0NETOPS'] } },
    replicas: 3,
    tuning: { credentialLookMs: 50 },
  });
});
afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true });
});

const told = (user: string) =>
  sandbox.slack
    .messages({ channel: sandbox.slack.dmOf(user), as: user })
    .filter(({ text }) => /access to cluster-x/.test(text));

describe('a credential that ends in days', () => {
  it('is told to each maintainer in one direct message, by three workers that look time and again', async () => {
    const [message] = await waitFor('a message to U0BO', () => told('U0BO').length > 0 && told('U0BO'));
    expect(message?.text).toMatch(
      /^acknet will lose its access to cluster-x\. cluster-x, fixer: its credential ends 20[\d-]+T[\d:.]+Z; then no fix can be applied on cluster-x\. .*acknet onboard CLUSTER --renew/,
    );
    const fourth = sandbox.build();
    await fourth.worker.start();
    await fourth.worker.stop(500);
    expect(told('U0BO')).toHaveLength(1);
    expect(told('U0EVE')).toEqual([]);
  });
});
