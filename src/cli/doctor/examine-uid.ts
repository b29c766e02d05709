import { readClusterUid, shortUid } from '../../cluster/identity/cluster-uid.js';
import type { ClusterAccess } from '../../cluster/ports.js';
import { AcknetError } from '../../errors.js';
import { doctorTexts } from '../../texts/cli/doctor.js';
import { ok, type Symptom, unread } from './symptom.js';

/** Says which cluster answers to the name, as cards and checks do. */
export async function examineUid(
  access: Pick<ClusterAccess, 'name' | 'reader'>,
  signal: AbortSignal,
): Promise<Symptom> {
  try {
    const uid = await readClusterUid(access.reader(signal));
    return uid === undefined
      ? unread(doctorTexts.uid.unbound(access.name), doctorTexts.uid.grant)
      : ok(doctorTexts.uid.is(access.name, shortUid(uid)));
  } catch (error) {
    if (!(error instanceof AcknetError)) throw error;
    return unread(`${access.name}: ${error.message}`, error.hint ?? doctorTexts.seeMessage);
  }
}
