import type { z } from 'zod';
import { AcknetError } from '../../errors.js';

/** Payloads are checked when they are queued and again when they are taken, by whichever version did either. */
export function parsePayload<T>(schema: z.ZodType<T>, payload: unknown, kind: string): T {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(
    ({ path, message }) => `${path.join('.') || '(payload)'}: ${message}`,
  );
  throw new AcknetError('job.invalid', `A ${kind} job is not as expected: ${faults.join('; ')}`);
}
