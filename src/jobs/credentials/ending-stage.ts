const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How near its end a credential is: each stage is told once. */
export type EndingStage = 'week' | 'day' | 'ended';

/** undefined = it holds for more than a week. */
export function endingStage(ends: Date, now: Date): EndingStage | undefined {
  const left = ends.getTime() - now.getTime();
  if (left <= 0) return 'ended';
  if (left <= DAY_MS) return 'day';
  return left <= 7 * DAY_MS ? 'week' : undefined;
}
