import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { AcknetError } from '../../../errors.js';
import type { Sealer } from '../../../ops/audit/keyring.js';
import type { RedisClient } from '../../../ops/connect-redis.js';
import { onRedis } from '../../../ops/on-redis.js';
import { shareUnderWay } from '../../../ops/share-under-way.js';
import type { Directory } from '../../../proposals/ports.js';
import { wireTexts } from '../../../texts/wire.js';
import { slackErrorOf } from '../slack-error.js';

const USER_SECONDS = 60;
const GROUP_SECONDS = 60;
const TEAM_SECONDS = 60;
/** Answers of users.info that mean: there is no such user. */
const absent = new Set(['user_not_found', 'user_not_visible']);

export interface CachedDirectory extends Directory {
  forgetGroup(group: string): Promise<void>;
  forgetUser(user: string): Promise<void>;
}

interface DirectoryOptions {
  readonly client: WebClient;
  readonly redis: RedisClient;
  readonly prefix: string;
  /** Seals what is remembered: who can write to Redis must not say who is an approver. */
  readonly sealer: Sealer;
  readonly now: () => Date;
  /** Milliseconds that only go forward. */
  readonly watch: () => number;
  /** Told of an answer that somebody else wrote; Slack is asked instead. */
  readonly onForged?: (key: string) => void;
}

/** `until` = it is not believed after that, whatever Redis keeps. */
const storedSchema = z.object({ until: z.number(), value: z.unknown(), seal: z.string().optional() });

const personSchema = z.object({
  active: z.boolean(),
  guest: z.boolean(),
  bot: z.boolean(),
  team: z.string(),
});

/** Users and user groups from Slack, cached in Redis so that all processes forget together. Never serves an expired answer. */
export function createDirectory(options: DirectoryOptions): CachedDirectory {
  const { client, redis, prefix } = options;
  const userKey = (user: string) => `${prefix}:people:user:${user}`;
  const groupKey = (group: string) => `${prefix}:people:group:${group}`;

  const team = shareUnderWay<string>({
    keepMs: TEAM_SECONDS * 1000,
    keeps: (known) => known !== '',
    watch: options.watch,
  });

  // Of several questions of one person, who is not known yet, the first asks Slack.
  const asking = shareUnderWay<z.infer<typeof personSchema> | null>();
  /** Users that changed: who asks after that takes no answer that was asked for before. */
  let forgotten = 0;

  const cached = async <T>(
    key: string,
    entry: { schema: z.ZodType<T>; seconds: number; read: () => Promise<T> },
  ): Promise<T> => {
    const stored = await onRedis(wireTexts.attempts.lookUpPerson, () => redis.get(key));
    const parsed = stored === null ? undefined : entry.schema.safeParse(readSealed(options, key, stored));
    if (parsed?.success) return parsed.data;
    const value = await entry.read();
    const text = writeSealed(options, { key, value, seconds: entry.seconds });
    await onRedis(wireTexts.attempts.rememberPerson, () => redis.set(key, text, 'EX', entry.seconds));
    return value;
  };

  return {
    person: ({ user }) =>
      cached(userKey(user), {
        schema: personSchema.nullable(),
        seconds: USER_SECONDS,
        read: () => asking(`${user} ${forgotten}`, () => readPerson(client, user)),
      }).then((person) => person ?? undefined),
    groupMembers: (group) =>
      cached(groupKey(group), {
        schema: z.array(z.string()),
        seconds: GROUP_SECONDS,
        read: () => readGroup(client, group),
      }),
    // A token's team stays the same: each process may know it by itself.
    homeTeam: () => team('', async () => (await client.auth.test()).team_id ?? ''),
    forgetGroup: async (group) => {
      await redis.del(groupKey(group));
    },
    forgetUser: async (user) => {
      forgotten += 1;
      await redis.del(userKey(user));
    },
  };
}

/** undefined = too old, or not what acknet wrote there. */
function readSealed({ sealer, now, onForged }: DirectoryOptions, key: string, stored: string): unknown {
  const parsed = storedSchema.safeParse(parseJson(stored));
  const { until, value, seal } = parsed.success ? parsed.data : { until: 0, value: undefined };
  const found = sealer.check({ place: key, revision: String(until), text: JSON.stringify(value) }, seal);
  if (found !== 'whole' && found !== 'unkeyed') {
    onForged?.(key);
    return undefined;
  }
  return now().getTime() < until ? value : undefined;
}

function writeSealed(
  { sealer, now }: DirectoryOptions,
  { key, value, seconds }: { readonly key: string; readonly value: unknown; readonly seconds: number },
): string {
  const until = now().getTime() + seconds * 1000;
  const seal = sealer.seal({ place: key, revision: String(until), text: JSON.stringify(value) });
  return JSON.stringify({ until, value, seal });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readPerson(client: WebClient, user: string): Promise<z.infer<typeof personSchema> | null> {
  try {
    const { user: found } = await client.users.info({ user });
    if (found === undefined) return null;
    return {
      active: found.deleted !== true,
      guest: found.is_restricted === true || found.is_ultra_restricted === true || found.is_stranger === true,
      bot: found.is_bot === true || found.id === 'USLACKBOT',
      team: found.team_id ?? '',
    };
  } catch (cause) {
    if (absent.has(slackErrorOf(cause) ?? '')) return null;
    throw new AcknetError('slack.failed', wireTexts.whoIs(user), { cause });
  }
}

async function readGroup(client: WebClient, usergroup: string): Promise<string[]> {
  try {
    return (await client.usergroups.users.list({ usergroup })).users ?? [];
  } catch (cause) {
    throw new AcknetError('slack.failed', wireTexts.whoIsIn(usergroup), { cause });
  }
}
