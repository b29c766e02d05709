import { X509Certificate } from 'node:crypto';
import { number } from '../../fields.js';
import type { Admission } from './admission.js';

/** The earlier of the token's `exp` and the client certificate's last day; undefined where neither says. */
export function admissionEnds({ headers, tls }: Pick<Admission, 'headers' | 'tls'>): Date | undefined {
  const ends = [tokenEnd(headers.authorization), certificateEnd(tls.cert)].filter((end) => end !== undefined);
  return ends.length === 0 ? undefined : new Date(Math.min(...ends));
}

/** A JWT's own word; a token of another kind says nothing. */
function tokenEnd(authorization: unknown): number | undefined {
  const payload = String(authorization ?? '')
    .replace(/^Bearer /, '')
    .split('.')[1];
  if (payload === undefined) return undefined;
  try {
    const seconds = number(JSON.parse(Buffer.from(payload, 'base64url').toString()), 'exp');
    return seconds === undefined ? undefined : seconds * 1000;
  } catch {
    return undefined;
  }
}

function certificateEnd(cert: Buffer | string | undefined): number | undefined {
  if (cert === undefined) return undefined;
  try {
    const end = Date.parse(new X509Certificate(cert).validTo);
    return Number.isNaN(end) ? undefined : end;
  } catch {
    return undefined;
  }
}
