import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { type PrivateRedis, startPrivateRedis } from '../../sandbox/redis/start-private-redis.ts';
import { takeCheckpoint } from '../../src/ops/audit/audit-checkpoints.ts';
import { queueNames } from '../../src/jobs/queues/queue-names.js';
import { createAuditLog } from '../../src/ops/audit/audit-log.ts';
import { checkpointKey } from '../../src/ops/audit/checkpoint-key.ts';
import { createKeyring } from '../../src/ops/audit/keyring.ts';
import { createLedger } from '../../src/ops/audit/ledger.ts';
import { createLogger } from '../../src/ops/log.ts';
import { quietLogger } from '../support/quiet-logger.ts';
import { runCli } from '../support/run-cli.ts';

const KEY = 'an audit key of some length';
const prefix = '{acknet}';
let server: PrivateRedis;
let redis: Redis;
let folder: string;

beforeAll(async () => {
  server = await startPrivateRedis();
  redis = new Redis(server.url);
  folder = await mkdtemp(path.join(tmpdir(), 'acknet-audit-'));
});
afterAll(async () => {
  redis.disconnect();
  await server.close();
  await rm(folder, { recursive: true });
});

const lines: string[] = [];
const logger = createLogger({ level: 'info', destination: { write: (line) => void lines.push(line) } });

beforeEach(async () => {
  await redis.flushall();
  lines.length = 0;
  const audit = createAuditLog(openLedger());
  const boss = { user: 'U0BOSS', team: 'T0HOME' };
  const old = new Date(Date.now() - 3 * 86_400_000).toISOString();
  const at = new Date().toISOString();
  const about = { cluster: 'cluster-x', proposal: 'p1', remediation: 'add-flannel-cni-version' };
  await audit.append({ action: 'proposed', actor: 'system', at: old, to: 'proposed', ...about });
  await audit.append({ action: 'vote.approve', actor: boss, at, from: 'proposed', to: 'approved', ...about });
  const hostile = 'ring \u0007 and \u001b[2J clear';
  await audit.append({ action: 'mute.refused', actor: boss, at, cluster: 'cluster-y', detail: hostile });
});

function openLedger() {
  return createLedger({ redis, prefix, auditKey: KEY, logger });
}

const idsOf = async (stream: string) => (await redis.xrange(stream, '-', '+')).map(([id]) => id);

/** The entry of the first record says something else, all else stands as it was. */
async function alterFirst(stream: string): Promise<void> {
  const records = await redis.xrange(stream, '-', '+');
  await redis.del(stream);
  for (const [index, [id, fields]] of records.entries()) {
    const altered = index === 0 ? fields.map((text) => text.replace('proposed', 'proposes')) : fields;
    await redis.xadd(stream, id, ...altered);
  }
}

const acknet = (...args: string[]) => runCli(args, { ACKNET_REDIS_URL: server.url, ACKNET_AUDIT_KEY: KEY });

