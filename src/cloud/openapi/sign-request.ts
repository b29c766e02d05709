import { createHash, createHmac } from 'node:crypto';

const ALGORITHM = 'ACS3-HMAC-SHA256';

export interface AccessKey {
  readonly id: string;
  readonly secret: string;
  /** Of temporary credentials. */
  readonly securityToken?: string | undefined;
}

interface SignedParts {
  readonly method: string;
  /** Percent-encoded. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Hex SHA-256 of the body. */
  readonly bodyHash: string;
}

/** The `Authorization` header of signature version 3; held to `@alicloud/openapi-core` byte for byte. */
export function signRequest(parts: SignedParts, { id, secret }: Pick<AccessKey, 'id' | 'secret'>): string {
  const names = Object.keys(parts.headers).filter(isSigned).sort();
  const canonical = [
    parts.method,
    parts.path,
    canonicalQuery(parts.query),
    names.map((name) => `${name}:${(parts.headers[name] ?? '').trim()}\n`).join(''),
    names.join(';'),
    parts.bodyHash,
  ].join('\n');
  const toSign = `${ALGORITHM}\n${sha256(canonical)}`;
  const signature = createHmac('sha256', secret).update(toSign).digest('hex');
  return `${ALGORITHM} Credential=${id},SignedHeaders=${names.join(';')},Signature=${signature}`;
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The very text that must stand in the URL too, or the signature is another. */
export const canonicalQuery = (query: Readonly<Record<string, string>>): string =>
  Object.keys(query)
    .sort()
    .map((name) => `${encode(name)}=${encode(query[name] ?? '')}`)
    .join('&');

const isSigned = (name: string): boolean =>
  name === 'host' || name === 'content-type' || name.startsWith('x-acs-');

/** RFC 3986: `encodeURIComponent` leaves five characters that the server encodes. */
export const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
