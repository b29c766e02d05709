import type { Logger } from '../../src/ops/log.ts';
import type { Trail } from '../../src/ops/trail.ts';

export interface RecordedLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly data: object;
  readonly message: string;
}

/** Keeps what was logged instead of printing it. */
export function quietLogger(trail?: Pick<Trail, 'ids'>): Logger & { readonly lines: RecordedLine[] } {
  const lines: RecordedLine[] = [];
  const at = (level: RecordedLine['level']) => (data: object, message: string) =>
    void lines.push({ level, data: { ...trail?.ids(), ...data }, message });
  const logger: Logger = {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: () => logger,
  };
  return { ...logger, lines };
}
