import * as library from '@alicloud/credentials';
// The package's index leaves this one out.
import roleProvider from '@alicloud/credentials/dist/src/providers/ram_role_arn.js';
import type { Dispatcher } from 'undici';
import { AcknetError } from '../../errors.js';
import { mask } from '../../masking/mask.js';
import { sendToSts } from './send-to-sts.js';
import type { AccessKey } from './sign-request.js';

interface CredentialOptions {
  /** The process's variables: `ALIBABA_CLOUD_*` choose the kind of credential. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of the product STS: where sessions come from. */
  readonly stsHost: string;
  /** Shown in ActionTrail. */
  readonly sessionName: string;
  /** ARN of a role in the account of the cluster, where that is another one. */
  readonly assumeRole?: string | undefined;
  /** Narrows every session further: even an over-granted role can do no more through acknet. */
  readonly policy: string;
  /** To STS; the metadata of an instance is asked straight. */
  readonly dispatcher: Dispatcher;
  readonly timeoutMs: number;
}

/** A key that is good now; renewed by the library some minutes before it ends. Throws `cloud.unauthorized`. */
export type Credential = () => Promise<AccessKey>;

/** RRSA in a cluster, an AccessKey of the environment, or the role of the ECS instance; the first that is there. */
export function openCredential(options: CredentialOptions): Credential {
  const provider = assuming(baseProvider(options), options);
  let underWay: Promise<AccessKey> | undefined;
  const ask = async (): Promise<AccessKey> => {
    try {
      const { accessKeyId, accessKeySecret, securityToken } = await provider.getCredentials();
      return { id: accessKeyId, secret: accessKeySecret, securityToken };
    } catch (cause) {
      throw new AcknetError('cloud.unauthorized', `No credential for the cloud: ${reason(cause)}`, {
        hint: 'docs/cloud.md: RRSA, an ECS instance role, or ALIBABA_CLOUD_ACCESS_KEY_ID and _SECRET in the environment.',
      });
    }
  };
  // Whoever asks meanwhile waits for the same session: the library opens one for each.
  return () => {
    underWay ??= ask().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}

type Provider = library.CredentialsProvider;

function baseProvider(options: CredentialOptions): Provider {
  const { env, stsHost, sessionName, policy, assumeRole } = options;
  const role = env.ALIBABA_CLOUD_ROLE_ARN;
  const oidc = env.ALIBABA_CLOUD_OIDC_PROVIDER_ARN;
  const token = env.ALIBABA_CLOUD_OIDC_TOKEN_FILE;
  if (role !== undefined && oidc !== undefined && token !== undefined) {
    const session = library.OIDCRoleArnCredentialsProvider.builder()
      .withRoleArn(role)
      .withOIDCProviderArn(oidc)
      .withOIDCTokenFilePath(token)
      .withRoleSessionName(sessionName)
      .withStsEndpoint(stsHost);
    // A session that goes on to another role needs `sts:AssumeRole`, which the policy does not hold.
    return sendToSts((assumeRole === undefined ? session.withPolicy(policy) : session).build(), options);
  }
  const id = env.ALIBABA_CLOUD_ACCESS_KEY_ID;
  const secret = env.ALIBABA_CLOUD_ACCESS_KEY_SECRET;
  if (id === undefined || secret === undefined)
    return library.ECSRAMRoleCredentialsProvider.builder().withDisableIMDSv1(true).build();
  const session = env.ALIBABA_CLOUD_SECURITY_TOKEN;
  return session === undefined
    ? library.StaticAKCredentialsProvider.builder().withAccessKeyId(id).withAccessKeySecret(secret).build()
    : library.StaticSTSCredentialsProvider.builder()
        .withAccessKeyId(id)
        .withAccessKeySecret(secret)
        .withSecurityToken(session)
        .build();
}

function assuming(base: Provider, options: CredentialOptions): Provider {
  const { assumeRole, stsHost, sessionName, policy } = options;
  if (assumeRole === undefined) return base;
  const role = roleProvider.default
    .builder()
    .withCredentialsProvider(base)
    .withRoleArn(assumeRole)
    .withRoleSessionName(sessionName)
    .withStsEndpoint(stsHost)
    .withPolicy(policy)
    .build();
  return sendToSts(role, options);
}

const LONGEST = 500;

const reason = (cause: unknown): string =>
  mask((cause instanceof Error ? cause.message : String(cause)).slice(0, LONGEST));
