import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { kubectls } from '../../support/helm.js';
import { patience } from '../../support/patience.js';
import { eventually, type OpenApi, openApi } from './open-api.js';

let api: OpenApi;
let folder: string;
let program: string;
interface Outcome {
  readonly code: number;
  readonly out: string;
}

/** Runs kubectl with a cache of its own; standard error follows standard output. */
function kubectl(args: string, role: 'admin' | 'reader' = 'admin'): Promise<Outcome> {
  const env = { ...process.env, KUBECONFIG: path.join(folder, role), HOME: folder, KUBECACHEDIR: folder };
  return new Promise((resolve) => {
    const words = args.match(/'[^']*'|\S+/g)?.map((word) => word.replace(/^'|'$/g, '')) ?? [];
    const child = execFile(program, words, { env, timeout: patience(15_000) }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, out: stdout + stderr }),
    );
    child.stdin?.end();
  });
}

const written = async (name: string, text: string): Promise<string> => {
  await writeFile(path.join(folder, name), text);
  return path.join(folder, name);
};

if (kubectls.length === 0) process.stderr.write('kubectl is not installed: its tests are skipped\n');

const each = kubectls.length === 0 ? describe.skip.each([['missing', '']]) : describe.each(kubectls);

each('kubectl %s', (_where, file) => {
  beforeAll(async () => {
    program = file;
    api = await openApi();
    folder = await mkdtemp(path.join(tmpdir(), 'acknet-kubectl-'));
    for (const role of ['admin', 'reader'] as const)
      await writeFile(path.join(folder, role), api.simulator.kubeconfig(role));
  });
  afterAll(async () => {
    await api.close();
    await rm(folder, { recursive: true });
  });

  it.each([
    ['version', /Server Version: v1\.31\.1-aliyun\.1/],
    ['api-resources', /daemonsets +ds +apps\/v1 +true +DaemonSet/],
    ['get nodes -o wide', /node-1 +Ready +<none> +200d +v1\.31\.1-aliyun\.1 +192\.168\.0\.1/],
    ['get pods -A', /kube-system +agent-\w{5} +2\/2 +Running +0 +30d/],
    ['get pods -A -o wide', /shop +web-\w+-\w+ +1\/1 +Running .* node-\d/],
    ['get cm -A', /kube-system +agent-config +1 +200d/],
    ['get ds -A', /kube-system +agent +2 +2 +2 +2 +2 +<none> +200d/],
    ['get events -A', /shop +5m\d*s? +Warning +Unhealthy +pod\/web-/],
    ['get nodes -o name', /^node\/node-1\nnode\/node-2\n/],
    ['get node node-1 -o yaml', /providerID: cn-hangzhou\.i-/],
    ['get node node-1 -o jsonpath={.spec.podCIDR}', /^172\.30\.0\.0\/26/],
    ['get pods -A -l app=agent --chunk-size=1 -o name', /(pod\/agent-\w+\s){2}/],
    ['get all -n shop', /deployment\.apps\/web +3\/3/],
    ['describe node node-1', /Non-terminated Pods: +\(\d in total\)[\s\S]*ConfigError +2m/],
    ['describe pods -n shop', /Controlled By: +ReplicaSet\/web-[\s\S]*Unhealthy/],
    ['logs -n kube-system ds/agent -c agent', /agent starts on node-\d/],
    ['auth can-i delete pods', /^yes/],
    ['auth can-i --list', /\*\.\*/],
    ['auth whoami', /kubernetes-admin/],
    ['rollout status ds/roller -n kube-system', /successfully rolled out/],
    ['rollout history ds/roller -n kube-system', /REVISION/],
  ])('%s', async (args, shows) => {
    const { code, out } = await kubectl(args);
    expect(out).toMatch(shows);
    expect(code).toBe(0);
  });

  it('applies, patches, replaces, labels, annotates and deletes', async () => {
    const manifest = (value: string) =>
      written('cm.yaml', `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: demo}\ndata: {a: "${value}"}\n`);
    expect((await kubectl(`apply -f ${await manifest('1')}`)).out).toContain('configmap/demo created');
    expect((await kubectl(`apply -f ${await manifest('2')}`)).out).toContain('configmap/demo configured');
    expect((await kubectl(`apply -f ${await manifest('2')}`)).out).toContain('configmap/demo unchanged');
    expect((await kubectl(`apply --dry-run=server -f ${await manifest('3')}`)).out).toContain(
      '(server dry run)',
    );
    expect((await kubectl(`patch cm demo -p '{"data":{"b":"x"}}'`)).out).toContain('patched');
    const { out: before } = await kubectl('get cm demo -o yaml');
    expect(before).toContain('a: "2"');
    expect((await kubectl('label cm demo team=net')).out).toContain('labeled');
    expect((await kubectl('annotate cm demo why=test')).out).toContain('annotated');
    expect((await kubectl(`replace -f ${await written('old.yaml', before)}`)).out).toContain(
      'the object has been modified',
    );
    expect((await kubectl('delete cm demo')).out).toContain('deleted');
    expect((await kubectl('get cm demo')).out).toContain('configmaps "demo" not found');
    expect((await kubectl(`apply --server-side -f ${await manifest('1')}`)).out).toContain(
      'not simulate server-side apply',
    );
  });

  it('creates with protobuf bodies', async () => {
    expect((await kubectl('create cm made --from-literal=x=y')).out).toContain('configmap/made created');
    expect((await kubectl('get cm made -o jsonpath={.data.x}')).out).toBe('y');
    expect((await kubectl('create cm made --from-literal=x=y')).out).toContain('already exists');
    expect((await kubectl('create secret generic key --from-literal=x=y')).out).toContain(
      'secret/key created',
    );
    expect((await kubectl('get secret key -o jsonpath={.data.x}')).out).toBe('eQ==');
  });

  it('watches', async () => {
    const watch = kubectl('get cm -n default -w --request-timeout=2s');
    await eventually(async () => expect((await kubectl('create cm seen')).code).toBe(0));
    expect((await watch).out).toMatch(/seen +0 +\d+s/);
  });

  it('cordons, drains within the budget, and uncordons', async () => {
    expect((await kubectl('cordon node-1')).out).toContain('node/node-1 cordoned');
    expect((await kubectl('get nodes')).out).toMatch(/node-1 +Ready,SchedulingDisabled/);
    const drained = await kubectl('drain node-1 --ignore-daemonsets --timeout=14s');
    expect(drained.out).toContain('node/node-1 drained');
    expect((await kubectl('get pods -n shop -o wide')).out).not.toContain('node-1');
    expect((await kubectl('uncordon node-1')).out).toContain('uncordoned');
  });

  it('deletes a pod and sees its successor', async () => {
    const { out } = await kubectl('get pods -n kube-system -l app=roller -o name');
    const [pod = ''] = out.split('\n');
    expect((await kubectl(`delete ${pod} -n kube-system`)).out).toContain('deleted');
    await eventually(async () => {
      const after = await kubectl('get pods -n kube-system -l app=roller');
      expect(after.out.match(/1\/1 +Running/g)).toHaveLength(2);
      expect(after.out).not.toContain(pod.replace('pod/', ''));
    });
  });

  it('is told what its account may not do', async () => {
    api.simulator.grant('reader', [{ group: '', resource: 'nodes', verbs: ['list', 'get'] }]);
    expect((await kubectl('get nodes', 'reader')).out).toContain('node-1');
    expect((await kubectl('get pods -A', 'reader')).out).toMatch(/Forbidden.*cannot list resource "pods"/);
    expect((await kubectl('auth can-i delete nodes', 'reader')).out).toMatch(/^no/);
  });
});
