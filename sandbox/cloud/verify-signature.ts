import { createHash } from 'node:crypto';
import { OpenApiUtil } from '@alicloud/openapi-core';
import { CloudRefusal } from './cloud-world.js';

interface SignedRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface CloudKey {
  readonly id: string;
  readonly secret: string;
  readonly securityToken?: string | undefined;
}

const ALGORITHM = 'ACS3-HMAC-SHA256';
const SKEW_MS = 15 * 60_000;

/** By the SDK's own code, as a client of ours that signed wrong would agree with a check of ours. */
export function verifySignature(request: SignedRequest, key: CloudKey, now: Date): void {
  const { method, url, headers, body } = request;
  const hash = createHash('sha256').update(body).digest('hex');
  if (headers['x-acs-content-sha256'] !== hash)
    throw new CloudRefusal(400, 'InvalidContentSHA256', 'The hash of the body is another.');
  if (headers['x-acs-signature-nonce'] === undefined)
    throw new CloudRefusal(400, 'IncompleteSignature', 'x-acs-signature-nonce is missing.');
  const expected = OpenApiUtil.getAuthorization(
    {
      method,
      pathname: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: signedOf(headers),
    } as unknown as Parameters<typeof OpenApiUtil.getAuthorization>[0],
    ALGORITHM,
    hash,
    key.id,
    key.secret,
  );
  const given = headers.authorization ?? '';
  if (!given.includes(`Credential=${key.id},`))
    throw new CloudRefusal(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.');
  if (given !== expected)
    throw new CloudRefusal(
      400,
      'SignatureDoesNotMatch',
      'Specified signature is not matched with our calculation.',
    );
  if (headers['x-acs-security-token'] !== key.securityToken)
    throw new CloudRefusal(400, 'InvalidSecurityToken.Malformed', 'Specified SecurityToken is malformed.');
  const sent = Date.parse(headers['x-acs-date'] ?? '');
  if (!(Math.abs(sent - now.getTime()) < SKEW_MS))
    throw new CloudRefusal(400, 'InvalidTimeStamp.Expired', 'Specified time stamp or date value is expired.');
}

/** Those that were there when it was signed; the connection's own came later. */
const signedOf = (headers: SignedRequest['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && /^(?:host|content-type|x-acs-.*)$/.test(entry[0]),
    ),
  );
