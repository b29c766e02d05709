import { type DestinationStream, pino } from 'pino';
import pretty from 'pino-pretty';
import { redact } from '../cluster/redact.js';

/** Messages are constant texts, so that they can be grouped; what varies stands beside them as data. */
export interface Logger {
  debug(data: object, message: string): void;
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
  child(bindings: Record<string, unknown>): Logger;
}

export interface LogOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  /** For eyes instead of machines. */
  readonly pretty?: boolean;
  /** Absent = standard output. */
  readonly destination?: DestinationStream;
}

/** One JSON object a line; every text in it passes `redact`, and a value under a secret's name is masked. */
export function createLogger(options: LogOptions): Logger {
  const destination = options.destination ?? pino.destination({ dest: 1, sync: true });
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (level) => ({ level }),
        log: (data) => masked(data) as Record<string, unknown>,
        bindings: (data) => masked(data) as Record<string, unknown>,
      },
      serializers: { err: (error: unknown) => error },
    },
    options.pretty ? pretty({ destination, sync: true, colorize: false }) : destination,
  );
}

const MAX_DEPTH = 8;

function masked(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redact(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return '…';
  if (value instanceof Error) return describeError(value, depth);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item) => masked(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      isSecretName(key) ? '<redacted>' : masked(item, depth + 1),
    ]),
  );
}

/** `redact` knows the names of secrets; this asks it instead of keeping a second list. */
const isSecretName = (key: string): boolean => redact(`"${key}":"x"`) !== `"${key}":"x"`;

function describeError(error: Error, depth: number): Record<string, unknown> {
  const { code, hint } = error as { code?: unknown; hint?: unknown };
  return {
    type: error.name,
    message: redact(error.message),
    ...(typeof code === 'string' && { code }),
    ...(typeof hint === 'string' && { hint: redact(hint) }),
    ...(error.cause !== undefined && { cause: masked(error.cause, depth + 1) }),
    ...(error.stack !== undefined && { stack: redact(error.stack) }),
  };
}
