import { readClusterUid, shortUid } from '../../cluster/cluster-uid.js';
import type { ClusterAccess } from '../../cluster/ports.js';
import { AcknetError } from '../../errors.js';
import { ok, type Symptom, unread } from './symptom.js';

/** Says which cluster answers to the name, as cards and checks do. */
export async function examineUid(
  access: Pick<ClusterAccess, 'name' | 'reader'>,
  signal: AbortSignal,
): Promise<Symptom> {
  try {
    const uid = await readClusterUid(access.reader(signal));
    return uid === undefined
      ? unread(
          `${access.name}: does not say which cluster it is, so its name is bound to none`,
          'Grant the reader `get` on namespace kube-system: `acknet rbac` prints it.',
        )
      : ok(`${access.name}: is cluster ${shortUid(uid)}`);
  } catch (error) {
    if (!(error instanceof AcknetError)) throw error;
    return unread(`${access.name}: ${error.message}`, error.hint ?? 'See the message.');
  }
}
