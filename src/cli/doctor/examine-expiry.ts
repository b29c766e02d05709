import type { ClusterAccess } from '../../cluster/ports.js';
import { AcknetError } from '../../errors.js';
import { count } from '../../texts/count.js';
import { fault, ok, type Symptom, unread } from './symptom.js';

const DAY_MS = 86_400_000;
const WARN_DAYS = 14;

interface Expiring {
  readonly access: Pick<ClusterAccess, 'name' | 'credentialEnds'>;
  readonly who: 'reader' | 'fixer';
  readonly now: () => Date;
}

/** A credential that ends unseen leaves acknet blind: said two weeks before. */
export async function examineExpiry({ access, who, now }: Expiring): Promise<Symptom> {
  const name = `${access.name}, ${who}`;
  try {
    const ends = await access.credentialEnds(who);
    if (ends === undefined) return ok(`${name}: the credential names no end of its own`);
    const days = Math.floor((ends.getTime() - now().getTime()) / DAY_MS);
    const when = ends.toISOString().slice(0, 10);
    if (days < 0) return fault(`${name}: the credential ended on ${when}`, renew(access.name));
    if (days < WARN_DAYS)
      return fault(`${name}: the credential ends in ${count(days, 'day')}, on ${when}`, renew(access.name));
    return ok(`${name}: the credential ends on ${when}`);
  } catch (error) {
    if (!(error instanceof AcknetError)) throw error;
    return unread(`${name}: ${error.message}`, error.hint ?? 'See the message.');
  }
}

const renew = (cluster: string): string =>
  `Renew it: \`acknet onboard ${cluster} --renew\` as an administrator where acknet made it, else as it was made. No restart is needed.`;
