import { createHash } from 'node:crypto';
import { maskedJson } from '../../masking/mask.js';
import type { RedisClient } from '../../ops/connect-redis.js';
import { onRedis } from '../../ops/on-redis.js';
import { readStored } from '../../ops/read-stored.js';
import { type Incident, incidentSchema } from './incident.js';

/** Where a notification belongs. */
export interface IncidentPlace {
  /** Alertmanager's own group. */
  readonly group: string;
  readonly cluster: string;
  readonly channel: string;
}

/** Whoever writes holds the cluster's lease meanwhile. */
export interface IncidentStore {
  get(id: string): Promise<Incident | undefined>;
  /** That of the group, else, for what begins to fire, the one that grew on the cluster lately. */
  find(place: IncidentPlace, what: { readonly firing: boolean }): Promise<Incident | undefined>;
  /** That whose message shows what the run came to. */
  ofRun(runId: string): Promise<Incident | undefined>;
  save(incident: Incident, place?: IncidentPlace): Promise<void>;
}

const KEEP_SECONDS = 7 * 86_400;
/** What begins within it is told where the rest of the storm is; what begins later has a thread of its own. */
const STORM_SECONDS = 30 * 60;

export function createIncidentStore({
  redis,
  prefix,
}: {
  readonly redis: RedisClient;
  readonly prefix: string;
}): IncidentStore {
  const keyOf = (id: string) => `${prefix}:incident:${id}`;
  const groupKey = (place: IncidentPlace) =>
    `${prefix}:incident-of:${digest([place.group, place.cluster, place.channel])}`;
  const lateKey = ({ cluster, channel }: Omit<IncidentPlace, 'group'>) =>
    `${prefix}:incident-late:${digest([cluster, channel])}`;
  const runKey = (runId: string) => `${prefix}:incident-run:${runId}`;
  const get = async (id: string): Promise<Incident | undefined> =>
    readStored(incidentSchema, await onRedis('read an incident', () => redis.get(keyOf(id))));
  const at = async (key: string): Promise<Incident | undefined> => {
    const id = await onRedis('read an incident', () => redis.get(key));
    return id === null ? undefined : get(id);
  };
  return {
    get,
    find: async (place, { firing }) => {
      const own = await at(groupKey(place));
      // What was resolved long ago and fires again is news, and an edit of an old message is none.
      return !firing || (own !== undefined && own.resolvedAt === undefined) ? own : at(lateKey(place));
    },
    ofRun: (runId) => at(runKey(runId)),
    save: async (incident, place) => {
      await onRedis('keep an incident', async () => {
        const write = redis.multi().set(keyOf(incident.id), maskedJson(incident), 'EX', KEEP_SECONDS);
        const { looked } = incident;
        if (looked !== undefined) write.set(runKey(looked.run), incident.id, 'EX', KEEP_SECONDS);
        if (place !== undefined) {
          write.set(groupKey(place), incident.id, 'EX', KEEP_SECONDS);
          const left = stormLeft(incident);
          if (left > 0) write.set(lateKey(place), incident.id, 'EX', left);
        }
        for (const [error] of (await write.exec()) ?? []) if (error) throw error;
      });
    },
  };
}

const stormLeft = ({ grewAt, toldAt }: Incident): number =>
  Math.ceil(STORM_SECONDS - (Date.parse(toldAt) - Date.parse(grewAt)) / 1000);

const digest = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 32);
