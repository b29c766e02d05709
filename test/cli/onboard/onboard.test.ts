import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parse, parseAllDocuments } from 'yaml';
import { tokenIn } from '../../../src/cli/onboard/issued-token.js';
import { list, text } from '../../../src/cluster/fields.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { runCli } from '../../support/run-cli.js';
import { type SimulatedCluster, startSimulatedCluster } from '../../support/start-simulated-cluster.js';

let cluster: SimulatedCluster;
let folder: string;

beforeEach(async () => {
  cluster = await startSimulatedCluster('flannel-broken');
  folder = await mkdtemp(path.join(tmpdir(), 'acknet-onboard-'));
});
afterEach(async () => {
  await cluster.close();
  await rm(folder, { recursive: true });
});

const withAdmin = (command: string) => (flags: readonly string[], answer?: boolean) =>
  runCli(
    [command, 'cluster-x', '--kubeconfig', cluster.kubeconfigs.admin, '--out', folder, ...flags],
    {},
    { answer },
  );
const onboard = withAdmin('onboard');
const offboard = withAdmin('offboard');
const file = (name: string) => path.join(folder, `cluster-x-${name}`);
const stored = (kind: string, group = '') => cluster.simulator.store.all(cluster.simulator.kind(kind, group));
const names = (objects: readonly JsonObject[]) => objects.map((object) => text(object, 'metadata', 'name'));
const rbac = 'rbac.authorization.k8s.io';

