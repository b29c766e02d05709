import { type DestinationStream, pino } from 'pino';
import { prettyFactory } from 'pino-pretty';
import { mask } from '../masking/mask.js';
import { maskData } from '../masking/mask-data.js';
import type { Masked } from '../masking/masked.js';
import type { Trail } from './trail.js';

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
  /** Whose ids stand in each line. */
  readonly trail?: Pick<Trail, 'ids'> | undefined;
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
      formatters: { level: (level) => ({ level }) },
      mixin: () => maskData(options.trail?.ids() ?? {}),
      serializers: { err: (error: unknown) => error },
    },
    options.pretty ? forEyes(destination) : destination,
  );
  return wrap(line);
}

type Write = (data: Masked<object>, message: Masked) => void;

/** All that acknet uses of pino; seen as this, it takes no text that is not masked. */
export interface LineWriter extends Record<'debug' | 'info' | 'warn' | 'error', Write> {
  isLevelEnabled(level: string): boolean;
  child(bindings: Masked<Record<string, unknown>>): LineWriter;
}

function wrap(line: LineWriter): Logger {
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (data: object, message: string): void => {
      if (line.isLevelEnabled(level)) line[level](maskData(data), mask(message));
    };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: (bindings) => wrap(line.child(maskData(bindings))),
  };
}

function forEyes(destination: DestinationStream): DestinationStream {
  const format = prettyFactory({ colorize: false });
  return { write: (line) => destination.write(format(line)) };
}
