import type { RedisClient } from '../../ops/connect-redis.js';
import { acquireLease } from '../../ops/lease.js';
import type { Logger } from '../../ops/log.js';
import type { ScheduleReporter } from '../ports.js';
import type { Schedules } from './create-schedules.js';
import type { Schedule } from './schedule.js';

interface KeepOptions {
  readonly schedules: Pick<Schedules, 'look' | 'enter'>;
  readonly reporter: Pick<ScheduleReporter, 'lost'>;
  readonly redis: RedisClient;
  readonly prefix: string;
  readonly everyMs: number;
  readonly logger: Logger;
}

/**
 * Looks after what Redis keeps of the schedules: those of acknet.yaml are made again where it came back empty, of those
 * that people typed it is said that they are lost.
 */
export async function keepSchedules(options: KeepOptions): Promise<{ stop(): void }> {
  const { schedules, reporter, redis, prefix, everyMs, logger } = options;
  /** One worker at a time: a schedule that two enter at once may run twice. */
  const enter = async (missing: readonly Schedule[]): Promise<void> => {
    const key = `${prefix}:schedules-keeping`;
    const counter = `${prefix}:fleet-token`;
    const lease = await acquireLease(redis, { key, counter, holder: 'keeper', leaseMs: LEASE_MS });
    if (!lease) return;
    try {
      for (const schedule of missing) await schedules.enter(schedule);
    } finally {
      await lease.release();
    }
  };
  const look = async (): Promise<void> => {
    const { lost, missing } = await schedules.look();
    if (missing.length > 0) await enter(missing);
    for (const schedule of lost) {
      logger.error({ schedule: schedule.id, cluster: schedule.cluster }, 'Redis has lost a schedule');
      await reporter.lost(schedule);
    }
  };
  const again = () =>
    look().catch((error: unknown) => logger.debug({ err: error }, 'the schedules were not looked after'));
  await again();
  const timer = setInterval(() => void again(), everyMs);
  return { stop: () => clearInterval(timer) };
}

const LEASE_MS = 10_000;
