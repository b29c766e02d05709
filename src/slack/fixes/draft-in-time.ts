import { AcknetError, isAcknetError } from '../../errors.js';
import { fixTexts } from '../../texts/fixes.js';

/** Gives up after `patienceMs`, and says that it was the cluster which took too long. */
export async function draftInTime<T>(
  cluster: string,
  patienceMs: number,
  draft: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const signal = AbortSignal.timeout(patienceMs);
  try {
    return await draft(signal);
  } catch (error) {
    if (!signal.aborted || isAcknetError(error)) throw error;
    throw new AcknetError('cluster.timed-out', fixTexts.noAnswer(cluster, patienceMs / 1000), {
      cause: error,
      hint: fixTexts.noAnswerHint,
    });
  }
}
