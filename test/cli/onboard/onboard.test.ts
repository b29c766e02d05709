import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parse, parseAllDocuments } from 'yaml';
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

const onboard = (flags: readonly string[], answer?: boolean) =>
  runCli(
    ['onboard', 'cluster-x', '--kubeconfig', cluster.kubeconfigs.admin, '--out', folder, ...flags],
    {},
    answer,
  );
const offboard = (flags: readonly string[], answer?: boolean) =>
  runCli(
    ['offboard', 'cluster-x', '--kubeconfig', cluster.kubeconfigs.admin, '--out', folder, ...flags],
    {},
    answer,
  );
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

  it('keeps a namespace that was there before, and says what was not there', async () => {
    const kind = cluster.simulator.kind('Namespace');
    cluster.simulator.store.create(kind, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'acknet' },
    });
    await onboard(['--apply', '--yes']);
    const { stdout } = await offboard(['--yes']);
    expect(stdout).toContain('kept: Namespace acknet');
    expect(stdout).toContain('was not there: ServiceAccount acknet/acknet-fixer');
    expect(names(stored('Namespace'))).toContain('acknet');
  });
});

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
