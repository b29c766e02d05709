import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { auditKeys } from '../../config/environment/audit-keys.js';

/** What a derived key is for: no two uses share one. */
type KeyUse = 'seal' | 'checkpoint';

/** The keys of `ACKNET_AUDIT_KEY`: the first signs, each of them verifies. */
export interface Keyring {
  /** undefined = no key: what stands in Redis cannot be told from what somebody else put there. */
  readonly newest: string | undefined;
  readonly all: readonly string[];
}

/** By `auditKeys`; a key with commas that reads as several is the last one too, as it stood, with white space and all. */
export function createKeyring(text = ''): Keyring {
  const keys = auditKeys(text);
  const parts = text.split(',');
  const ends = parts.map((_part, index) => parts.slice(index).join(','));
  const long = ends.filter((end) => keys.some((key) => key !== end && end.includes(key)));
  return { newest: keys[0], all: [...new Set([...keys, ...long, ...long.map((end) => end.trim())])] };
}

/** 32 bytes for one use, from which neither the key nor those for other uses can be found. */
export const deriveKey = (key: string, use: KeyUse): Buffer =>
  Buffer.from(hkdfSync('sha256', key, '', `acknet ${use} v1`, 32));

/** Whose text it is: where it stands, in which revision, and what it says. */
interface Sealed {
  readonly place: string;
  readonly revision: string;
  readonly text: string;
}

/** `plain` = it has no seal; `unkeyed` = there is no key to tell by. */
export type Seal = 'whole' | 'broken' | 'plain' | 'unkeyed';

/** Seals texts to their place, so that who can write to Redis can neither make one up, alter it, nor move it. */
export interface Sealer {
  /** undefined = there is no key. */
  seal(sealed: Sealed): string | undefined;
  check(sealed: Sealed, seal: string | undefined): Seal;
}

export function createSealer(keyring: Keyring): Sealer {
  const keys = keyring.all.map((key) => deriveKey(key, 'seal'));
  const [newest] = keys;
  return {
    seal: (sealed) => newest && macOf(newest, sealed).toString('base64url'),
    check: (sealed, seal) => {
      if (newest === undefined) return 'unkeyed';
      if (seal === undefined) return 'plain';
      const given = Buffer.from(seal, 'base64url');
      const fits = (key: Buffer): boolean => {
        const mac = macOf(key, sealed);
        return mac.length === given.length && timingSafeEqual(mac, given);
      };
      return keys.some(fits) ? 'whole' : 'broken';
    },
  };
}

const macOf = (key: Buffer, { place, revision, text }: Sealed): Buffer =>
  createHmac('sha256', key)
    .update(JSON.stringify([place, revision, text]))
    .digest();
