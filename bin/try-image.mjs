#!/usr/bin/env node
// Does what deploy/Dockerfile says without Docker: each stage in a bare folder, its COPY and RUN in order, then starts what
// the image would start. Packages come from npm, as they would for the image. Takes minutes, so it is no part of the tests.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..');
const base = mkdtempSync(path.join(tmpdir(), 'acknet-image-'));
const say = (text) => process.stderr.write(`${text}\n`);

const instructions = readFileSync(path.join(root, 'deploy/Dockerfile'), 'utf8')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter((line) => line.trim() !== '' && !line.startsWith('#'))
  .map((line) => {
    const [, name = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line.trim()) ?? [];
    return { name, rest };
  });

/** Nothing of this checkout: neither its packages nor its variables. */
const bare = (folder, env) => ({
  cwd: folder,
  stdio: 'inherit',
  env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
});

function run(folder, command, env) {
  say(`RUN ${command}`);
  const { status } = spawnSync('sh', ['-ec', command], bare(folder, env));
  if (status !== 0) throw new Error(`ended with ${status}: ${command}`);
}

function copy({ stages, folder }, rest) {
  const [, from, files] = /^(?:--from=(\S+)\s+)?(.*)$/.exec(rest);
  const names = files.split(/\s+/);
  const into = names.pop();
  for (const name of names) {
    const source =
      from === undefined ? path.join(root, name) : path.join(stages.get(from), name.replace('/app/', ''));
    const toFolder = into.endsWith('/') || (names.length > 1 && !statSync(source).isDirectory());
    const target = toFolder ? path.join(folder, into, path.basename(name)) : path.join(folder, into);
    mkdirSync(path.dirname(target), { recursive: true });
    cpSync(source, target, { recursive: true, verbatimSymlinks: true });
  }
}

function build() {
  const stages = new Map();
  let stage = { stages, folder: '', env: {} };
  const image = {};
  for (const { name, rest } of instructions) {
    if (name === 'FROM') {
      const title = / AS (\S+)$/.exec(rest)?.[1] ?? 'image';
      const folder = path.join(base, title);
      mkdirSync(folder);
      stages.set(title, folder);
      stage = { stages, folder, env: {} };
    } else if (name === 'COPY') copy(stage, rest);
    else if (name === 'RUN') run(stage.folder, rest, stage.env);
    else if (name === 'ENV')
      for (const [, key, value] of rest.matchAll(/(\S+?)=(\S+)/g)) stage.env[key] = value;
    else if (name === 'ENTRYPOINT' || name === 'CMD') image[name] = JSON.parse(rest);
  }
  return { ...image, ...stage };
}

/** What it must say when started so; both come before anything outside is needed. */
function start({ folder, env, ENTRYPOINT, CMD }) {
  const says = (args) => {
    const [program, ...words] = [...ENTRYPOINT, ...args];
    const { stdout, stderr } = spawnSync(program, words, {
      ...bare(folder, env),
      stdio: 'pipe',
      encoding: 'utf8',
    });
    return stdout + stderr;
  };
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const expected = [
    [['--version'], version],
    [CMD, 'SLACK_BOT_TOKEN'],
    [['ask', 'pods', 'get', 'no', 'ip,', 'InvalidVSwitchId.IpNotEnough'], 'vSwitch'],
  ];
  for (const [args, part] of expected)
    if (!says(args).includes(part))
      throw new Error(`acknet ${args.join(' ')} does not say ${part}: ${says(args)}`);
  for (const absent of ['sandbox', 'test', 'src', 'node_modules/jest', 'node_modules/typescript'])
    if (existsSync(path.join(folder, absent))) throw new Error(`the image holds ${absent}`);
  say(`holds ${readdirSync(folder).join(', ')}; starts as ${[...ENTRYPOINT, ...CMD].join(' ')}`);
}

try {
  start(build());
  say('deploy/Dockerfile builds and starts here, without Docker');
} finally {
  rmSync(base, { recursive: true, force: true });
}
