import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startCredentialEnds } from '../../sandbox/cloud/credentials/start-credential-ends.js';
import { loadScenario } from '../../sandbox/cluster/scenario.js';
import { createServingCertificate } from '../../sandbox/cluster/serving-certificate.js';
import { openClouds } from '../../src/cli/open-clouds.js';
import { openCredential } from '../../src/cloud/openapi/open-credential.js';
import { vSwitches } from '../../src/cloud/views/v-switch.js';
import { parseConfig } from '../../src/config/config.js';
import { openWay } from '../../src/ops/open-way.js';
import { patience } from '../support/patience.js';
import { type ConnectProxy, startConnectProxy } from '../support/start-connect-proxy.js';
import { CANARY_KEY, type SimulatedCloud, startSimulatedCloud } from '../support/start-simulated-cloud.js';

let proxy: ConnectProxy;
let cloud: SimulatedCloud;
beforeAll(async () => {
  proxy = await startConnectProxy();
  cloud = await startSimulatedCloud();
});
afterAll(async () => {
  await cloud.close();
  await proxy.close();
});

/** Reads as acknet does that was started with these variables; returns where the proxy was asked to lead. */
async function readWith(env: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { url } = cloud.simulator;
  const { clusterId, region } = await loadScenario('terway-datapath-v2');
  const place = { clusterId, region };
  const endpoints = { cs: url, vpc: url, ecs: url, sts: url };
  const config = parseConfig(
    { clusters: { x: { cloud: { ...place, endpoints } } } },
    { slack: { botToken: 'xoxb-1', apiUrl: 'http://127.0.0.1:1/' }, redisUrl: 'redis://127.0.0.1:1' },
  );
  const keys = {
    ALIBABA_CLOUD_ACCESS_KEY_ID: CANARY_KEY.id,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: CANARY_KEY.secret,
  };
  const clouds = await openClouds(config, { env: { ...keys, ...env }, now: () => new Date() });
  const before = proxy.asked.length;
  try {
    const reader = clouds.get('x')?.reader({ signal: AbortSignal.timeout(patience(10_000)) });
    expect((await reader?.read(vSwitches, {}))?.items.length).toBe(4);
    return proxy.asked.slice(before);
  } finally {
    await clouds.close();
  }
}

describe('the calls to the cloud', () => {
  const here = () => new URL(cloud.simulator.url).host;

  it.each(['HTTPS_PROXY', 'https_proxy'])(
    'are tunnelled through the proxy of %s, which sees where to',
    async (name) => {
      const asked = await readWith({ [name]: proxy.url });
      expect(asked.length).toBeGreaterThan(0);
      expect(new Set(asked)).toEqual(new Set([here()]));
    },
  );

  it('are made straight where NO_PROXY names the host, or there is no proxy', async () => {
    expect(await readWith({ HTTPS_PROXY: proxy.url, NO_PROXY: '.corp,127.0.0.1' })).toEqual([]);
    expect(await readWith({})).toEqual([]);
  });

  it('are not made where the proxy is no URL of one: the variable is named, not what it holds', async () => {
    const refused = await readWith({ HTTPS_PROXY: 'socks5://ana:pa55word@proxy:1' }).catch(String);
    expect(refused).toMatch(/HTTPS_PROXY: expected .*found .*characters/);
    expect(refused).not.toContain('pa55word');
  });
});

describe('a session of STS', () => {
  it('is asked for through the proxy, by TLS from end to end', async () => {
    const role = 'acs:ram::1234567890123456:role/acknet';
    const oidc = { provider: 'p', issuer: 'https://issuer', subject: 'system:serviceaccount:acknet:acknet' };
    const ends = await startCredentialEnds({
      roles: [{ arn: role, oidc }],
      ...{ seconds: () => 3600, now: () => new Date(), onSession: () => undefined },
    });
    const { key, cert } = await createServingCertificate(new Date());
    const tls = createTlsServer({ key, cert }, (client) => {
      const end = connect(ends.port, '127.0.0.1');
      for (const socket of [client, end]) socket.on('error', () => socket.destroy());
      client.pipe(end).pipe(client);
    });
    await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve));
    const stsHost = `127.0.0.1:${(tls.address() as AddressInfo).port}`;
    const folder = await mkdtemp(path.join(tmpdir(), 'acknet-sts-'));
    const file = path.join(folder, 'token');
    const exp = Math.floor(Date.now() / 1000) + 3600;
    const claims = { iss: oidc.issuer, sub: oidc.subject, aud: ['sts.aliyuncs.com'], exp };
    await writeFile(file, `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`);
    const dispatcher = openWay({ url: proxy.url }, { requestTls: { ca: cert } });
    try {
      const credential = openCredential({
        env: {
          ALIBABA_CLOUD_ROLE_ARN: role,
          ALIBABA_CLOUD_OIDC_PROVIDER_ARN: oidc.provider,
          ALIBABA_CLOUD_OIDC_TOKEN_FILE: file,
        },
        ...{ stsHost, sessionName: 'acknet', policy: '{}', dispatcher, timeoutMs: patience(5000) },
      });
      expect((await credential()).id).toMatch(/^STS\./);
      expect(proxy.asked.at(-1)).toBe(stsHost);
    } finally {
      await dispatcher.close();
      tls.close();
      await ends.close();
      await rm(folder, { recursive: true });
    }
  });
});
