import { isDeepStrictEqual } from 'node:util';
import type { Config, FileConfig } from './config.js';

/** What follows the files while acknet runs; the rest is read at the start. */
const liveKeys = ['clusters', 'channels', 'maintainers', 'people', 'proposals'] as const;

/** The configuration it was started with, in which the live keys are as `now` has them. Read them where they are used. */
export function liveConfig(started: Config, now: () => FileConfig): Config {
  const live = liveKeys.map((key) => [key, { enumerable: true, get: () => now()[key] }] as const);
  return Object.defineProperties({ ...started }, Object.fromEntries(live));
}

/** Keys that differ and take a restart. */
export function waitingForRestart(started: FileConfig, now: FileConfig): readonly string[] {
  const keys = Object.keys(now) as (keyof FileConfig)[];
  const live: readonly string[] = liveKeys;
  return keys.filter((key) => !live.includes(key) && !isDeepStrictEqual(started[key], now[key]));
}
