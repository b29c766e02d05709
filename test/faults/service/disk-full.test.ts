import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createAuditLog } from '../../../src/ops/audit/audit-log.js';
import { createLedger } from '../../../src/ops/audit/ledger.js';
import { quietLogger } from '../../support/quiet-logger.js';
import { redisForTest } from '../../support/redis-for-test.js';
import { runProgram } from '../../support/run-program.js';
import { startSimulatedCluster } from '../../support/start-simulated-cluster.js';

const { connect, newPrefix } = redisForTest();
const KEY = 'an audit key of some length';
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'acknet-full-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('where a disk is full', () => {
  it('acknet audit archive takes nothing out of the log and leaves no part of a file; later it does its work', async () => {
    const prefix = newPrefix();
    const audit = createAuditLog(
      createLedger({ redis: connect(), prefix, auditKey: KEY, logger: quietLogger() }),
    );
    const actor = { user: 'U0BOSS', team: 'T0HOME' };
    const records = Array.from({ length: 20 }, (_, at) => `a${at}`);
    for (const action of records) await audit.append({ action, actor, at: '2026-01-01T00:00:00Z' });
    const env = { ACKNET_REDIS_URL: process.env.ACKNET_TEST_REDIS_URL ?? '', ACKNET_AUDIT_KEY: KEY };
    const file = path.join(folder, 'audit.jsonl');
    const archive = ['audit', 'archive', file, '--most', '0', '--prefix', prefix];

    const full = await runProgram(archive, env, { mostKib: 1 });
    expect(full.said).toMatch(/could not be written \(EFBIG\)\. Nothing was taken out of the audit log/);
    expect(full.code).not.toBe(0);
    expect(await readdir(folder)).toEqual([]);
    expect(await audit.read({})).toHaveLength(records.length);

    expect((await runProgram(archive, env)).code).toBe(0);
    const verified = await runProgram(['audit', 'verify', '--archive', file, '--prefix', prefix], env);
    expect(verified.said).toMatch(/The audit log is whole: \d+ records/);
    expect((await readFile(file, 'utf8')).trim().split('\n')).toHaveLength(records.length);
  });

  it('acknet onboard keeps the credential in use whole, says which file, and can be run again', async () => {
    const cluster = await startSimulatedCluster('flannel-broken');
    try {
      const token = path.join(folder, 'cluster-x-reader.token');
      await writeFile(token, 'the one in use\n');
      const { admin } = cluster.kubeconfigs;
      const flags = ['--apply', '--yes', '--kubeconfig', admin, '--out', folder];
      const onboard = ['onboard', 'cluster-x', ...flags];

      const full = await runProgram(onboard, {}, { mostKib: 0 });
      expect(full.said).toMatch(/cluster-x-reader\.token could not be written \(EFBIG\)/);
      expect(full.said).toMatch(/run the same command again/);
      expect(full.code).not.toBe(0);
      expect(await readdir(folder)).toEqual(['cluster-x-reader.token']);
      expect(await readFile(token, 'utf8')).toBe('the one in use\n');

      expect((await runProgram(onboard, {})).code).toBe(0);
      expect(await readFile(token, 'utf8')).not.toContain('the one in use');
    } finally {
      await cluster.close();
    }
  });
});
