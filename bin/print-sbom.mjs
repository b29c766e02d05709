#!/usr/bin/env node
// Prints what is shipped as an SBOM (CycloneDX), made by `npm sbom` from the lock file without its development part. `npm sbom
// --omit dev` on the whole would leave out what development needs too, such as yaml and ws.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const read = (file) => JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'));

function withoutDevelopment({ devDependencies, workspaces, scripts, ...manifest }) {
  return manifest;
}

const { devDependencies } = read('package.json');
/** Also what is there for development, and what a dependency could make use of but does not ask for. */
const isOurs = (at) => Object.keys(devDependencies).some((name) => at === `node_modules/${name}`);

const lock = read('package-lock.json');
const packages = Object.entries(lock.packages)
  .filter(
    ([at, { dev, devOptional, link }]) => !dev && !link && !(devOptional && isOurs(at)) && at !== 'sandbox',
  )
  .map(([at, entry]) => [at, at === '' ? withoutDevelopment(entry) : entry]);

/** Without what only something left out had asked for. */
function reachable({ components, dependencies, ...rest }) {
  const needs = new Map(dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  const found = new Set();
  const visit = (ref) => {
    if (found.has(ref)) return;
    found.add(ref);
    for (const next of needs.get(ref) ?? []) visit(next);
  };
  visit(rest.metadata.component['bom-ref']);
  return {
    ...rest,
    components: components.filter((component) => found.has(component['bom-ref'])),
    dependencies: dependencies.filter(({ ref }) => found.has(ref)),
  };
}

const base = mkdtempSync(path.join(tmpdir(), 'acknet-sbom-'));
try {
  // npm names the whole after its folder.
  const folder = path.join(base, 'acknet');
  mkdirSync(folder);
  const write = (name, value) => writeFileSync(path.join(folder, name), JSON.stringify(value));
  write('package.json', withoutDevelopment(read('package.json')));
  write('package-lock.json', { ...lock, packages: Object.fromEntries(packages) });
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', '--offline'];
  const { status, stdout, stderr } = spawnSync('npm', args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  process.stderr.write(status === 0 ? '' : stderr);
  process.exitCode = status ?? 1;
  if (status === 0) process.stdout.write(`${JSON.stringify(reachable(JSON.parse(stdout)), null, 2)}\n`);
} finally {
  rmSync(base, { recursive: true });
}
