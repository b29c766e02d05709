import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Agent } from 'undici';
import {
  type CredentialEnds,
  type CredentialEndsOptions,
  startCredentialEnds,
} from '../../../sandbox/cloud/credentials/start-credential-ends.js';
import { type CloudAction, cloudActions } from '../../../src/cloud/actions.js';
import { vSwitches } from '../../../src/cloud/views/v-switch.js';
import type { AcknetError } from '../../../src/errors.js';
import { type SimulatedCloud, startSimulatedCloud } from '../../support/start-simulated-cloud.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const ROLE = 'acs:ram::1234567890123456:role/acknet';
const OTHER = 'acs:ram::9876543210987654:role/acknet-reader';
const PROVIDER = 'acs:ram::1234567890123456:oidc-provider/ack-rrsa-c1';
const ISSUER = 'https://oidc-ack-cn-hangzhou.oss-cn-hangzhou.aliyuncs.com/c1';
const SUBJECT = 'system:serviceaccount:acknet:acknet';
const CANARY = { id: 'LTAI5tCanary0Base0Key00', secret: 'canary-base-secret-0002' };

/** The library goes to the metadata's own address: it is led to the simulated end. */
function leadTo(port: number): void {
  const real = http.request.bind(http);
  const here = { host: '127.0.0.1', hostname: '127.0.0.1', port, protocol: 'http:', agent: undefined };
  const spy = jest
    .spyOn(http, 'request')
    .mockImplementation(((options: http.RequestOptions) =>
      real(
        String(options.host ?? options.hostname).startsWith('100.100.100.200')
          ? { ...options, ...here }
          : options,
      )) as never);
  closers.push(() => spy.mockRestore());
}

/** STS is asked by TLS alone, and led to the simulated end. */
const ledTo = (port: number) => (limits: Agent.Options) =>
  new Agent(limits).compose(
    (dispatch) => (options, handler) =>
      dispatch(
        String(options.origin).startsWith('https:')
          ? { ...options, origin: `http://127.0.0.1:${port}` }
          : options,
        handler,
      ),
  );

interface Stand {
  readonly cloud: SimulatedCloud;
  readonly ends: CredentialEnds;
  /** Policies of the sessions handed out, in order. */
  readonly policies: readonly (string | undefined)[];
  read(): Promise<number>;
  life: { seconds: number };
}

interface Given {
  readonly env: Readonly<Record<string, string>>;
  readonly assumeRole?: string;
  readonly instanceRole?: string;
  /** Of the key that may assume roles, where it is temporary. */
  readonly baseToken?: string;
}

/** An account that takes the newest session alone, the ends that hand sessions out, and the real client. */
async function stand({ env, assumeRole, instanceRole, baseToken }: Given): Promise<Stand> {
  const accepted = { id: 'none', secret: 'none', securityToken: 'none' };
  const base = { ...CANARY, securityToken: baseToken };
  const policies: (string | undefined)[] = [];
  const life = { seconds: 3600 };
  const onSession: CredentialEndsOptions['onSession'] = (session, { arn, policy }) => {
    policies.push(policy);
    const target = assumeRole !== undefined && arn !== assumeRole ? base : accepted;
    Object.assign(target, session);
  };
  const ends = await startCredentialEnds({
    roles: [
      { arn: ROLE, oidc: { provider: PROVIDER, issuer: ISSUER, subject: SUBJECT } },
      { arn: OTHER, trusts: () => base },
    ],
    ...(instanceRole !== undefined && { instanceRole }),
    ...{ seconds: () => life.seconds, now: () => new Date(), onSession },
  });
  closers.push(() => ends.close());
  leadTo(ends.port);
  const cloud = await startSimulatedCloud({ key: accepted });
  closers.push(() => cloud.close());
  const access = cloud.another({ env, assumeRole, openWay: ledTo(ends.port) });
  const reader = access.reader({ signal: new AbortController().signal });
  return { cloud, ends, policies, life, read: async () => (await reader.read(vSwitches, {})).items.length };
}

/** A projected token, as the kubelet writes it. */
async function tokenFile(claims: object): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'acknet-token-'));
  closers.push(() => rm(folder, { recursive: true }));
  const file = path.join(folder, 'token');
  const exp = Math.floor(Date.now() / 1000) + 3600;
  const body = { iss: ISSUER, sub: SUBJECT, aud: ['sts.aliyuncs.com'], exp, ...claims };
  await writeFile(file, `e30.${Buffer.from(JSON.stringify(body)).toString('base64url')}.canary-token`);
  return file;
}

const rrsa = async (claims: object = {}) => ({
  ALIBABA_CLOUD_ROLE_ARN: ROLE,
  ALIBABA_CLOUD_OIDC_PROVIDER_ARN: PROVIDER,
  ALIBABA_CLOUD_OIDC_TOKEN_FILE: await tokenFile(claims),
});

