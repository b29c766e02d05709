import type { ClusterAccess } from '../../cluster/ports.js';
import { AcknetError } from '../../errors.js';
import { count } from '../../texts/count.js';
import { fault, ok, type Symptom, unread } from './symptom.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WARN_DAYS = 14;

interface Expiring {
  readonly access: Pick<ClusterAccess, 'name' | 'credentialEnds'>;
  readonly who: 'reader' | 'fixer';
  readonly now: () => Date;
  /** Whether maintainers are named, who hear of it in time. */
  readonly isTold: boolean;
}

/** A credential that ends unseen leaves acknet blind: said two weeks before. */
export async function examineExpiry({ access, who, now, isTold }: Expiring): Promise<Symptom> {
  const name = `${access.name}, ${who}`;
  try {
    const ends = await access.credentialEnds(who);
    if (ends === undefined) return ok(`${name}: the credential names no end of its own`);
    if (ends === 'renewed-by-itself') return ok(`${name}: the credential is renewed by itself`);
    const left = ends.getTime() - now().getTime();
    const days = Math.floor(left / DAY_MS);
    const when = ends.toISOString().slice(0, 10);
    if (days < 0) return fault(`${name}: the credential ended on ${when}`, renew(access.name));
    if (days < WARN_DAYS)
      return fault(`${name}: the credential ends in ${timeLeft(left)}, on ${when}`, renew(access.name));
    if (!isTold)
      return fault(
        `${name}: the credential ends on ${when}, and nobody would be told before`,
        'Name `maintainers` in acknet.yaml.',
      );
    return ok(`${name}: the credential ends on ${when}`);
  } catch (error) {
    if (!(error instanceof AcknetError)) throw error;
    return unread(`${name}: ${error.message}`, error.hint ?? 'See the message.');
  }
}

/** Rounded down; within its last day a credential has hours. */
function timeLeft(left: number): string {
  if (left < HOUR_MS) return 'less than an hour';
  return left < DAY_MS ? count(Math.floor(left / HOUR_MS), 'hour') : count(Math.floor(left / DAY_MS), 'day');
}

const renew = (cluster: string): string =>
  `Renew it: \`acknet onboard ${cluster} --renew\` as an administrator where acknet made it, else as it was made. No restart is needed.`;
