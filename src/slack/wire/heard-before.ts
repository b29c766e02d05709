import { setTimeout as sleep } from 'node:timers/promises';
import type { RedisClient } from '../../ops/connect-redis.js';
import { type Lease, type Mark, takeLease } from '../../ops/lease.js';
import { onRedis } from '../../ops/on-redis.js';
import { wireTexts } from '../../texts/wire.js';

/** Longer than Slack retries a delivery. */
const KEEP_SECONDS = 3600;
/** Slack waits three seconds for an acknowledgement. */
const PATIENCE_MS = 1500;
/** A bot that dies at something leaves it to its twin's after so long. */
const LEASE_MS = 5000;
const LOOK_MS = 50;

/**
 * What Slack delivered already: it delivers at least once, and a mention as two events. Atomic over all bots. While
 * Redis is away everything counts as new: what it leads to is guarded by itself, and says what is wrong.
 */
export interface HeardBefore {
  /** Whether this is the first time; from now on it is not, whatever becomes of it. */
  first(id: string): Promise<boolean>;
  /** Does the work unless it was done before. Where somebody is at it, waits, and takes over should they fail. */
  once(id: string, work: () => Promise<void>): Promise<void>;
  /** The same, but of this bot alone and for its latest, without Redis. */
  onceHere(id: string, work: () => Promise<void>): Promise<void>;
}

export function createHeardBefore(redis: RedisClient, prefix: string): HeardBefore {
  const keyOf = (id: string) => `${prefix}:heard:${id}`;
  const onceHere = createOnceHere();

  /** Looks whether it is done only once it is its turn: whoever was at it before may just have ended. */
  const claim = (id: string): Promise<Claim> =>
    takeLease(redis, {
      key: `${prefix}:hearing:${id}`,
      counter: `${prefix}:hearing-token`,
      holder: id,
      leaseMs: LEASE_MS,
      unlessDone: keyOf(id),
    });

  /** Once it is free, or done. 'unknown' = Redis does not say. */
  const turn = async (id: string): Promise<'done' | 'unknown' | Lease> => {
    for (;;) {
      const claimed = await inTime(claim(id), { none: 'unknown' as const, late: letGo });
      if (claimed !== undefined) return claimed;
      await sleep(LOOK_MS);
    }
  };

  const doOnce = async (id: string, work: () => Promise<void>): Promise<void> => {
    const held = await turn(id);
    if (held === 'done') return;
    let done: Mark | undefined;
    try {
      await work();
      done = { key: keyOf(id), keepSeconds: KEEP_SECONDS };
    } finally {
      if (held !== 'unknown') await inTime(held.release(done), { none: undefined });
      else if (done !== undefined)
        await inTime(redis.set(done.key, '1', 'EX', KEEP_SECONDS), { none: undefined });
    }
  };

  return {
    first: async (id) => {
      const noted = onRedis(wireTexts.attempts.noteEvent, () =>
        redis.set(keyOf(id), '1', 'EX', KEEP_SECONDS, 'NX'),
      );
      const isFirst = noted.then((answer) => answer === 'OK');
      return inTime(isFirst, { none: true });
    },
    // The second event of a mention waits for the first without asking Redis again and again.
    once: (id, work) => onceHere(`once:${id}`, () => doOnce(id, work)),
    onceHere,
  };
}

/** Events of one thing mostly come together; what comes later is found in Redis. */
const REMEMBERED = 1000;

function createOnceHere(): HeardBefore['onceHere'] {
  const underWay = new Map<string, Promise<void>>();
  /** In the order in which they were done. */
  const done = new Set<string>();
  const note = (id: string): void => {
    done.add(id);
    const [oldest = id] = done;
    if (done.size > REMEMBERED) done.delete(oldest);
  };
  return async (id, work) => {
    for (let first = underWay.get(id); first !== undefined; first = underWay.get(id))
      if (await ended(first)) return;
    if (done.has(id)) return;
    const doing = work()
      .then(() => note(id))
      .finally(() => underWay.delete(id));
    underWay.set(id, doing);
    await doing;
  };
}

/** undefined = somebody is at it. */
type Claim = Awaited<ReturnType<typeof takeLease>>;

/** Whether it came to a good end. */
const ended = (work: Promise<void>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  );

const letGo = (late: Claim): void => {
  if (typeof late === 'object') late.release().catch(() => undefined);
};

interface Otherwise<T, N> {
  /** Where it fails, or takes too long. */
  readonly none: N;
  /** Told of what comes after all. */
  readonly late?: (value: T) => void;
}

function inTime<T, N>(work: Promise<T>, { none, late }: Otherwise<T, N>): Promise<T | N> {
  return new Promise((resolve) => {
    const tooLate = setTimeout(() => {
      if (late !== undefined) work.then(late, () => undefined);
      resolve(none);
    }, PATIENCE_MS);
    work.then(resolve, () => resolve(none)).finally(() => clearTimeout(tooLate));
  });
}
