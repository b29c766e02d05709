#!/usr/bin/env node
// Goes back as docs/operations.md says: on the backup, by one version and by two. The earlier programs are built from this
// clone's history, each on the packages of now. Takes minutes and needs git and redis-server, so it is no part of the tests.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..');
const base = mkdtempSync(path.join(tmpdir(), 'acknet-rollback-'));
const say = (text) => process.stderr.write(`${text}\n`);
const KEY = 'a key for tests only';
/** When the cards that the fixtures hold are open. */
const openAt = { '0.1.0': '2026-11-30T03:00:00.000Z', '0.2.0': '2026-11-30T12:40:00.000Z' };

/** Oldest first; what was stored by a release was stored by the commit named here. */
const releases = [
  { version: '0.1.0', commit: '75b6f90' },
  { version: '0.2.0', commit: '41865ae' },
];

function run(command, args, options = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 1e9,
    ...options,
  });
  return { status, text: `${stdout}${stderr}` };
}

function must(command, args, options) {
  const { status, text } = run(command, args, options);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${text}`);
  return text;
}

/** Beside this clone's packages, which Node finds by the way up. */
function build({ version, commit }) {
  const folder = path.join(root, '.cache/releases', commit);
  if (!existsSync(path.join(folder, 'dist/main.js'))) {
    say(`builds ${version} from ${commit}`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    must('sh', ['-c', `git -C '${root}' archive ${commit} | tar -x -C '${folder}'`]);
    const env = { ...process.env, PATH: `${root}/node_modules/.bin:${process.env.PATH}` };
    must('npm', ['run', '--silent', 'build'], { cwd: folder, env });
  }
  return { version, folder };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

/** On `dump`, where there is one: as Redis starts on a backup that was put back. */
async function startRedis(dump) {
  const folder = mkdtempSync(path.join(base, 'redis-'));
  if (dump !== undefined) copyFileSync(dump, path.join(folder, 'dump.rdb'));
  const port = await freePort();
  const server = spawn('redis-server', ['--port', port, '--dir', folder, '--save', ''], { stdio: 'ignore' });
  const redis = new Redis({ port, host: '127.0.0.1', retryStrategy: () => 50 });
  redis.on('error', () => undefined);
  await redis.ping();
  return {
    redis,
    url: `redis://127.0.0.1:${port}`,
    backUp: async () => {
      await redis.save();
      const copy = path.join(base, `${path.basename(folder)}.rdb`);
      copyFileSync(path.join(folder, 'dump.rdb'), copy);
      return copy;
    },
    stop: async () => {
      redis.disconnect();
      server.kill();
      await once(server, 'exit');
    },
  };
}

const acknet = ({ folder }, { url }, ...args) =>
  run(process.execPath, [path.join(folder, 'dist/main.js'), ...args], {
    env: { PATH: process.env.PATH, ACKNET_REDIS_URL: url, ACKNET_AUDIT_KEY: KEY },
  });

async function partsOf({ folder }, { redis }, at) {
  const load = (file) => import(path.join(folder, 'dist', file));
  const { createLedger } = await load('ops/audit/ledger.js');
  const { createProposalStore } = await load('approvals/store/create-proposal-store.js');
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  const common = { redis, prefix: '{acknet}', now: () => new Date(at) };
  const ledger = createLedger({ ...common, auditKey: KEY, logger });
  const store = createProposalStore({ ...common, ledger, onUnreadable: (id) => say(`  cannot read ${id}`) });
  return { ...common, ledger, logger, store, load };
}

/** What a version has of it: its audit log whole, its records, and its cards with the proof of each. */
async function readBy(program, server, at) {
  const { status, text } = acknet(program, server, 'audit', 'verify');
  const { store } = await partsOf(program, server, at);
  const cards = [];
  for (const cluster of ['cluster-x', 'cluster-y'])
    for (const card of await store.history(cluster, 50)) {
      if (card.state === 'proposed') await store.proof(card.id)();
      cards.push([card.id, card.state, card.remediation]);
    }
  const records = acknet(program, server, 'audit', '--json').text;
  return { status, verify: text, records, cards };
}

/** An open card is approved and begun, or ended where an earlier one began it, and the log signed: as in use. */
async function goOn(program, server, at) {
  const { store, ledger, redis, prefix, now, logger, load } = await partsOf(program, server, at);
  const [card] = [...(await store.open('cluster-x')), ...(await store.open('cluster-y'))];
  if (card?.state === 'applying') await store.move(card.id, { to: 'failed', by: 'system', detail: 'tried' });
  if (card?.state === 'proposed') {
    const vote = { user: 'U0BO', team: 'T0HOME', decision: 'approve', at };
    await store.vote(card.id, vote, { quorum: 1 });
    await store.move(card.id, { to: 'applying', by: 'system' });
  }
  const { takeCheckpoint } = await load('ops/audit/audit-checkpoints.js');
  await takeCheckpoint({ ledger, redis, prefix, now, logger });
  const { status, text } = acknet(program, server, 'audit', 'verify');
  if (status !== 0) throw new Error(`${program.version} does not find the log whole: ${text}`);
}

async function goBack(first, later) {
  const { keys } = JSON.parse(readFileSync(path.join(root, `test/fixtures/stored/${first.version}.json`)));
  const at = openAt[first.version];
  const server = await startRedis();
  for (const [key, dump] of Object.entries(keys))
    await server.redis.restore(key, 0, Buffer.from(dump, 'base64'));
  const before = await readBy(first, server, at);
  if (before.status !== 0 || before.cards.length === 0) throw new Error(before.verify);
  const backup = await server.backUp();
  for (const program of later) await goOn(program, server, at);
  const without = await readBy(first, server, at).catch((error) => ({ status: 1, verify: String(error) }));
  await server.stop();
  const restored = await startRedis(backup);
  const after = await readBy(first, restored, at);
  await restored.stop();
  if (JSON.stringify(after) !== JSON.stringify(before))
    throw new Error(`${first.version} reads the backup otherwise than before`);
  const names = later.map(({ version }) => version).join(', then ');
  say(`${first.version}, after ${names}: on the backup ${before.cards.length} cards and the log, as before`);
  say(
    `  without it (no promise): audit verify ends with ${without.status}: ${without.verify.split('\n')[0]}`,
  );
}

try {
  const now = { version: 'this tree', folder: root };
  const programs = [...releases.map(build), now];
  for (const [index, program] of programs.slice(0, -1).entries())
    for (let until = index + 1; until < programs.length; until += 1)
      await goBack(program, programs.slice(index + 1, until + 1));
  say('going back on the backup works, by one version and by two');
} finally {
  await sleep(0);
  rmSync(base, { recursive: true, force: true });
}
