import type { ClusterAccess } from '../../cluster/ports.js';
import { clockOffset, clockWarning, offsetToTell } from '../../engine/checking/server-time.js';
import { AcknetError } from '../../errors.js';
import { fault, ok, type Symptom, unread } from './symptom.js';

/** Compares this machine's clock with the API server's. */
export async function examineClock({
  access,
  now,
  signal,
}: {
  readonly access: Pick<ClusterAccess, 'name' | 'reader'>;
  readonly now: () => Date;
  readonly signal: AbortSignal;
}): Promise<Symptom> {
  try {
    const reader = access.reader(signal);
    await reader.serverVersion();
    if (reader.serverNow() === undefined)
      return unread(
        `${access.name}: the API server does not tell its time`,
        'See what answers in its place.',
      );
    const offset = offsetToTell(clockOffset(reader, now()));
    return offset === undefined
      ? ok(`${access.name}: its clock and ours agree`)
      : fault(`${access.name}: ${clockWarning(offset)}`, 'Set the clock that is wrong (NTP).');
  } catch (error) {
    if (!(error instanceof AcknetError)) throw error;
    return unread(`${access.name}: ${error.message}`, error.hint ?? 'See the message.');
  }
}