describe('acknet onboard', () => {
  it('prints, without a kubeconfig and changing nothing, what an administrator can apply', async () => {
    const { code, stdout } = await runCli(['onboard', 'cluster-x', '--fixes', 'enable-flannel-hairpin']);
    expect(code).toBe(0);
    const kinds = parseAllDocuments(stdout).map((document) => (document.toJS() as JsonObject).kind);
    expect(kinds.slice(0, 2)).toEqual(['Namespace', 'ServiceAccount']);
    expect(kinds).toEqual(
      expect.arrayContaining(['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding']),
    );
    expect(stdout).toContain('acknet onboard cluster-x --apply');
    expect(cluster.simulator.writes).toEqual([]);
  });

  it('shows, asks, makes it, and proves what was granted and what is refused', async () => {
    const { code, stdout, stderr } = await onboard(['--apply', '--fixes'], true);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/This creates or updates \d+ objects on cluster-x/);
    expect(stdout).toContain('created: ServiceAccount acknet/acknet-reader');
    expect(stdout).toMatch(/ok +cluster-x, reader: has \d+ verbs needed, and none that should be forbidden/);
    expect(stdout).toMatch(/ok +cluster-x, fixer: has \d+ verbs needed, and none that should be forbidden/);
    expect(code).toBe(0);
  });

  it('writes kubeconfigs with which a check runs, readable by nobody else, and never prints a token', async () => {
    const { stdout } = await onboard(['--apply'], true);
    const token = (await readFile(file('reader.token'), 'utf8')).trim();
    expect(token.split('.')).toHaveLength(3);
    expect(stdout).not.toContain(token);
    for (const name of ['reader.token', 'reader.yaml'])
      expect(((await stat(file(name))).mode & 0o777).toString(8)).toBe('600');
    const lines = /paths relative to it:\n\n([\s\S]*?)\n\n/.exec(stdout)?.[1] ?? '';
    expect(parse(lines)).toEqual({ clusters: { 'cluster-x': { kubeconfig: file('reader.yaml') } } });
    const checked = await runCli([
      'check',
      'cluster-x',
      'flannel-cni-version',
      '--kubeconfig',
      file('reader.yaml'),
    ]);
    expect(checked.code).toBe(1);
    expect(checked.stdout).toContain('cniVersion');
  });

  it('leaves files that were readable by all, or half written, readable by their owner alone and whole', async () => {
    for (const name of ['reader.token', 'reader.yaml', 'reader.token.new']) {
      await writeFile(file(name), 'old');
      await chmod(file(name), 0o644);
    }
    await onboard(['--apply', '--yes']);
    const left = await readdir(folder);
    expect(left.sort()).toEqual(['cluster-x-reader.token', 'cluster-x-reader.yaml']);
    for (const name of left)
      expect(((await stat(path.join(folder, name))).mode & 0o777).toString(8)).toBe('600');
  });

  it('prints the line that renews exactly this, fit for a shell', async () => {
    const flags = ['--namespace', 'ops', '--days', '30', '--config-maps', 'eni-a', 'eni-b'];
    const fixes = ['--fixes', 'restart-flannel', 'enable-flannel-hairpin'];
    const out = path.join(folder, "it's here");
    const { stdout } = await onboard([
      '--apply',
      '--yes',
      '--context',
      'cluster-x',
      '--out',
      out,
      ...flags,
      ...fixes,
    ]);
    const line = stdout.split('\n').find((text) => text.includes('--renew'));
    expect(line).toBe(
      [
        ...['acknet onboard cluster-x --renew --fixes restart-flannel enable-flannel-hairpin'],
        ...['--config-maps eni-a eni-b', `--kubeconfig ${cluster.kubeconfigs.admin}`, '--context cluster-x'],
        ...['--namespace ops', `--out '${folder}/it'\\''s here'`, '--days 30'],
      ].join(' '),
    );
  });

  it('asks anew for a few seconds while the API server does not know the new bindings yet', async () => {
    cluster.simulator.late.bindingsMs = 60_000;
    let waited = 0;
    const { code, stdout } = await runCli(
      [
        'onboard',
        'cluster-x',
        '--kubeconfig',
        cluster.kubeconfigs.admin,
        '--out',
        folder,
        '--apply',
        '--yes',
      ],
      {},
      {
        wait: async (ms) => {
          waited += ms;
          if (waited === 3000) cluster.simulator.late.bindingsMs = 0;
        },
      },
    );
    expect(stdout).toContain('cluster-x still refuses what was just granted');
    expect(stdout).toContain('cluster-x, reader: has');
    expect({ code, waited }).toEqual({ code: 0, waited: 3000 });
  });

  it('says after ten seconds what the API server refuses still', async () => {
    cluster.simulator.late.bindingsMs = 60_000;
    let waited = 0;
    const { code, stdout } = await runCli(
      [
        'onboard',
        'cluster-x',
        '--kubeconfig',
        cluster.kubeconfigs.admin,
        '--out',
        folder,
        '--apply',
        '--yes',
      ],
      {},
      {
        wait: async (ms) => {
          waited += ms;
        },
      },
    );
    expect(stdout).toContain('cluster-x, reader: may not list nodes');
    expect({ code, waited }).toEqual({ code: 1, waited: 10_000 });
  });

  it.each([
    ['is declined', false, 0, 'Nothing was changed.'],
    ['cannot be asked', undefined, 64, 'Nobody can be asked here'],
  ])('changes nothing where it %s', async (_title, answer, code, said) => {
    const result = await onboard(['--apply'], answer);
    expect(result.code).toBe(code);
    expect(result.stdout + result.stderr).toContain(said);
    expect(cluster.simulator.writes).toEqual([]);
  });

  it('brings what it made up to date, and takes rights back that were added by hand', async () => {
    await onboard(['--apply', '--yes']);
    const kind = cluster.simulator.kind('ClusterRole', rbac);
    const role = cluster.simulator.store.get(kind, undefined, 'acknet-reader');
    const extra = { apiGroups: [''], resources: ['secrets'], verbs: ['list'] };
    cluster.simulator.store.replace(kind, { ...role, rules: [...list(role, 'rules'), extra] });
    expect((await onboard(['--check'])).stdout).toContain('may list secrets, and should not');
    expect((await onboard(['--apply', '--yes'])).code).toBe(0);
    expect((await onboard(['--check'])).code).toBe(0);
  });

  it('leaves an object of the same name alone that it did not make', async () => {
    const kind = cluster.simulator.kind('ClusterRole', rbac);
    cluster.simulator.store.create(kind, {
      ...{ apiVersion: `${rbac}/v1`, kind: 'ClusterRole', metadata: { name: 'acknet-reader' } },
      rules: [],
    });
    const { code, stderr } = await onboard(['--apply', '--yes']);
    expect(code).toBe(64);
    expect(stderr).toContain('ClusterRole acknet-reader is there already and was not made by acknet');
  });

  it('says of a namespace that was there that it was, and changes nothing of it', async () => {
    makeNamespace('acknet');
    const { stdout } = await onboard(['--apply', '--yes']);
    expect(stdout).toContain('was there: Namespace acknet\n');
    expect(cluster.simulator.writes.map(({ path: at }) => at)).not.toContain('/api/v1/namespaces/acknet');
  });

  it('leaves the bindings of an acknet in another namespace alone, and changes nothing at all', async () => {
    await onboard(['--apply', '--yes', '--namespace', 'first']);
    const writes = cluster.simulator.writes.length;
    const { code, stderr } = await onboard(['--apply', '--yes', '--namespace', 'second']);
    expect(code).toBe(64);
    expect(stderr).toContain(
      'ClusterRoleBinding acknet-reader belongs to the acknet whose ServiceAccounts live in namespace first',
    );
    expect(stderr).toContain('offboard with --namespace first');
    expect(cluster.simulator.writes.length).toBe(writes);
  });

  it.each([
    ['of somebody else', () => makeAccount({}), 'was not made by acknet onboard'],
    ['that is not there', () => undefined, 'ServiceAccount acknet/acknet-reader is not there'],
  ])('issues no token for a ServiceAccount %s', async (_title, prepare, said) => {
    prepare();
    const { code, stderr } = await onboard(['--renew']);
    expect(code).toBe(64);
    expect(stderr).toContain(said);
    expect(cluster.simulator.writes).toEqual([]);
  });

  it.each<[string, JsonObject, string]>([
    ['no end', { token: 'a.b.c' }, 'does not say when its token ends'],
    ['an end that is no time', { token: 'a.b.c', expirationTimestamp: 'soon' }, 'does not say when'],
    ['no token', { expirationTimestamp: '2030-01-01T00:00:00Z' }, 'No token came with the answer'],
  ])('refuses a token that comes with %s', (_title, status, said) => {
    expect(() => tokenIn({ kind: 'TokenRequest', status }, 'acknet-reader')).toThrow(said);
  });

  it('writes neither file where one of two tokens is refused', async () => {
    await onboard(['--apply', '--yes', '--fixes']);
    const before = await readFile(file('reader.token'), 'utf8');
    cluster.simulator.faults.add({
      ...{ method: 'POST', path: /acknet-fixer\/token$/ },
      effect: { kind: 'lie', lie: 'emptyObject' },
    });
    expect((await onboard(['--renew', '--fixes'])).code).toBe(1);
    expect(await readFile(file('reader.token'), 'utf8')).toBe(before);
  });

  it('renews the token alone, in place, for the kubeconfig that is in use', async () => {
    await onboard(['--apply', '--yes']);
    const before = await readFile(file('reader.token'), 'utf8');
    const kubeconfig = await readFile(file('reader.yaml'), 'utf8');
    const writes = cluster.simulator.writes.length;
    expect((await onboard(['--renew'])).code).toBe(0);
    expect(await readFile(file('reader.token'), 'utf8')).not.toBe(before);
    expect(await readFile(file('reader.yaml'), 'utf8')).toBe(kubeconfig);
    expect(cluster.simulator.writes.slice(writes).map(({ path: at }) => at)).toEqual([
      '/api/v1/namespaces/acknet/serviceaccounts/acknet-reader/token',
    ]);
  });

  it('warns two weeks before a token ends', async () => {
    const { code, stdout } = await onboard(['--apply', '--yes', '--days', '10']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/FAULT +cluster-x, reader: the credential ends in (9|10) days/);
    expect(stdout).toContain('acknet onboard cluster-x --renew');
  });

  it.each(['0', '1.5', 'soon', '99999'])('refuses --days %s', async (days) => {
    const { code, stderr } = await onboard(['--apply', '--yes', '--days', days]);
    expect(code).toBe(64);
    expect(stderr).toContain(`--days: expected a whole number from 1 to 3650, found "${days}"`);
  });

  it('says what is missing where there is nothing to check yet', async () => {
    const { code, stderr } = await onboard(['--check']);
    expect(code).toBe(64);
    expect(stderr).toContain('cluster-x-reader.yaml is not there');
  });
});

