import { createHash, timingSafeEqual } from 'node:crypto';

/** Takes as long whatever differs, lengths included. */
export const isSameSecret = (given: string, secret: string): boolean =>
  timingSafeEqual(digest(given), digest(secret));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
