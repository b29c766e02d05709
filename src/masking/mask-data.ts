import { mask } from './mask.js';
import { MASK, type Masked } from './masked.js';
import { isSecretName } from './secrets/secret-name.js';

const MAX_DEPTH = 8;

/** Data of any kind for a log: errors with what caused them, however deep or round it is; whatever stands under a secret's name is masked. */
export const maskData = (data: object): Masked<Record<string, unknown>> =>
  shown(data, 0) as Masked<Record<string, unknown>>;

function shown(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return mask(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return '…';
  if (value instanceof Error) return describeError(value, depth);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item) => shown(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, isSecretName(key) ? MASK : shown(item, depth + 1)]),
  );
}

function describeError(error: Error, depth: number): Record<string, unknown> {
  const { code, hint } = error as { code?: unknown; hint?: unknown };
  return {
    type: error.name,
    message: mask(error.message),
    ...(typeof code === 'string' && { code: mask(code) }),
    ...(typeof hint === 'string' && { hint: mask(hint) }),
    ...(error.cause !== undefined && { cause: shown(error.cause, depth + 1) }),
    ...(error.stack !== undefined && { stack: mask(error.stack) }),
  };
}
