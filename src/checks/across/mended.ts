import type { Mended } from '../judging/define-check.js';

/** So long after a fix it is for what it ended to go by itself; what is still there then is there. */
const PATIENCE_MS = 360_000;

/** As times stand in the cluster. */
export const endOf = ({ at }: Pick<Mended, 'at'>): string => at.toISOString().replace(/\.\d{3}Z$/, 'Z');

export const isLately = ({ at }: Pick<Mended, 'at'>, now: Date): boolean =>
  now.getTime() - at.getTime() <= PATIENCE_MS;
