import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { list, object, text } from '../../src/cluster/fields.js';
import type { JsonObject } from '../../src/cluster/ports.js';
import { kubectls } from '../support/helm.js';
import { runCli } from '../support/run-cli.js';
import { type SimulatedCluster, startSimulatedCluster } from '../support/start-simulated-cluster.js';

const [, shown = ''] =
  /```yaml\n(apiVersion: v1\nkind: ServiceAccount\nmetadata: \{ name: acknet-renew.*?)```/s.exec(
    await readFile('docs/connect-ack.md', 'utf8'),
  ) ?? [];
const objects = parseAllDocuments(shown).map((document) => document.toJS() as JsonObject);
const cronJob = objects.find(({ kind }) => kind === 'CronJob');
const container = list(cronJob, ...['spec', 'jobTemplate', 'spec', 'template', 'spec', 'containers'])[0] as {
  readonly args: readonly [string];
};

let cluster: SimulatedCluster;
let folder: string;
const at = (...names: string[]): string => path.join(folder, ...names);

beforeAll(async () => {
  cluster = await startSimulatedCluster('flannel-healthy');
  folder = await mkdtemp(path.join(tmpdir(), 'acknet-renewal-'));
  await mkdir(at('bin'));
  await symlink(path.resolve(kubectls[0]?.[1] ?? ''), at('bin', 'kubectl'));
});
afterAll(async () => {
  await cluster.close();
  await rm(folder, { recursive: true });
});

/** Runs a script as the pod would, with what its account may do. Throws with what was printed where it failed. */
function run(script: string, kubeconfig = cluster.kubeconfigs.admin): Promise<string> {
  const env = { PATH: `${at('bin')}:${process.env.PATH}`, HOME: folder, KUBECONFIG: kubeconfig };
  const child = spawn('sh', ['-ec', script], { env });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => printed.push(String(data)));
  return new Promise((resolve, reject) =>
    child.on('close', (code) =>
      code === 0 ? resolve(printed.join('').trim()) : reject(new Error(printed.join(''))),
    ),
  );
}

/** A kubeconfig of the cluster with another token. */
async function withToken(token: string, file: string): Promise<string> {
  const admin = parse(await readFile(cluster.kubeconfigs.admin, 'utf8')) as { users: { name: string }[] };
  await writeFile(
    at(file),
    stringify({ ...admin, users: [{ name: admin.users[0]?.name, user: { token } }] }),
  );
  await chmod(at(file), 0o600);
  return at(file);
}

(kubectls.length > 0 ? describe : describe.skip)('the CronJob of docs/connect-ack.md', () => {
  it('renews the token in the Secret as an account that may do nothing else', async () => {
    const admin = ['--kubeconfig', cluster.kubeconfigs.admin, '--context', 'cluster-x'];
    const made = await runCli(['onboard', 'cluster-x', '--apply', '--yes', '--out', at('kube'), ...admin]);
    expect(made.code).toBe(0);
    await run(`kubectl -n acknet create secret generic acknet-kube --from-file=${at('kube')}/`);
    const before = await tokenInSecret();
    expect(before).toBe(await readFile(at('kube', 'cluster-x-reader.token'), 'utf8'));

    // The simulated API server keeps no CronJobs.
    await writeFile(
      at('objects.yaml'),
      objects
        .filter((one) => one !== cronJob)
        .map((one) => stringify(one))
        .join('---\n'),
    );
    await run(`kubectl apply -f ${at('objects.yaml')}`);
    const account = await withToken(await run('kubectl -n acknet create token acknet-renew'), 'renew.yaml');
    await run(container.args[0], account);

    const after = await tokenInSecret();
    expect(after).not.toBe(before);
    expect(endOf(after)).toBe(90);
    expect(await run('kubectl get nodes', await withToken(after, 'reader.yaml'))).toContain('Ready');
    for (const more of ['list secrets', 'get secret/acknet', 'create serviceaccounts/token', 'get pods'])
      await expect(run(`kubectl -n acknet auth can-i ${more}`, account)).rejects.toThrow(/^no/);
  });

  it('runs restricted', () => {
    const pod = object(cronJob, 'spec', 'jobTemplate', 'spec', 'template', 'spec');
    expect(pod).toMatchObject({
      serviceAccountName: 'acknet-renew',
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(container).toMatchObject({
      securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
    });
  });
});

async function tokenInSecret(): Promise<string> {
  const secret = JSON.parse(await run('kubectl -n acknet get secret acknet-kube -o json')) as JsonObject;
  return Buffer.from(text(secret, 'data', 'cluster-x-reader.token') ?? '', 'base64').toString();
}

/** Days from now to the end of a token. */
function endOf(token: string): number {
  const { exp } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
    exp: number;
  };
  return Math.round((exp * 1000 - Date.now()) / 86_400_000);
}
