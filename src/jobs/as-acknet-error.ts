import { AcknetError } from '../errors.js';

/** A fault in acknet itself, as the people who wait for an answer are told of it. */
export function asAcknetError(error: unknown): AcknetError {
  if (error instanceof AcknetError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new AcknetError('job.broken', `A fault in acknet: ${detail}`, {
    cause: error,
    hint: 'The log of the worker has the details.',
  });
}
