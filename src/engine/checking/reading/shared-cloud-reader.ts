import type { CloudReader, Reading } from '../../../cloud/ports.js';

/** One run's view of the cloud. */
export interface SharedCloud {
  /** `rank` = how much hangs on what is read: of the reads that wait, the highest goes next. */
  reader(rank: number): CloudReader;
}

interface Waiting {
  rank: number;
  start: () => void;
}

/**
 * Whatever is asked for twice is asked once, and a fault is remembered too. Where the account's budget holds reads up, those
 * that decide most come first: only so many are open at one time, and the rest wait in order of rank.
 */
export function createSharedCloud(reader: CloudReader, openAtOnce: number): SharedCloud {
  const reads = new Map<string, { readonly answer: Promise<Reading<unknown>>; readonly waiting: Waiting }>();
  const queue: Waiting[] = [];
  let open = 0;

  const next = (): void => {
    if (open >= openAtOnce || queue.length === 0) return;
    const highest = queue.reduce((best, entry) => (entry.rank > best.rank ? entry : best));
    queue.splice(queue.indexOf(highest), 1);
    open += 1;
    highest.start();
  };
  const ask = (begin: () => Promise<Reading<unknown>>, rank: number) => {
    const waiting: Waiting = { rank, start: () => undefined };
    const turn = new Promise<void>((resolve) => {
      waiting.start = resolve;
    });
    queue.push(waiting);
    // What asks in the same turn is weighed together.
    queueMicrotask(next);
    const answer = turn.then(begin).finally(() => {
      open -= 1;
      next();
    });
    answer.catch(() => undefined);
    return { answer, waiting };
  };

  return {
    reader: (rank) => ({
      cluster: reader.cluster,
      clusterId: reader.clusterId,
      region: reader.region,
      read: (read, query = {}) => {
        const key = JSON.stringify([read.action, Object.entries(query).sort()]);
        const entry = reads.get(key) ?? ask(() => reader.read(read, query), rank);
        entry.waiting.rank = Math.max(entry.waiting.rank, rank);
        reads.set(key, entry);
        return entry.answer as ReturnType<typeof reader.read<never>>;
      },
    }),
  };
}
