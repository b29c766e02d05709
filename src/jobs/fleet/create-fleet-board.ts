import { maskedJson } from '../../masking/mask.js';
import type { RedisClient } from '../../ops/connect-redis.js';
import { leaveAside, type OnUnreadable } from '../../ops/leave-aside.js';
import { onRedis } from '../../ops/on-redis.js';
import { type FleetRow, fleetRowSchema } from './fleet-row.js';

/** What is known so far about a fleet's clusters, whichever workers found it out. */
export interface FleetBoard {
  record(fleetId: string, row: FleetRow): Promise<void>;
  /** By cluster. */
  rows(fleetId: string): Promise<ReadonlyMap<string, FleetRow>>;
  /** From here on the message shows the outcome, and no progress any more. */
  close(fleetId: string): Promise<void>;
  isClosed(fleetId: string): Promise<boolean>;
}

const KEEP_SECONDS = 2 * 86_400;

interface FleetBoardOptions {
  readonly redis: RedisClient;
  readonly prefix: string;
  /** Told once of each row that this version cannot read; it counts as not there. */
  readonly onUnreadable?: OnUnreadable;
}

export function createFleetBoard({ redis, prefix, onUnreadable }: FleetBoardOptions): FleetBoard {
  const aside = leaveAside(onUnreadable);
  const readRow = (id: string, text: string): readonly FleetRow[] => {
    try {
      return [fleetRowSchema.parse(JSON.parse(text))];
    } catch (error) {
      aside(id, error);
      return [];
    }
  };
  const rowsKey = (fleetId: string): string => `${prefix}:fleet:${fleetId}`;
  const closedKey = (fleetId: string): string => `${prefix}:fleet-closed:${fleetId}`;
  return {
    record: async (fleetId, row) => {
      const key = rowsKey(fleetId);
      const write = redis.multi().hset(key, row.cluster, maskedJson(row)).expire(key, KEEP_SECONDS);
      await onRedis('keep the result of a cluster', () => write.exec());
    },
    rows: async (fleetId) => {
      const stored = await onRedis('read the results of a fleet', () => redis.hgetall(rowsKey(fleetId)));
      const rows = Object.entries(stored).flatMap(([cluster, text]) =>
        readRow(`${fleetId} ${cluster}`, text),
      );
      return new Map(rows.map((row) => [row.cluster, row]));
    },
    close: async (fleetId) => {
      await onRedis('close a fleet', () => redis.set(closedKey(fleetId), '1', 'EX', KEEP_SECONDS));
    },
    isClosed: async (fleetId) =>
      (await onRedis('look up a fleet', () => redis.exists(closedKey(fleetId)))) === 1,
  };
}
