import type { ClusterReader } from '../../../cluster/ports.js';
import { count } from '../../../texts/count.js';

/** `Date` headers carry whole seconds: below this nothing is told apart. */
const TOLERANCE_MS = 2000;
/** From here on a difference is worth a line. */
const WARN_MS = 60_000;

/** How far the API server's clock is ahead of ours, in milliseconds; 0 also where it told no time. */
export function clockOffset(reader: Pick<ClusterReader, 'serverNow'>, now: Date): number {
  const ahead = (reader.serverNow()?.getTime() ?? now.getTime()) - now.getTime();
  return Math.abs(ahead) < TOLERANCE_MS ? 0 : ahead;
}

/** The time that ages of what is in the cluster are measured by. */
export const serverNow = (reader: Pick<ClusterReader, 'serverNow'>, now: Date): Date =>
  new Date(now.getTime() + clockOffset(reader, now));

/** What a run or a person is told of it; undefined = nothing worth a line. */
export const offsetToTell = (offsetMs: number): number | undefined =>
  Math.abs(offsetMs) < WARN_MS ? undefined : Math.round(offsetMs / 1000);

/** One line for people. */
export function clockWarning(offsetSeconds: number): string {
  const minutes = Math.round(Math.abs(offsetSeconds) / 60);
  const way = offsetSeconds > 0 ? 'behind' : 'ahead of';
  return `acknet's clock is ${count(minutes, 'minute')} ${way} the API server's. Ages were judged by the server's time; set the clock that is wrong.`;
}