const keys = {
  ALIBABA_CLOUD_ACCESS_KEY_ID: CANARY.id,
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: CANARY.secret,
};

const TEMPORARY = { ALIBABA_CLOUD_SECURITY_TOKEN: 'CAIScanary0session0token0of0the0base0key' };

const READS = (Object.keys(cloudActions) as CloudAction[]).sort();
const actionsOf = (policy: string | undefined): unknown => JSON.parse(policy ?? '{}').Statement?.[0]?.Action;

describe('a credential', () => {
  it('of RRSA is a session for the token of the service account, narrowed to the reads', async () => {
    const { read, ends, policies } = await stand({ env: await rrsa() });
    expect(await read()).toBe(4);
    expect(await read()).toBe(4);
    expect(ends.calls).toEqual(['POST AssumeRoleWithOIDC']);
    expect(policies.map(actionsOf)).toEqual([READS]);
  });

  it('is opened once for all who ask at the same time', async () => {
    const { read, ends } = await stand({ env: await rrsa() });
    await Promise.all([read(), read(), read(), read()]);
    expect(ends.calls).toEqual(['POST AssumeRoleWithOIDC']);
  });

  it('of the ECS instance is asked for by IMDSv2 alone', async () => {
    const { read, ends } = await stand({ env: {}, instanceRole: 'acknet-worker' });
    expect(await read()).toBe(4);
    expect(ends.calls.filter((call) => call.startsWith('GET')).length).toBeGreaterThan(0);
    expect(ends.calls[0]).toBe('PUT /latest/api/token');
  });

  it('for a cluster of another account is a session of its role, narrowed to the reads', async () => {
    const { read, ends, policies } = await stand({ env: keys, assumeRole: OTHER });
    expect(await read()).toBe(4);
    expect(ends.calls).toEqual(['POST AssumeRole']);
    expect(policies.map(actionsOf)).toEqual([READS]);
  });

  it('for a cluster of another account is reached from RRSA, whose own session may still assume it', async () => {
    const { read, ends, policies } = await stand({ env: await rrsa(), assumeRole: OTHER });
    expect(await read()).toBe(4);
    expect(ends.calls).toEqual(['POST AssumeRoleWithOIDC', 'POST AssumeRole']);
    expect(policies.map(actionsOf)).toEqual([undefined, READS]);
  });

  it.each([
    ['RRSA', async () => ({ env: await rrsa() })],
    ['the instance', async () => ({ env: {}, instanceRole: 'acknet-worker' })],
    ['another account', async () => ({ env: keys, assumeRole: OTHER })],
  ] as const)('of %s is renewed before it ends', async (_what, given) => {
    const { read, life, policies } = await stand(await given());
    life.seconds = 60;
    expect(await read()).toBe(4);
    const before = policies.length;
    // The instance's last six hours, and the library renews those an hour before.
    life.seconds = 6 * 3600;
    expect(await read()).toBe(4);
    const renewed = policies.length;
    expect(renewed).toBeGreaterThan(before);
    expect(await read()).toBe(4);
    expect(policies.length).toBe(renewed);
  });
});

describe('a credential that is refused', () => {
  const refused: readonly (readonly [string, () => Promise<Given>, RegExp])[] = [
    ['its token is over', async () => ({ env: await rrsa({ exp: 1 }) }), /OIDCToken\.Expired/],
    ['its token is for others', async () => ({ env: await rrsa({ aud: ['kubernetes'] }) }), /NoPermission/],
    ['its token is another account’s', async () => ({ env: await rrsa({ sub: 'x' }) }), /NoPermission/],
    ['the instance has no role', async () => ({ env: {} }), /get role name failed/],
    [
      'its key may not assume the role',
      async () => ({ env: { ...keys, ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAIother' }, assumeRole: OTHER }),
      /NoPermission/,
    ],
    [
      'its secret is another',
      async () => ({
        env: { ...keys, ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'canary-wrong-secret' },
        assumeRole: OTHER,
      }),
      /access key secret is invalid/,
    ],
    [
      'STS repeats the token of a session that signed with another secret',
      async () => ({
        env: { ...keys, ...TEMPORARY, ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'canary-wrong-secret' },
        assumeRole: OTHER,
        baseToken: TEMPORARY.ALIBABA_CLOUD_SECURITY_TOKEN,
      }),
      /access key secret is invalid/,
    ],
  ];
  it.each(refused)('says so where %s, and holds no secret', async (_what, given, said) => {
    const own = await given();
    const { read, cloud } = await stand(own);
    const error = await read().then(
      () => undefined,
      (fault: unknown) => fault as AcknetError,
    );
    expect([error?.code, error?.message]).toEqual(['cloud.unauthorized', expect.stringMatching(said)]);
    const told = [error?.message, error?.hint, error?.stack, String(error?.cause), ...cloud.outcomes].join(
      '\n',
    );
    expect(told).not.toMatch(/canary/i);
  });
});
