import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServingCertificate } from '../../sandbox/cluster/serving-certificate.js';
import { type PrivateRedis, startPrivateRedis } from '../../sandbox/redis/start-private-redis.js';
import { patience } from '../support/patience.js';

let folder: string;
let server: PrivateRedis;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'acknet-tls-'));
  const { cert, key } = await createServingCertificate(new Date());
  const file = async (name: string, text: string) => {
    await writeFile(path.join(folder, name), text);
    return path.join(folder, name);
  };
  const tls = { certificate: await file('redis.pem', cert), key: await file('redis.key', key) };
  server = await startPrivateRedis({ tls });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** The program itself: Node reads NODE_EXTRA_CA_CERTS when it starts. */
const audit = (env: Readonly<Record<string, string>>): Promise<string> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      ['dist/main.js', 'audit', 'verify'],
      {
        env: { PATH: process.env.PATH, ACKNET_AUDIT_KEY: 'an audit key of some length', ...env },
        timeout: patience(6000),
      },
      (_error, stdout, stderr) => resolve(stdout + stderr),
    );
  });

describe('Redis over TLS', () => {
  it('is used where its CA is trusted', async () => {
    expect(server.url).toMatch(/^rediss:/);
    const said = await audit({
      ACKNET_REDIS_URL: server.url,
      NODE_EXTRA_CA_CERTS: path.join(folder, 'redis.pem'),
    });
    expect(said).toContain('The audit log is whole: 0 records');
  });

  it('is not used where its certificate is nobody’s that is trusted', async () => {
    const said = await audit({ ACKNET_REDIS_URL: server.url });
    expect(said).toContain('Redis is not reachable');
    expect(said).not.toContain('is whole');
  });
});
