import { execFile } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readerRules } from '../../src/cli/rbac.js';
import { readPage } from '../docs/reading/pages.js';
import { patience } from '../support/patience.js';
import { type SimulatedCluster, startSimulatedCluster } from '../support/start-simulated-cluster.js';

const run = promisify(execFile);
const version = (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;

let folder: string;
let files: readonly string[];
let cluster: SimulatedCluster;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'acknet-package-'));
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const [packed] = JSON.parse((await run('npm', args)).stdout) as [
    { filename: string; files: { path: string }[] },
  ];
  files = packed.files.map((file) => file.path);
  await run('tar', ['-xzf', path.join(folder, packed.filename), '-C', folder]);
  await linkDependencies(path.join(folder, 'package', 'node_modules'));
  await mkdir(path.join(folder, 'empty'));
  cluster = await startSimulatedCluster('flannel-broken', { reads: readerRules([]) });
});
afterAll(async () => {
  await cluster.close();
  await rm(folder, { recursive: true });
});

/** What `npm install --omit=dev` would put there, of what is installed here. */
async function linkDependencies(into: string): Promise<void> {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { dev?: boolean; link?: boolean }>;
  };
  const wanted = Object.entries(packages)
    .filter(([at, { dev, link }]) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(at) && !dev && !link)
    .filter(([at]) => existsSync(at));
  for (const [at] of wanted) {
    const name = at.slice('node_modules/'.length);
    await mkdir(path.dirname(path.join(into, name)), { recursive: true });
    await symlink(path.resolve(at), path.join(into, name));
  }
}

/** From a folder in which nothing is. */
const acknet = (...args: string[]) =>
  run(process.execPath, [path.join(folder, 'package', 'dist', 'main.js'), ...args], {
    cwd: path.join(folder, 'empty'),
    env: { PATH: process.env.PATH },
    timeout: patience(60_000),
  }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );

describe('what npm pack makes', () => {
  it('holds the program, its knowledge, its documents and what they deploy, and nothing else', () => {
    const allowed = [
      /^dist\/[\w/-]+\.(js|json)$/,
      /^intents\/[\w/-]+\.(md|json|yaml|txt)$/,
      /^docs\/[\w.-]+\.(md|yaml|json)$/,
      /^deploy\/(Dockerfile|slack-manifest(-http)?\.yaml|kubernetes\/[\w.-]+\.yaml|helm\/acknet\/[\w./-]+)$/,
      /^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/,
    ];
    expect(files.filter((file) => !allowed.some((pattern) => pattern.test(file)))).toEqual([]);
    expect(files).toEqual(
      expect.arrayContaining(['dist/main.js', 'CHANGELOG.md', 'LICENSE', 'docs/acknet.example.yaml']),
    );
    expect(files.filter((file) => file.startsWith('intents/')).length).toBeGreaterThan(40);
  });

  it('holds each file under docs and deploy that its pages lead to, pictures aside', () => {
    const packed = new Set(files);
    const pages = files
      .filter((file) => /^(README|docs\/[\w-]+)\.md$/.test(file))
      .map((file) => readPage(file, readFileSync(file, 'utf8')));
    const ledTo = pages.flatMap(({ file, links }) =>
      links
        .filter((href) => !/^[a-z]+:|^#|\.png$/.test(href))
        .map((href) => path.join(path.dirname(file), href.replace(/#.*/, ''))),
    );
    expect(ledTo.filter((to) => /^(docs|deploy)\//.test(to) && !packed.has(to))).toEqual([]);
  });

  it('is built so that npx can run it here: it links the file once for each folder, and sets its mode then alone', () => {
    expect(statSync('dist/main.js').mode & 0o111).toBe(0o111);
  });

  it('says its version', async () => {
    expect(await acknet('--version')).toMatchObject({ code: 0, stdout: `${version}\n` });
  });

  it('answers a question', async () => {
    const { code, stdout } = await acknet('ask', 'pods get no ip, InvalidVSwitchId.IpNotEnough');
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('vSwitch') });
  });

  it('checks a cluster, and finds what is broken there', async () => {
    const { code, stdout } = await acknet('check', 'cluster-x', '--kubeconfig', cluster.kubeconfigs.reader);
    expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringContaining('cniVersion') });
  });

  it('names what is missing where it is started without a configuration', async () => {
    expect(await acknet('start')).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('ACKNET_CONFIG'),
    });
  });
});
