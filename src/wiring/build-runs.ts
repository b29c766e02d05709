import { createRunStore } from '../jobs/check/create-run-store.js';
import { createScheduleStore } from '../jobs/schedule/create-schedule-store.js';
import { createSchedules } from '../jobs/schedule/create-schedules.js';
import { schedulesInFile } from '../jobs/schedule/schedule.js';
import { createSeenStore } from '../jobs/schedule/seen/create-seen-store.js';
import type { Ledger } from '../ops/audit/ledger.js';
import type { Given } from './app-ports.js';
import { unreadable } from './unreadable.js';

/** Runs as they are kept, and the schedules that ask for some. */
export function buildRuns({ config, ports, tuning: { prefix } }: Given, ledger: Ledger) {
  const { redis, now, logger } = ports;
  const seen = createSeenStore(redis, prefix);
  const onUnverified = () => logger.error({}, 'the stored schedules do not verify, and none of them runs');
  return {
    seen,
    runs: createRunStore({
      redis,
      prefix,
      keepDays: config.retention.runs.days,
      keepMost: config.retention.runs.most,
      onUnreadable: unreadable(logger, 'check run'),
    }),
    schedules: createSchedules({
      connection: redis,
      prefix,
      seen,
      now,
      inFile: schedulesInFile(config),
      store: createScheduleStore({ prefix, ledger, now, onUnverified }),
    }),
  };
}
