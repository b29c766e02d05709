import pLimit from 'p-limit';
import type { Mutes } from '../../approvals/create-mutes.js';
import type { RedisClient } from '../../ops/connect-redis.js';
import { acquireLease } from '../../ops/lease.js';
import type { RunStore } from '../check/create-run-store.js';
import type { FleetRow } from '../fleet/fleet-row.js';
import type { ScheduledFleet } from '../fleet/run-fleet-job.js';
import { Postponed } from '../job-context.js';
import type { ScheduleReporter } from '../ports.js';
import type { Schedules } from './create-schedules.js';
import { compareSeen, isNews, seenAfter } from './seen/compare-seen.js';
import type { SeenStore } from './seen/create-seen-store.js';
import { type ClusterLook, lookAt } from './seen/look-at.js';

interface TellPorts {
  readonly schedules: Pick<Schedules, 'find'>;
  readonly seen: SeenStore;
  readonly runs: Pick<RunStore, 'get'>;
  readonly mutes: Pick<Mutes, 'active'>;
  readonly reporter: ScheduleReporter;
  readonly redis: RedisClient;
  readonly prefix: string;
  readonly leaseMs: number;
  readonly now: () => Date;
}

/** Of a hundred clusters' runs, each is unpacked and read. */
const AT_A_TIME = 4;
const RETRY_MS = 500;

/** Posts what changed since the schedule's last run, and keeps what its readers know now. One at a time a schedule. */
export const tellSchedule =
  (ports: TellPorts) =>
  async (fleet: ScheduledFleet, rows: readonly FleetRow[]): Promise<void> => {
    const { redis, prefix, leaseMs } = ports;
    const key = `${prefix}:schedule-telling:${fleet.schedule}`;
    const counter = `${prefix}:fleet-token`;
    const lease = await acquireLease(redis, { key, counter, holder: fleet.fleetId, leaseMs });
    if (!lease) throw new Postponed(RETRY_MS);
    try {
      await tellOnce(ports, fleet, rows);
    } finally {
      await lease.release();
    }
  };

async function tellOnce(ports: TellPorts, fleet: ScheduledFleet, rows: readonly FleetRow[]): Promise<void> {
  const { schedules, seen, reporter, now } = ports;
  // Who ended it waits for nothing more of it.
  const schedule = await schedules.find(fleet.schedule);
  if (schedule === undefined) return;
  const before = await seen.get(schedule.id);
  if (before !== undefined && isTold(before.at, fleet, now())) return;
  const looks = await looksOf(ports, rows);
  const leftOut = fleet.leftOut.map(({ name }) => name);
  const changes = compareSeen(before, looks, leftOut);
  if (schedule.always || isNews(changes))
    await reporter.told(schedule, { fleetId: fleet.fleetId, changes, leftOut });
  await seen.put(
    schedule.id,
    seenAfter(before, looks, { fleetId: fleet.fleetId, at: fleet.startedAt, leftOut }),
  );
}

/**
 * It is told already, or a later run was faster. What is dated in the future was told before the clock was set back: that
 * orders nothing, and until the clock is there again every run would be taken for an old one.
 */
const isTold = (before: string, { startedAt }: ScheduledFleet, now: Date): boolean =>
  before >= startedAt && Date.parse(before) <= now.getTime();

function looksOf({ runs, mutes }: TellPorts, rows: readonly FleetRow[]): Promise<readonly ClusterLook[]> {
  const limit = pLimit(AT_A_TIME);
  return Promise.all(
    rows.map((row) =>
      limit(async () => lookAt(row, await runs.get(row.runId), await mutes.active(row.cluster))),
    ),
  );
}
