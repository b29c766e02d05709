import { once } from 'node:events';

/** At once where it is aborted already, of which no event tells any more. */
export async function untilAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
