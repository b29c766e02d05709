import type { ClusterReader } from './ports.js';
import { isAtLeast, parseVersion, type Version } from './identity/versions.js';

/**
 * Whether the server's newest `managedFields` time is that of the newest write. From 1.18.11 to 1.24 a client that changes
 * only the value of a key it set before leaves the time as it was, so an object may be younger than it says (kubernetes
 * pull 95240 and its cherry-picks, undone in pull 110058). An unknown version is taken for such a one. A write that an
 * older server left undated stays so after an upgrade: that is not seen here.
 */
export const datesEveryWrite = (kubernetes: Version | undefined): boolean =>
  kubernetes !== undefined && (isAtLeast(kubernetes, '1.25') || !isAtLeast(kubernetes, '1.18.11'));

/** Whether the time that an object shows is that of its newest write. Reads the server's version. */
export async function isDated(reader: ClusterReader, writtenAt: string | undefined): Promise<boolean> {
  if (Number.isNaN(Date.parse(writtenAt ?? ''))) return false;
  const { gitVersion } = await reader.serverVersion();
  return datesEveryWrite(parseVersion(gitVersion));
}

/** Why the time it shows, or does not show, says nothing of an object that looks older than what read it. */
export const whyUndated = (object: string, writtenAt: string | undefined): string =>
  Number.isNaN(Date.parse(writtenAt ?? ''))
    ? `${object} does not say when it was last written`
    : `${object} may have been changed after the time it shows (API servers from 1.18 to 1.24 do not date a second change by the same client)`;
