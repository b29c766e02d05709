import { AcknetError, isAcknetError } from '../../errors.js';

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
    throw new AcknetError(
      'cluster.timed-out',
      `Cluster ${cluster} did not answer within ${patienceMs / 1000} s, so there is no card.`,
      { cause: error, hint: 'Nothing was changed. Look at its API server, then ask again.' },
    );
  }
}
