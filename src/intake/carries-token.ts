import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether a header carries the bearer token; takes as long whatever is wrong with it. */
export function carriesToken(header: string | undefined, token: string): boolean {
  const given = /^bearer +(\S+)\s*$/i.exec((header ?? '').slice(0, LONGEST))?.[1] ?? '';
  return timingSafeEqual(digest(given), digest(token));
}

const LONGEST = 4096;
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
