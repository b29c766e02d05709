import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../ops/log.js';
import type { Reloader } from './create-reloader.js';

interface WatchOptions {
  readonly everyMs: number;
  readonly signal: AbortSignal;
  readonly logger: Logger;
}

/** Looks again and again until the signal aborts. One look that fails is logged and hinders none after it. */
export async function watchFiles(
  reloader: Reloader,
  { everyMs, signal, logger }: WatchOptions,
): Promise<void> {
  const pause = () => sleep(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
  for (await pause(); !signal.aborted; await pause())
    await reloader.look().catch((err: unknown) => logger.error({ err }, 'configuration not looked at'));
}
