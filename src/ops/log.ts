import { type DestinationStream, type Logger as Pino, pino } from 'pino';
import { prettyFactory } from 'pino-pretty';
import { mask } from '../masking/mask.js';
import { MASK } from '../masking/masked.js';
import { isSecretName } from '../masking/secret-name.js';

/** Messages are constant texts, so that they can be grouped; what varies stands beside them as data. */
export interface Logger {
  debug(data: object, message: string): void;
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
  child(bindings: Record<string, unknown>): Logger;
}

interface LogOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  /** For eyes instead of machines. */
  readonly pretty?: boolean;
  /** Absent = standard output. */
  readonly destination?: DestinationStream;
}

/** One JSON object a line; every text in it passes `mask`, and a value under a secret's name is masked. */
export function createLogger(options: LogOptions): Logger {
  const destination = options.destination ?? pino.destination({ dest: 1, sync: true });
  const line = pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (level) => ({ level }),
        log: (data) => masked(data) as Record<string, unknown>,
      },
      serializers: { err: (error: unknown) => error },
    },
    options.pretty ? forEyes(destination) : destination,
  );
  return wrap(line);
}

/** pino masks what it logs, but not what a child is bound to. */
function wrap(line: Pino): Logger {
  return {
    debug: (data, message) => line.debug(data, message),
    info: (data, message) => line.info(data, message),
    warn: (data, message) => line.warn(data, message),
    error: (data, message) => line.error(data, message),
    child: (bindings) => wrap(line.child(masked(bindings) as Record<string, unknown>)),
  };
}

function forEyes(destination: DestinationStream): DestinationStream {
  const format = prettyFactory({ colorize: false });
  return { write: (line) => destination.write(format(line)) };
}

const MAX_DEPTH = 8;

function masked(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return mask(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return '…';
  if (value instanceof Error) return describeError(value, depth);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item) => masked(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, isSecretName(key) ? MASK : masked(item, depth + 1)]),
  );
}

function describeError(error: Error, depth: number): Record<string, unknown> {
  const { code, hint } = error as { code?: unknown; hint?: unknown };
  return {
    type: error.name,
    message: mask(error.message),
    ...(typeof code === 'string' && { code }),
    ...(typeof hint === 'string' && { hint: mask(hint) }),
    ...(error.cause !== undefined && { cause: masked(error.cause, depth + 1) }),
    ...(error.stack !== undefined && { stack: mask(error.stack) }),
  };
}
