import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServingCertificate } from '../../sandbox/cluster/serving-certificate.js';
import { type PrivateRedis, startPrivateRedis } from '../../sandbox/redis/start-private-redis.js';
import { startSentinelGroup } from '../../sandbox/redis/start-sentinel-group.js';
import { patience } from '../support/patience.js';
import { runProgram } from '../support/run-program.js';
import { waitFor } from '../support/wait-for.js';

let folder: string;
let server: PrivateRedis;
let tls: { readonly certificate: string; readonly key: string };
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'acknet-tls-'));
  const { cert, key } = await createServingCertificate(new Date());
  const file = async (name: string, text: string) => {
    await writeFile(path.join(folder, name), text);
    return path.join(folder, name);
  };
  tls = { certificate: await file('redis.pem', cert), key: await file('redis.key', key) };
  server = await startPrivateRedis({ tls });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const audit = async (env: Readonly<Record<string, string>>): Promise<string> =>
  (await runProgram(['audit', 'verify'], env)).said;

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

  it(
    'is used behind Sentinels, which speak TLS as well',
    async () => {
      const group = await startSentinelGroup({ tls, until: waitFor });
      const trusted = { NODE_EXTRA_CA_CERTS: path.join(folder, 'redis.pem') };
      try {
        const [known, unknown] = await Promise.all([
          audit({ ...trusted, ACKNET_REDIS_URL: group.url }),
          audit({ ACKNET_REDIS_URL: group.url }),
        ]);
        expect(known).toContain('whole: 0 records');
        expect(unknown).not.toContain('is whole');
      } finally {
        await group.close();
      }
    },
    patience(60_000),
  );
});