describe('acknet audit', () => {
  it('prints who did what to which cluster, and nothing that steers a terminal', async () => {
    const { code, stdout } = await acknet('audit');
    expect(code).toBe(0);
    const printed = stdout.trim().split('\n');
    expect(printed).toHaveLength(3);
    expect(printed[1]).toContain(
      'vote.approve proposed->approved  by U0BOSS (T0HOME)  cluster-x add-flannel-cni-version p1',
    );
    expect(stdout).not.toMatch(/(?!\n)\p{Cc}/u);
  });

  it('narrows by cluster and time, as JSON on request', async () => {
    const { stdout } = await acknet('audit', '--cluster', 'cluster-x', '--since', '24h', '--json');
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([{ action: 'vote.approve', hash: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    expect((await acknet('audit', '--cluster', 'cluster-z')).stderr).toBe('No records.\n');
  });

  it('refuses a time it does not understand', async () => {
    expect(await acknet('audit', '--since', 'yesterday')).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('"yesterday"'),
    });
  });

  it('refuses an audit key that is too short, without repeating it', async () => {
    const result = await runCli(['audit'], { ACKNET_REDIS_URL: server.url, ACKNET_AUDIT_KEY: 'short' });
    expect(result).toMatchObject({ code: 64, stderr: expect.stringContaining('ACKNET_AUDIT_KEY') });
    expect(result.stderr).not.toContain('short,');
  });
});

/** The last record gone, and all that Redis knows of it. */
async function cutOff(): Promise<void> {
  const records = await redis.xrange(`${prefix}:audit`, '-', '+');
  const [last, before] = [...records].reverse();
  await redis.xdel(`${prefix}:audit`, last?.[0] ?? '');
  const hash = before?.[1][before[1].indexOf('hash') + 1] ?? '';
  await redis.hset(`${prefix}:audit:head`, 'seq', 2, 'hash', hash);
  await redis.del(`${prefix}:audit:checkpoints`);
}

describe('acknet audit verify', () => {
  it('says that a log nobody touched is whole', async () => {
    await takeCheckpoint({ ledger: openLedger(), redis, prefix, now: () => new Date(), logger });
    const { code, stdout } = await acknet('audit', 'verify');
    expect(code).toBe(0);
    expect(stdout).toContain('whole: 3 records');
    expect(stdout).toContain('0 checkpoints from outside and 1 kept in Redis');
  });

  it('takes no key of a queue for a document, whatever the queue is called', async () => {
    const queues = queueNames.map((name) => new Queue(name, { connection: redis, prefix }));
    for (const queue of queues) await queue.add('a', {});
    expect(await acknet('audit', 'verify')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('whole'),
    });
    for (const queue of queues) await queue.close();
  });

  it('finds an end cut off with everything in Redis set back, by the log lines kept elsewhere', async () => {
    await takeCheckpoint({ ledger: openLedger(), redis, prefix, now: () => new Date(), logger });
    const file = path.join(folder, 'acknet.log');
    await writeFile(file, lines.join(''));
    expect((await acknet('audit', 'verify', '--checkpoint', file)).code).toBe(0);
    await cutOff();
    expect((await acknet('audit', 'verify')).code).toBe(0);
    const { code, stdout } = await acknet('audit', 'verify', '--checkpoint', file);
    expect(code).toBe(1);
    expect(stdout).toContain('cut-off at 3');
  });

  it('finds everything altered under another key', async () => {
    const env = { ACKNET_REDIS_URL: server.url, ACKNET_AUDIT_KEY: 'another key of some length' };
    const { code, stdout } = await runCli(['audit', 'verify'], env);
    expect(code).toBe(1);
    expect(stdout).toContain('3 faults in 3 records');
  });

  it.each<[string, (stream: string) => Promise<unknown>]>([
    ['a record altered', (stream) => alterFirst(stream)],
    ['a record removed', async (stream) => redis.xdel(stream, (await idsOf(stream))[1] ?? '')],
    ['a record of nobody added', (stream) => redis.xadd(stream, '*', 'seq', 4, 'entry', '{}')],
    ['a document made up', () => redis.hset(`${prefix}:proposal:p9`, { rev: 'r', value: '{}' })],
  ])('ends with another code than 0 after %s', async (_what, attack) => {
    expect((await acknet('audit', 'verify')).code).toBe(0);
    await attack(`${prefix}:audit`);
    expect((await acknet('audit', 'verify')).code).toBe(1);
  });

  it('refuses a file without checkpoints, or that is not there', async () => {
    const file = path.join(folder, 'empty.log');
    await writeFile(file, 'nothing of use\n');
    expect(await acknet('audit', 'verify', '--checkpoint', file)).toMatchObject({ code: 64 });
    expect(await acknet('audit', 'verify', '--checkpoint', `${file}.gone`)).toMatchObject({ code: 64 });
  });
});