describe('acknet offboard', () => {
  it('takes back every object and file, and the token is worth nothing', async () => {
    await onboard(['--apply', '--fixes', '--yes']);
    const kept = await readFile(file('reader.token'), 'utf8');
    const { code, stdout } = await offboard([], true);
    expect(code).toBe(0);
    expect(stdout).toContain('removed: ServiceAccount acknet/acknet-fixer');
    for (const kind of ['ClusterRole', 'Role', 'ClusterRoleBinding', 'RoleBinding'])
      expect(names(stored(kind, rbac))).toEqual([]);
    expect(names(stored('ServiceAccount'))).toEqual([]);
    expect(names(stored('Namespace'))).not.toContain('acknet');
    await expect(stat(file('reader.yaml'))).rejects.toThrow('ENOENT');
    const response = await fetchWith(kept.trim());
    expect(response).toBe(401);
  });

  it('takes back what was made in a namespace that logs are read in', async () => {
    cluster.simulator.store.create(cluster.simulator.kind('Namespace'), {
      ...{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kube-flannel' } },
    });
    const { code, stdout } = await onboard(['--apply', '--yes', '--log-namespaces', 'kube-flannel']);
    expect(code).toBe(0);
    expect(stdout).toContain('created: Role kube-flannel/acknet-reader');
    expect(stdout).toContain('--renew --log-namespaces kube-flannel ');
    expect((await offboard(['--yes'])).stdout).toContain('removed: Role kube-flannel/acknet-reader');
    expect(names(stored('Role', rbac))).toEqual([]);
  });

  it('names the server and all that goes before it asks, and what stays', async () => {
    await onboard(['--apply', '--yes']);
    const { stdout, asked } = await offboard([], false);
    expect(asked).toEqual([`Remove 6 objects from cluster-x (${cluster.simulator.url}) and 2 files here?`]);
    for (const goes of ['Namespace acknet', 'ClusterRoleBinding acknet-reader', file('reader.token')])
      expect(stdout).toContain(`  ${goes}\n`);
    expect(stdout).toContain('Nothing was changed.');
    expect(names(stored('ServiceAccount'))).toEqual(['acknet-reader']);
  });

  it('asks nothing where nothing of it is there', async () => {
    const { code, stdout, asked } = await offboard([], true);
    expect({ code, asked }).toEqual({ code: 0, asked: [] });
    expect(stdout).toContain('Nothing of acknet onboard is on cluster-x');
  });

  it.each([
    ['a pod', 'Pod', {}],
    ['a volume claim', 'PersistentVolumeClaim', {}],
    ['a Secret', 'Secret', { type: 'Opaque' }],
  ])('keeps a namespace that holds %s, and says so', async (_title, kind, more) => {
    await onboard(['--apply', '--yes']);
    cluster.simulator.store.create(cluster.simulator.kind(kind), {
      ...{ apiVersion: 'v1', kind, metadata: { name: 'theirs', namespace: 'acknet' } },
      ...more,
    });
    const { stdout } = await offboard(['--yes']);
    expect(stdout).toContain(
      `kept: Namespace acknet: it holds what acknet onboard did not make: ${kind} theirs\n`,
    );
    expect(names(stored('Namespace'))).toContain('acknet');
    expect(names(stored('ServiceAccount'))).toEqual([]);
  });

  it('takes a namespace that holds but the tokens of its ServiceAccounts', async () => {
    await onboard(['--apply', '--yes']);
    cluster.simulator.store.create(cluster.simulator.kind('Secret'), {
      ...{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'default-token-x7k2p', namespace: 'acknet' } },
      type: 'kubernetes.io/service-account-token',
    });
    expect((await offboard(['--yes'])).stdout).toContain('removed: Namespace acknet');
  });

  it('takes nothing of an acknet in another namespace', async () => {
    await onboard(['--apply', '--yes', '--namespace', 'first']);
    const { code, stderr } = await offboard(['--yes', '--namespace', 'second']);
    expect(code).toBe(64);
    expect(stderr).toContain('belongs to the acknet whose ServiceAccounts live in namespace first');
    expect((await onboard(['--check'])).code).toBe(0);
  });

  it('keeps a namespace that was there before, and says what was not there', async () => {
    makeNamespace('acknet');
    await onboard(['--apply', '--yes']);
    const { stdout } = await offboard(['--yes']);
    expect(stdout).toContain('kept: Namespace acknet');
    expect(stdout).toContain('was not there: ServiceAccount acknet/acknet-fixer');
    expect(names(stored('Namespace'))).toContain('acknet');
  });
});

function makeNamespace(name: string): void {
  cluster.simulator.store.create(cluster.simulator.kind('Namespace'), {
    ...{ apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
  });
}

function makeAccount(labels: JsonObject): void {
  cluster.simulator.store.create(cluster.simulator.kind('ServiceAccount'), {
    ...{ apiVersion: 'v1', kind: 'ServiceAccount' },
    metadata: { name: 'acknet-reader', namespace: 'acknet', labels },
  });
}

/** The HTTP status that a token gets from the server now. */
async function fetchWith(token: string): Promise<number> {
  const { Agent, request } = await import('undici');
  const { statusCode, body } = await request(`${cluster.simulator.url}/api/v1/nodes`, {
    dispatcher: new Agent({ connect: { rejectUnauthorized: false } }),
    headers: { authorization: `Bearer ${token}` },
  });
  await body.dump();
  return statusCode;
}
