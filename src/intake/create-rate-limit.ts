interface RateLimit {
  /** 0 = go on; else the seconds until the next one may. */
  take(): number;
  /** What `take` would say, with nothing taken. */
  wait(): number;
}

/** So many in any minute, evenly refilled; a burst may use them all at once. */
export function createRateLimit(perMinute: number, now: () => Date): RateLimit {
  let left = perMinute;
  let at = now().getTime();
  const wait = (): number => {
    const moment = now().getTime();
    // A clock that was set back fills nothing, and takes nothing away.
    left = Math.min(perMinute, left + (Math.max(0, moment - at) / 60_000) * perMinute);
    at = moment;
    return left < 1 ? Math.ceil(((1 - left) / perMinute) * 60) : 0;
  };
  return {
    wait,
    take: () => {
      const seconds = wait();
      if (seconds === 0) left -= 1;
      return seconds;
    },
  };
}
