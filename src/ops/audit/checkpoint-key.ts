import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { deriveKey, type Keyring } from './keyring.js';

/** What stands before a public key when acknet prints it. */
const NAME = 'ed25519:';
/** An Ed25519 private key as PKCS #8, up to its 32 bytes (RFC 8410). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
const RAW_BYTES = 32;

/** Signs with a key that follows from the audit key; whoever has the public half can check, and sign nothing. */
interface CheckpointKey {
  readonly publicKey: string;
  sign(text: string): string;
}

export const checkpointKeys = ({ all }: Keyring): readonly CheckpointKey[] => all.map(checkpointKeyOf);

/** The key that signs now; undefined = there is no audit key. */
export const checkpointKey = ({ newest }: Keyring): CheckpointKey | undefined =>
  newest === undefined ? undefined : checkpointKeyOf(newest);

function checkpointKeyOf(auditKey: string): CheckpointKey {
  const der = Buffer.concat([PKCS8_HEAD, deriveKey(auditKey, 'checkpoint')]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  return {
    publicKey: `${NAME}${x}`,
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64url'),
  };
}

/** As acknet prints it, with or without `ed25519:`; undefined = it is no such key. */
export function parsePublicKey(text: string): string | undefined {
  const x = text.trim().replace(NAME, '');
  const whole = /^[\w-]{43}$/.test(x) && Buffer.from(x, 'base64url').length === RAW_BYTES;
  return whole ? `${NAME}${x}` : undefined;
}

export function isSignedBy(publicKey: string, signed: { text: string; signature: string }): boolean {
  const key = keyObjectOf(publicKey);
  return (
    key !== undefined &&
    verify(null, Buffer.from(signed.text), key, Buffer.from(signed.signature, 'base64url'))
  );
}

function keyObjectOf(publicKey: string): KeyObject | undefined {
  const x = parsePublicKey(publicKey)?.slice(NAME.length);
  return x === undefined
    ? undefined
    : createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}
