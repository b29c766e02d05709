import type { FileConfig } from './config.js';

/**
 * Where the card of a fix belongs that was asked for in a direct message, which opens for its two people alone: the
 * channel of its cluster. undefined = where it was asked for.
 */
export function cardChannel(
  channels: FileConfig['channels'],
  cluster: string,
  askedIn: string,
): string | undefined {
  if (!/^[DUW]/.test(askedIn)) return undefined;
  return Object.entries(channels).find(([, channel]) => channel.cluster === cluster)?.[0];
}
