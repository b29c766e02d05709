import type { Tier } from '../requests/rate-limits.js';
import type { Wire, World } from '../state/world.js';

/** A Web API method of the simulator; docs/sandbox-slack.md has a row for each, held to this by a test. */
export interface Method {
  readonly tier: Tier;
  /** Default `bot`. */
  readonly token?: 'bot' | 'app' | 'none';
  /** The arguments it heeds; others are accepted and ignored. */
  readonly args: readonly string[];
  /** Also limited to one call a second in each channel. */
  readonly perChannel?: boolean;
  /** Throws SlackApiError. */
  run(world: World, args: Args): Wire;
}

/** Arguments with their JSON values parsed. */
export type Args = Readonly<Record<string, unknown>>;
export type Methods = Readonly<Record<string, Method>>;
