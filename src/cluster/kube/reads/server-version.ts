import { text } from '../../fields.js';
import type { ServerVersion } from '../../ports.js';
import { readObject } from './read-object.js';
import type { RetryingReads } from './retrying-reads.js';

/** What `/version` says; anything but a version is a fault. */
export async function readVersion(reads: RetryingReads): Promise<ServerVersion> {
  const answer = await readObject(
    reads,
    { path: '/version' },
    { wanted: 'a server’s version', is: (value) => /^v\d+\.\d+/.test(text(value, 'gitVersion') ?? '') },
  );
  // `27+` on managed clusters.
  const digits = (key: string): number => Number.parseInt(text(answer, key) ?? '', 10) || 0;
  return { major: digits('major'), minor: digits('minor'), gitVersion: text(answer, 'gitVersion') ?? '' };
}
