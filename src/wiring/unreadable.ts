import type { Logger } from '../ops/log.js';

/** Left aside, and said once in the log. */
export const unreadable =
  (logger: Logger, kind: string) =>
  (id: string, error: unknown): void =>
    logger.error({ err: error, id }, `a stored ${kind} cannot be read by this version`);
