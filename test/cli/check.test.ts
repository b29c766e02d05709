import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readerRules } from '../../src/cli/rbac.js';
import { checkReportSchema } from '../../src/engine/checking/check-report.js';
import { runCli } from '../support/run-cli.js';
import { type SimulatedCluster, startSimulatedCluster } from '../support/start-simulated-cluster.js';

const open = (scenario: string) => startSimulatedCluster(scenario, { reads: readerRules([]) });
let broken: SimulatedCluster;
let healthy: SimulatedCluster;

beforeAll(async () => {
  [broken, healthy] = await Promise.all([open('flannel-broken'), open('flannel-healthy')]);
});
afterAll(async () => {
  await Promise.all([broken.close(), healthy.close()]);
});

const check = (cluster: SimulatedCluster, ...args: string[]) =>
  runCli(['check', 'cluster-x', ...args, '--kubeconfig', cluster.kubeconfigs.reader]);

describe('acknet check', () => {
  it('ends with 1 when something was found, and shows message, evidence, entry and fix', async () => {
    const { code, stdout } = await check(broken, 'flannel-cni-version');
    expect(code).toBe(1);
    expect(stdout).toContain('cluster-x: 1 cause');
    expect(stdout).toMatch(/^It is cluster [0-9a-f]{8}\.$/m);
    expect(stdout).toContain('cni config uninitialized');
    expect(stdout).toContain('(entry flannel-cni-version, fix add-flannel-cni-version)');
  });

  it('ends with 0 when nothing was found', async () => {
    const { code, stdout } = await check(healthy, 'flannel-cni-version');
    expect([code, stdout.split('\n')[0]]).toEqual([
      0,
      'cluster-x: no problem found; 1 check clear, 0 unknown, 0 not applicable',
    ]);
  });

  it('ends with 0 when the check is about another kind of cluster, and says that and why', async () => {
    const { code, stdout } = await check(broken, 'terway-eni-mode');
    expect([code, stdout.split('\n')[0]]).toEqual([
      0,
      expect.stringMatching(
        /^cluster-x: the check does not apply: .*Terway.*; \d checks? clear, 0 unknown, 1 not applicable$/,
      ),
    ]);
    expect(stdout).not.toContain('no problem');
  });

  it.each(['flannel-healthy', 'terway-datapath-v2', 'dual-stack-healthy'])(
    'ends a full check of %s green, with 0, nothing open',
    async (scenario) => {
      const well = await open(scenario);
      const { code, stdout } = await check(well);
      await well.close();
      expect([code, stdout.split('\n')[0]]).toEqual([
        0,
        expect.stringMatching(
          /^cluster-x: no problem found; \d+ checks clear, 0 unknown, \d+ not applicable$/,
        ),
      ]);
    },
  );

  it('ends with 2 when the cluster could not be read, and never calls it healthy', async () => {
    const forbidden = await startSimulatedCluster('flannel-healthy', { reads: [] });
    const { code, stdout } = await check(forbidden, 'flannel-cni-version');
    await forbidden.close();
    expect(code).toBe(2);
    expect(stdout).toContain('cluster-x: not readable, so nothing is known of it; 0 checks clear');
    expect(stdout).toMatch(/Could not be decided\n {2}\? flannel-cni-version: .*forbidden/);
  });

  it('prints JSON as its schema says', async () => {
    const { stdout } = await check(broken, '--json');
    const report = checkReportSchema.parse(JSON.parse(stdout));
    expect(report.checks.length).toBeGreaterThan(1);
    expect(report.checks.find(({ id }) => id === 'flannel-cni-version')?.findings[0]).toMatchObject({
      id: 'flannel-cni-version.missing',
      intent: 'flannel-cni-version',
      remediation: 'add-flannel-cni-version',
    });
  });

  it('names what Kubernetes cannot show only for the entries that were asked about', async () => {
    const spots = async (...ids: string[]) =>
      checkReportSchema
        .parse(JSON.parse((await check(broken, ...ids, '--json')).stdout))
        .notVisible.map(({ intent }) => intent);
    expect(await spots('flannel-cni-version')).toEqual(['flannel-cni-version']);
    expect((await spots()).length).toBeGreaterThan(5);
  });

  it('leaves out findings about other nodes when told one, and says so first', async () => {
    const node = 'cn-hangzhou.192.168.0.81';
    const { stdout } = await check(broken, '--json', '--node', node);
    expect(checkReportSchema.parse(JSON.parse(stdout)).scope).toEqual({ namespaces: [], node });
    expect((await check(broken, '--node', node)).stdout).toMatch(
      /^cluster-x \(node cn-hangzhou\.192\.168\.0\.81\): /,
    );
    const abouts = checkReportSchema
      .parse(JSON.parse(stdout))
      .checks.flatMap(({ findings }) => findings.map(({ about }) => about));
    expect(abouts.filter(({ kind, name }) => kind === 'Node' && !name.endsWith('.81'))).toEqual([]);
  });

  it.each([
    ['--node', 'cn-hangzhou.192.168.0.8', 'node "cn-hangzhou.192.168.0.8"', 'cn-hangzhou.192.168.0.8'],
    ['--ns', 'kube-sytem', 'namespace "kube-sytem"', 'Did you mean kube-system?'],
  ])('refuses %s that is not there, with the nearest name', async (flag, name, what, hint) => {
    const { code, stdout, stderr } = await check(broken, flag, name);
    expect(code).toBe(64);
    expect(stdout).toBe('');
    expect(stderr).toContain(`cluster-x has no ${what}, so nothing was checked`);
    expect(stderr).toContain(hint);
  });

  it('checks a namespace unseen where namespaces may not be listed', async () => {
    const rules = readerRules([]).filter(({ resource }) => resource !== 'namespaces');
    const narrow = await startSimulatedCluster('flannel-healthy', { reads: rules });
    const { code } = await check(narrow, '--ns', 'shpo');
    await narrow.close();
    expect(code).toBe(0);
  });

  it('uses the context called like the cluster, never the current one under another name', async () => {
    const { code, stderr } = await runCli([
      'check',
      'production',
      'network-plugin',
      '--kubeconfig',
      healthy.kubeconfigs.reader,
    ]);
    expect(code).toBe(64);
    expect(stderr).toContain('context "production"');
    expect(stderr).toContain('Contexts there: cluster-x');
  });

  it('uses another context where one is named', async () => {
    const { code, stdout } = await runCli([
      ...['check', 'production', 'network-plugin', '--json'],
      ...['--kubeconfig', healthy.kubeconfigs.reader, '--context', 'cluster-x'],
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ cluster: 'production' });
  });

  it.each([
    [
      'an unknown check',
      ['check', 'cluster-x', 'flannel-cni-versoin', '--kubeconfig', 'x'],
      'Did you mean flannel-cni-version?',
    ],
    ['an unknown command', ['chek'], "unknown command 'chek'"],
    ['a missing configuration', ['check', 'cluster-x'], 'acknet.yaml'],
  ])('ends with 64 for %s', async (_title, args, says) => {
    const { code, stderr } = await runCli(args);
    expect(code).toBe(64);
    expect(stderr).toContain(says);
  });

  it('ends with 64 for a cluster that is not configured, not as if something were found', async () => {
    const { code, stderr } = await runCli(['check', 'cluster-z'], {
      ACKNET_CONFIG: 'docs/acknet.example.yaml',
    });
    expect(code).toBe(64);
    expect(stderr).toContain('Did you mean cluster-x?');
  });
});
