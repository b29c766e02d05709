import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { startWorld, type World } from '../../sandbox/demo/start-world.js';
import { cloudActionsOf, readerRules } from '../../src/cli/rbac.js';
import { runCli } from '../support/run-cli.js';

describe('acknet ask', () => {
  it('prints the entry that answers, without what is behind a button in Slack', async () => {
    const { code, stdout } = await runCli(['ask', 'nf_conntrack: table full, dropping packet']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# .*conntrack/i);
    expect(stdout).toContain('## Solution');
    expect(stdout).not.toContain('## More');
    expect(stdout).not.toContain(':::');
    expect(stdout).toMatch(/https:\/\//);
  });

  it('prints the whole entry with --full', async () => {
    const { stdout } = await runCli(['ask', '--full', 'nf_conntrack: table full, dropping packet']);
    expect(stdout).toContain('## More');
  });

  it('joins words that the shell has split', async () => {
    const { stdout } = await runCli(['ask', 'lower', 'the', 'udp', 'timeout', 'of', 'ipvs']);
    expect(stdout).toMatch(/^# .*UDP/);
  });

  it('shows the signals behind the choice with --why', async () => {
    const { stdout } = await runCli(['ask', '--why', 'InvalidVSwitchId.IpNotEnough']);
    expect(stdout).toMatch(/Decision: sure/);
    expect(stdout).toMatch(/vswitch-ip-exhausted \d+\.\d %: .*error-text/);
  });

  it('says that it has no answer rather than guess', async () => {
    const { code, stdout } = await runCli(['ask', 'who orders the pizza']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/no answer/);
    expect(stdout).not.toContain('## Solution');
  });

  it('needs a question', async () => {
    expect((await runCli(['ask'])).code).toBe(64);
  });
});

describe('acknet ask about a cluster', () => {
  let world: World | undefined;
  let folder: string | undefined;
  afterEach(async () => {
    await world?.close();
    if (folder !== undefined) await rm(folder, { recursive: true });
    world = folder = undefined;
  });

  /** A cluster with its account, and what `acknet ask` prints of it. */
  async function asked(cloud: readonly string[] | undefined, question: string) {
    const reads = readerRules([]);
    world = await startWorld({
      clusters: { 'cluster-x': 'terway-datapath-v2' },
      grants: { reads, writes: [], ...(cloud && { cloud }) },
      redisUrl: 'redis://unused',
      now: () => new Date(),
    });
    folder = await mkdtemp(path.join(tmpdir(), `acknet-ask-${randomUUID()}`));
    const file = path.join(folder, 'acknet.yaml');
    await writeFile(file, JSON.stringify({ clusters: world.credentials }));
    const env = { ...world.cloudEnv, ACKNET_CONFIG: file };
    return runCli(['ask', '--cluster', 'cluster-x', question], env);
  }
  const VSWITCHES = 'which pod vSwitches and which network plugin does it use';

  it('prints its vSwitches with zone, block and free addresses, and no way to the console for them', async () => {
    const { code, stdout } = await asked(cloudActionsOf([]), VSWITCHES);
    expect(code).toBe(0);
    expect(stdout).toMatch(/On cluster-x, read \S+Z:\n {2}Network plugin: terway/);
    expect(stdout).toMatch(
      /Pod vSwitches: .*cn-hangzhou-i: vsw-bp1d8f1h4j7l0n3p6r9t2 \(cn-hangzhou-i, [\d./]+, \d+ addresses free\)/,
    );
    expect(stdout).toMatch(/Control plane vSwitches: vsw-/);
    expect(stdout).toContain('Service CIDR: ');
    expect(stdout).not.toMatch(/Not visible from Kubernetes|Console:/);
  });

  it('names the RAM action that is missing, and still prints what the cluster says', async () => {
    const { stdout } = await asked([], VSWITCHES);
    expect(stdout).toMatch(/Pod vSwitches: .*cn-hangzhou-i: vsw-bp1d8f1h4j7l0n3p6r9t2/);
    expect(stdout).toContain('may not call cs:DescribeClusterDetail');
    expect(stdout).toContain('Not visible from Kubernetes');
    expect(stdout).toContain('Console:');
    expect(stdout).not.toContain('addresses free');
  });

  it('says what connecting the cloud would show, where it is not connected', async () => {
    const { stdout } = await asked(undefined, VSWITCHES);
    expect(stdout).toMatch(
      /Not visible from Kubernetes: .*Connecting the cloud \(docs\/cloud\.md\) would show/,
    );
    expect(stdout).not.toContain('  ? ');
  });

  it('leaves out what is not about its plugin', async () => {
    const { stdout } = await asked(
      undefined,
      'nodes NotReady, cni config uninitialized, cniVersion missing in kube-flannel-cfg',
    );
    expect(stdout).not.toContain('kubectl edit cm kube-flannel-cfg');
  });
});
