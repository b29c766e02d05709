import { isSameSecret } from './same-secret.js';

/** Whether a header carries the bearer token; takes as long whatever is wrong with it. */
export const carriesToken = (header: string | undefined, token: string): boolean =>
  isSameSecret(/^bearer +(\S+)\s*$/i.exec((header ?? '').slice(0, LONGEST))?.[1] ?? '', token);

const LONGEST = 4096;
