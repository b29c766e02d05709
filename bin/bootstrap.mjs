#!/usr/bin/env node
// Sets up whatever a fresh clone lacks (packages, build, Redis), then runs `demo` or `test`. Node built-ins only.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [goal = 'help', ...rest] = process.argv.slice(2);
const say = (text) => process.stderr.write(`acknet: ${text}\n`);

class SetupError extends Error {}

function run(program, args, env = {}) {
  const { status, error } = spawnSync(program, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (error || status !== 0)
    throw new SetupError(`${program} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}`);
}

/** What is built or installed below a folder of sources is no source. */
const made = /[\\/](dist|node_modules)([\\/]|$)/;

function newest(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(
      (entry) => entry.isFile() && !made.test(`${entry.parentPath ?? entry.path}/`.slice(folder.length)),
    )
    .reduce(
      (latest, entry) =>
        Math.max(latest, statSync(path.join(entry.parentPath ?? entry.path, entry.name)).mtimeMs),
      0,
    );
}

function ensurePackages() {
  const stamp = path.join(root, 'node_modules', '.acknet-installed');
  const lock = statSync(path.join(root, 'package-lock.json')).mtimeMs;
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= lock) return;
  say('installing packages (npm ci)');
  run('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts']);
  writeFileSync(stamp, '');
}

/** The product and the sandbox are built apart; the sandbox compiles against the product's sources. */
function ensureBuild({ folder, sources, script }) {
  const stamp = path.join(root, folder, '.acknet-built');
  const changed = Math.max(...sources.map((source) => newest(path.join(root, source))));
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= changed) return;
  say(`building ${folder}`);
  run('npm', ['run', '--silent', script]);
  writeFileSync(stamp, '');
}

function ensureBuilds() {
  ensureBuild({ folder: 'dist', sources: ['src', 'bin'], script: 'build' });
  ensureBuild({ folder: 'sandbox/dist', sources: ['src', 'bin', 'sandbox'], script: 'build:sandbox' });
}

const onPath = (program) =>
  (process.env.PATH ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, program)));

/** Returns what undoes it; a Redis named by ACKNET_REDIS_URL is used as it is. */
function ensureRedis() {
  if (process.env.ACKNET_REDIS_URL || onPath('redis-server') || onPath('valkey-server')) return () => {};
  if (onPath('apt-get') && (process.getuid?.() === 0 || process.env.CI)) return installRedis();
  if (onPath('docker') && spawnSync('docker', ['info'], { stdio: 'ignore' }).status === 0)
    return startRedisInDocker();
  throw new SetupError(
    'no Redis found. Install it (Debian/Ubuntu: sudo apt-get install redis-server) or set ACKNET_REDIS_URL.',
  );
}

function installRedis() {
  say('installing the Debian package redis-server (its own service is not started)');
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = (...args) =>
    run(...split([...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', ...args]));
  const policy = '/usr/sbin/policy-rc.d';
  const ours = sudo.length === 0 && !existsSync(policy);
  // Debian's own switch against a package starting its service.
  if (ours) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    apt('update');
    apt('install', '-y', '--no-install-recommends', 'redis-server');
  } finally {
    if (ours) rmSync(policy);
  }
  return () => {};
}

function startRedisInDocker() {
  say('starting Redis in Docker for the time of this run');
  const started = spawnSync('docker', ['run', '--rm', '-d', '-p', '127.0.0.1::6379', 'redis:7-alpine'], {
    encoding: 'utf8',
  });
  if (started.status !== 0) throw new SetupError(`docker run redis failed: ${started.stderr.trim()}`);
  const id = started.stdout.trim();
  const port = spawnSync('docker', ['port', id, '6379/tcp'], { encoding: 'utf8' })
    .stdout.trim()
    .split(':')
    .pop();
  process.env.ACKNET_REDIS_URL = `redis://127.0.0.1:${port}`;
  return () => void spawnSync('docker', ['stop', id], { stdio: 'ignore' });
}

const split = ([program, ...args]) => [program, args];

/** The child shares our process group, so Ctrl-C reaches it directly; we only outlive it and clean up. */
function hand(program, args, cleanUp, env = {}) {
  const child = spawn(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('error', (error) => {
    say(error.message);
    cleanUp();
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    cleanUp();
    process.exitCode = code ?? (signal === 'SIGINT' ? 0 : 1);
  });
}

const goals = {
  demo() {
    ensurePackages();
    ensureBuilds();
    hand(process.execPath, ['sandbox/dist/sandbox/demo/main.js', ...rest], ensureRedis());
  },
  test() {
    ensurePackages();
    ensureBuilds();
    const jest = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
    const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
    // One API server for all of them: the contract suites take turns on it.
    const turns = process.env.ACKNET_TEST_KUBECONFIG ? ['--maxWorkers=1'] : [];
    hand(process.execPath, [...flags, jest, ...turns, ...rest], ensureRedis());
  },
  setup() {
    ensurePackages();
    ensureBuilds();
    ensureRedis()();
  },
  help() {
    say('usage: node bin/bootstrap.mjs demo|test|setup');
    process.exitCode = 64;
  },
};

try {
  (goals[goal] ?? goals.help)();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
