import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { CloudKey } from '../verify-signature.js';

/** A role, and who may take it on. */
export interface TrustedRole {
  readonly arn: string;
  /** The key that may assume it now; absent = none may. */
  readonly trusts?: () => CloudKey | undefined;
  /** The workload that may, by its token. */
  readonly oidc?: { readonly provider: string; readonly issuer: string; readonly subject: string };
}

export interface AssumedRole {
  readonly arn: string;
  /** What the session is narrowed to. */
  readonly policy: string | undefined;
}

export class StsRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

interface StsCall {
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly roles: readonly TrustedRole[];
  readonly now: Date;
}

const AUDIENCE = 'sts.aliyuncs.com';
const claimsSchema = z.object({
  iss: z.string(),
  sub: z.string(),
  aud: z.array(z.string()),
  exp: z.number(),
});

/** Unsigned: the token proves who asks. The codes of its refusals are not verified. */
export function assumeRoleWithOidc({ query, form, roles, now }: StsCall): AssumedRole {
  if (query.get('Action') !== 'AssumeRoleWithOIDC')
    throw new StsRefusal(404, 'InvalidAction.NotFound', 'Specified api is not found.');
  const role = roles.find(({ arn, oidc }) => arn === form.get('RoleArn') && oidc !== undefined);
  if (role?.oidc?.provider !== form.get('OIDCProviderArn'))
    throw new StsRefusal(404, 'EntityNotExist.Role', 'The role or its provider does not exist.');
  const claims = claimsSchema.parse(
    JSON.parse(Buffer.from(form.get('OIDCToken')?.split('.')[1] ?? '', 'base64url').toString() || '{}'),
  );
  if (claims.exp * 1000 <= now.getTime())
    throw new StsRefusal(400, 'AuthenticationFail.OIDCToken.Expired', 'This OIDC token has expired.');
  const { issuer, subject } = role.oidc;
  if (!claims.aud.includes(AUDIENCE) || claims.iss !== issuer || claims.sub !== subject)
    throw new StsRefusal(403, 'NoPermission', 'The token does not fit the trust policy of the role.');
  return { arn: role.arn, policy: form.get('Policy') ?? undefined };
}

/** Signed by version 1 with the key of who asks. */
export function assumeRole({ query, form, roles }: StsCall): AssumedRole {
  const role = roles.find(({ arn }) => arn === form.get('RoleArn'));
  const key = role?.trusts?.();
  if (role === undefined || key === undefined || key.id !== query.get('AccessKeyId'))
    throw new StsRefusal(403, 'NoPermission', 'You are not authorized to do this action.');
  if ((query.get('SecurityToken') ?? undefined) !== key.securityToken)
    throw new StsRefusal(400, 'InvalidSecurityToken.Malformed', 'Specified SecurityToken is malformed.');
  const text = textToSign(query, form);
  const signature = createHmac('sha1', `${key.secret}&`).update(text).digest('base64');
  // Like the real one it repeats what it signed, the token of the session among it.
  if (query.get('Signature') !== signature)
    throw new StsRefusal(
      400,
      'SignatureDoesNotMatch',
      `Specified signature is not matched with our calculation. server string to sign is:${text}`,
    );
  return { arn: role.arn, policy: form.get('Policy') ?? undefined };
}

function textToSign(query: URLSearchParams, form: URLSearchParams): string {
  const signed = [...query, ...form]
    .filter(([name]) => name !== 'Signature')
    .map(([name, value]) => `${percent(name)}=${percent(value)}`)
    .sort()
    .join('&');
  return `POST&${percent('/')}&${percent(signed)}`;
}

const percent = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
