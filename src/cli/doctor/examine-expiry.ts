import type { ClusterAccess } from '../../cluster/ports.js';
import { AcknetError } from '../../errors.js';
import { doctorTexts } from '../../texts/cli/doctor.js';
import { fault, ok, type Symptom, unread } from './symptom.js';

const says = doctorTexts.expiry;

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
  const name = doctorTexts.access.name(access.name, who);
  try {
    const ends = await access.credentialEnds(who);
    if (ends === undefined) return ok(says.none(name));
    if (ends === 'renewed-by-itself') return ok(says.renewed(name));
    const left = ends.getTime() - now().getTime();
    const days = Math.floor(left / DAY_MS);
    const when = ends.toISOString().slice(0, 10);
    if (days < 0) return fault(says.ended(name, when), says.renew(access.name));
    if (days < WARN_DAYS) return fault(says.endsIn(name, timeLeft(left), when), says.renew(access.name));
    if (!isTold) return fault(says.endsUntold(name, when), says.nameMaintainers);
    return ok(says.endsOn(name, when));
  } catch (error) {
    if (!(error instanceof AcknetError)) throw error;
    return unread(`${name}: ${error.message}`, error.hint ?? doctorTexts.seeMessage);
  }
}

/** Rounded down; within its last day a credential has hours. */
function timeLeft(left: number): string {
  if (left < HOUR_MS) return says.minutes;
  return left < DAY_MS ? says.hours(Math.floor(left / HOUR_MS)) : says.days(Math.floor(left / DAY_MS));
}
