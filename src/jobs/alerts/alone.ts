import { setTimeout as sleep } from 'node:timers/promises';
import type { RedisClient } from '../../ops/connect-redis.js';
import { acquireLease, type Lease } from '../../ops/lease.js';
import { Postponed } from '../job-context.js';

export interface IncidentLeasePorts {
  readonly redis: RedisClient;
  readonly prefix: string;
  /** How long a dead worker keeps the others from the incidents of a cluster. */
  readonly leaseMs: number;
  readonly newId: () => string;
}

/** Who holds the incidents of a cluster only writes them down, and is done in some ms, unless its worker died. */
const BUSY_LOOK_MS = 20;
const BUSY_LOOKS = 50;
const BUSY_RETRY_MS = 200;

/** While nobody else is at the incidents of the cluster. */
export async function alone<T>(
  ports: IncidentLeasePorts,
  cluster: string,
  work: () => Promise<T>,
): Promise<T> {
  const lease = await leaseOn(ports, cluster);
  try {
    return await work();
  } finally {
    await lease.release();
  }
}

/** Many jobs that come back for it again and again would be more work than what they wait to do. */
async function leaseOn(ports: IncidentLeasePorts, cluster: string): Promise<Lease> {
  const { redis, prefix, leaseMs, newId } = ports;
  const names = { key: `${prefix}:incidents:${cluster}`, counter: `${prefix}:incident-token` };
  for (let looks = 1; ; looks += 1) {
    const lease = await acquireLease(redis, { ...names, holder: newId(), leaseMs });
    if (lease !== undefined) return lease;
    if (looks === BUSY_LOOKS) throw new Postponed(BUSY_RETRY_MS);
    await sleep(BUSY_LOOK_MS);
  }
}