describe('acknet audit verify without the secret', () => {
  const options = () => ({ ledger: openLedger(), redis, prefix, now: () => new Date(), logger });
  const stream = `${prefix}:audit`;
  const signer = checkpointKey(createKeyring(KEY))?.publicKey ?? '';
  const outsider = (...args: string[]) =>
    runCli(['audit', 'verify', '--public-key', signer, ...args], { ACKNET_REDIS_URL: server.url });

  /** Log lines, kept where who can write to Redis does not reach them. */
  async function keepLog(): Promise<string> {
    const file = path.join(folder, 'outside.log');
    await writeFile(file, lines.join(''));
    return file;
  }

  it('says up to where the log is whole, and what is not covered yet', async () => {
    await takeCheckpoint(options());
    expect(await outsider()).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('whole up to record 3'),
    });
    await createAuditLog(openLedger()).append({ action: 'later', actor: 'system', at: '' });
    expect((await outsider()).stdout).toContain('No signed checkpoint covers the 1 after it yet.');
    await takeCheckpoint(options());
    expect((await outsider('--checkpoint', await keepLog())).stdout).toContain('whole up to record 4, ');
  });

  it.each<[string, () => Promise<unknown>, RegExp]>([
    ['an altered record', () => alterFirst(stream), /altered at 3: The records up to 3 are not the ones/],
    ['a removed record', async () => redis.xdel(stream, (await idsOf(stream))[1] ?? ''), /missing at 2/],
    ['a cut end', cutOff, /cut-off at 3/],
    [
      'a log made anew by who guessed a key',
      async () => {
        await redis.del(stream, `${stream}:head`, `${stream}:checkpoints`);
        const auditKey = 'a key that somebody made up';
        const ledger = createLedger({ redis, prefix, auditKey, logger: quietLogger() });
        for (const action of ['a', 'b', 'c'])
          await createAuditLog(ledger).append({ action, actor: 'system', at: '' });
        await takeCheckpoint({ ...options(), ledger, logger: quietLogger() });
      },
      /altered at 3/,
    ],
    [
      'a signed checkpoint altered in Redis',
      async () => {
        const text = (await redis.lindex(`${stream}:checkpoints`, 0)) ?? '';
        const hash = 'f'.repeat(64);
        await redis.lset(`${stream}:checkpoints`, 0, JSON.stringify({ ...JSON.parse(text), hash }));
      },
      /forged at 3/,
    ],
  ])('finds %s', async (_what, attack, found) => {
    await takeCheckpoint(options());
    const file = await keepLog();
    expect((await outsider('--checkpoint', file)).code).toBe(0);
    await attack();
    const { code, stdout } = await outsider('--checkpoint', file);
    expect(stdout).toMatch(found);
    expect(code).toBe(1);
  });

  it('says that nothing is proven where no checkpoint is signed by the key', async () => {
    expect(await outsider()).toMatchObject({ code: 2, stdout: expect.stringContaining('Nothing is proven') });
    const other = createLedger({ redis, prefix, auditKey: 'another key of some length', logger });
    await takeCheckpoint({ ...options(), ledger: other });
    expect((await outsider()).code).toBe(2);
  });

  it('refuses what is no public key', async () => {
    const result = await runCli(['audit', 'verify', '--public-key', 'ed25519:short'], {
      ACKNET_REDIS_URL: server.url,
    });
    expect(result).toMatchObject({ code: 64, stderr: expect.stringContaining('--public-key') });
  });
});

describe('acknet audit archive', () => {
  it('moves the beginning to a file, which verify takes as the beginning', async () => {
    const file = path.join(folder, 'audit-1.jsonl');
    const archived = await acknet('audit', 'archive', file, '--before', '24h');
    expect(archived).toMatchObject({ code: 0, stdout: expect.stringContaining('Archived records 1 to 1') });
    expect(await acknet('audit', 'verify')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Records 1 to 1 were archived'),
    });
    const whole = await acknet('audit', 'verify', '--archive', file);
    expect(whole).toMatchObject({ code: 0, stdout: expect.stringContaining('is whole: 4 records') });
    expect(whole.stdout).not.toContain('were archived');
  });

  it('takes its limits from retention.audit, and asks for some where there are none', async () => {
    const config = path.join(folder, 'acknet.yaml');
    const archive = (name: string) =>
      runCli(['audit', 'archive', path.join(folder, name)], {
        ...{ ACKNET_REDIS_URL: server.url, ACKNET_AUDIT_KEY: KEY, ACKNET_CONFIG: config },
      });
    await writeFile(config, 'clusters: {}\n');
    expect(await archive('none')).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('retention.audit'),
    });
    await writeFile(config, 'clusters: {}\nretention: {audit: {records: 1}}\n');
    expect(await archive('two')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('records 1 to 2'),
    });
  });
});
