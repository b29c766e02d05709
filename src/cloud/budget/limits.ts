/** What acknet takes of an account's rate limits at most, however many workers and clusters share it. */
export interface CloudLimits {
  /** Calls of one API in any 60 seconds. */
  readonly perApi: number;
  /** Calls of all APIs in any 60 seconds. */
  readonly perMinute: number;
  /** Calls open at one time. */
  readonly atOnce: number;
}

/** 4 to 10 % of what Terway allows itself (terway pkg/aliyun/client/ratelimit.go): a check must not cost a pod its address. */
export const mostCalls: CloudLimits = { perApi: 30, perMinute: 120, atOnce: 5 };

export const WINDOW_MS = 60_000;
/** How long an API that the cloud throttled is left alone. */
export const BREAKER_MS = 60_000;
