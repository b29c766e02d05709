import { isAtLeast, type Version } from './versions.js';

/**
 * Whether the server's newest `managedFields` time is that of the newest write. From 1.19 to 1.24 a client that changes only
 * the value of a key it set before leaves the time as it was, so an object may be younger than it says (kubernetes
 * pull 95240, undone in pull 110058). An unknown version is taken for such a one.
 */
export const datesEveryWrite = (kubernetes: Version | undefined): boolean =>
  kubernetes !== undefined && (isAtLeast(kubernetes, '1.25') || !isAtLeast(kubernetes, '1.19'));

/** Why times say nothing of an object that looks older than what read it. */
export const undatedWrites = (object: string): string =>
  `${object} may have been changed after the time it shows: API servers from 1.19 to 1.24 do not date a second change by the same client`;
