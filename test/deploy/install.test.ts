import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { examineCluster } from '../../src/cli/doctor/examine-cluster.js';
import { readerRules } from '../../src/cli/rbac.js';
import { text } from '../../src/cluster/fields.js';
import { createClusters } from '../../src/cluster/kube/connecting/create-clusters.js';
import type { JsonObject } from '../../src/cluster/ports.js';
import { helm, kubectls, needsHelm } from '../support/helm.js';
import { patience } from '../support/patience.js';
import { type SimulatedCluster, startSimulatedCluster } from '../support/start-simulated-cluster.js';
import { chart, objectsIn, placeOf, renderChart } from './render-chart.js';

let cluster: SimulatedCluster;
let folder: string;
beforeAll(async () => {
  cluster = await startSimulatedCluster('terway-datapath-v2');
  folder = await mkdtemp(path.join(tmpdir(), 'acknet-install-'));
});
afterAll(async () => {
  await cluster.close();
  await rm(folder, { recursive: true });
});

/** Throws with what the program printed where it failed. */
function run(program: string, args: readonly string[], kubeconfig = cluster.kubeconfigs.admin) {
  const places = {
    HOME: folder,
    HELM_CACHE_HOME: folder,
    HELM_CONFIG_HOME: folder,
    HELM_DATA_HOME: folder,
  };
  const child = spawn(program, args, { env: { ...process.env, ...places, KUBECONFIG: kubeconfig } });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => printed.push(String(data)));
  return new Promise<string>((resolve, reject) =>
    child.on('close', (code) => {
      const out = printed.join('');
      if (code === 0) resolve(out);
      else reject(new Error(`${path.basename(program)} ${args.join(' ')}: ${code}\n${out}`));
    }),
  );
}
const runHelm = (...args: string[]) => run(helm ?? 'helm', [...args, '-n', 'acknet']);

const standing = (objects: readonly JsonObject[]): string[] =>
  objects.filter((object) => isThere(object)).map(placeOf);
function isThere({ apiVersion, kind, metadata }: JsonObject): boolean {
  const [group = ''] = String(apiVersion).split('/').slice(0, -1);
  const at = [text(metadata, 'namespace'), text(metadata, 'name') ?? ''] as const;
  return cluster.simulator.store.find(cluster.simulator.kind(String(kind), group), ...at) !== undefined;
}

/** What doctor says of the ServiceAccount that the pods run under. */
async function reviewServiceAccount() {
  const { request, Agent } = await import('undici');
  const admin = parse(readFileSync(cluster.kubeconfigs.admin, 'utf8')) as {
    users: { user: { token: string } }[];
  };
  const { body } = await request(
    `${cluster.simulator.url}/api/v1/namespaces/acknet/serviceaccounts/acknet/token`,
    {
      method: 'POST',
      dispatcher: new Agent({ connect: { rejectUnauthorized: false } }),
      headers: { authorization: `Bearer ${admin.users[0]?.user.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'TokenRequest', apiVersion: 'authentication.k8s.io/v1', spec: {} }),
    },
  );
  const token = text(await body.json(), 'status', 'token');
  const kubeconfig = path.join(folder, 'pod.yaml');
  await writeFile(kubeconfig, stringify({ ...admin, users: [{ ...admin.users[0], user: { token } }] }));
  const clusters = createClusters({ here: { kubeconfig } }, { requestTimeoutMs: patience(5000) });
  try {
    return await examineCluster({
      ...{ access: clusters.get('here'), who: 'reader', rules: readerRules([]) },
      signal: new AbortController().signal,
    });
  } finally {
    await clusters.close();
  }
}

(needsHelm ? describe : describe.skip)('the chart on an API server', () => {
  it('installs, lets the pods read and change nothing, upgrades, and is gone again', async () => {
    const made = objectsIn(renderChart());
    cluster.simulator.store.create(cluster.simulator.kind('Namespace'), {
      ...{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'acknet' } },
    });
    const said = await runHelm('install', 'acknet', chart, '--server-side=false');
    expect(said).toContain('SLACK_BOT_TOKEN, SLACK_APP_TOKEN and ACKNET_AUDIT_KEY');
    expect(standing(made)).toEqual(made.map(placeOf));
    expect(await reviewServiceAccount()).toEqual([
      { state: 'ok', what: expect.stringMatching(/^here, reader: has \d+ verbs needed, and none that/) },
    ]);

    await runHelm('upgrade', 'acknet', chart, '--server-side=false', '--set', 'bot.replicas=3');
    const bot = cluster.simulator.store.get(
      cluster.simulator.kind('Deployment', 'apps'),
      'acknet',
      'acknet-bot',
    );
    expect(bot).toMatchObject({ spec: { replicas: 3 } });

    await runHelm('uninstall', 'acknet');
    expect(standing(made)).toEqual([]);
  });

  it.each(kubectls)('is applied, applied again and deleted by the kubectl %s', async (_where, kubectl) => {
    const made = objectsIn(readFileSync('deploy/kubernetes/manifests.yaml', 'utf8'));
    await run(kubectl, ['apply', '-k', 'deploy/kubernetes']);
    expect(standing(made)).toEqual(made.map(placeOf));
    expect(await run(kubectl, ['apply', '-k', 'deploy/kubernetes'])).toContain(
      'deployment.apps/acknet-bot unchanged',
    );
    await run(kubectl, ['delete', '-k', 'deploy/kubernetes']);
    expect(standing(made)).toEqual([]);
  });
});

const real = process.env.ACKNET_TEST_KUBECONFIG;

(real === undefined ? describe.skip : describe)('the chart on a real API server', () => {
  const onServer = (...args: string[]) => run(helm ?? 'helm', [...args, '-n', 'acknet-chart-test'], real);

  it('is admitted whole, and installed as it comes', async () => {
    expect(await onServer('install', 'acknet', chart, '--create-namespace', '--dry-run=server')).toContain(
      'kind: Deployment',
    );
    try {
      await onServer('install', 'acknet', chart, '--create-namespace');
      expect(await onServer('status', 'acknet')).toContain('STATUS: deployed');
    } finally {
      await onServer('uninstall', 'acknet', '--ignore-not-found');
    }
  });
});
