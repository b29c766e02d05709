import type { ClusterAccess } from '../../cluster/ports.js';
import { clockOffset, clockWarning, offsetToTell } from '../../engine/checking/reading/server-time.js';
import { AcknetError } from '../../errors.js';
import { doctorTexts } from '../../texts/cli/doctor.js';
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
      return unread(doctorTexts.clock.silent(access.name), doctorTexts.clock.seeWhoAnswers);
    const offset = offsetToTell(clockOffset(reader, now()));
    return offset === undefined
      ? ok(doctorTexts.clock.agree(access.name))
      : fault(doctorTexts.clock.off(access.name, clockWarning(offset)), doctorTexts.clock.set);
  } catch (error) {
    if (!(error instanceof AcknetError)) throw error;
    return unread(`${access.name}: ${error.message}`, error.hint ?? doctorTexts.seeMessage);
  }
}
