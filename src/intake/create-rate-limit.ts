interface RateLimit {
  /** 0 = go on; else the seconds until the next one may. */
  take(): number;
}

/** So many in any minute, evenly refilled; a burst may use them all at once. */
export function createRateLimit(perMinute: number, now: () => Date): RateLimit {
  let left = perMinute;
  let at = now().getTime();
  return {
    take: () => {
      const moment = now().getTime();
      // A clock that was set back fills nothing, and takes nothing away.
      left = Math.min(perMinute, left + (Math.max(0, moment - at) / 60_000) * perMinute);
      at = moment;
      if (left < 1) return Math.ceil(((1 - left) / perMinute) * 60);
      left -= 1;
      return 0;
    },
  };
}
