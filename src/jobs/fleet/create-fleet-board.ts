import type { RedisClient } from '../../ops/connect-redis.js';
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

export function createFleetBoard({ redis, prefix }: { redis: RedisClient; prefix: string }): FleetBoard {
  const rowsKey = (fleetId: string): string => `${prefix}:fleet:${fleetId}`;
  const closedKey = (fleetId: string): string => `${prefix}:fleet-closed:${fleetId}`;
  return {
    record: async (fleetId, row) => {
      const key = rowsKey(fleetId);
      const write = redis.multi().hset(key, row.cluster, JSON.stringify(row)).expire(key, KEEP_SECONDS);
      await onRedis('keep the result of a cluster', () => write.exec());
    },
    rows: async (fleetId) => {
      const stored = await onRedis('read the results of a fleet', () => redis.hgetall(rowsKey(fleetId)));
      const rows = Object.values(stored).map((text) => fleetRowSchema.parse(JSON.parse(text)));
      return new Map(rows.map((row) => [row.cluster, row]));
    },
    close: async (fleetId) => {
      await onRedis('close a fleet', () => redis.set(closedKey(fleetId), '1', 'EX', KEEP_SECONDS));
    },
    isClosed: async (fleetId) =>
      (await onRedis('look up a fleet', () => redis.exists(closedKey(fleetId)))) === 1,
  };
}
