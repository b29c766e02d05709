import type { Version } from '../../../cluster/identity/versions.js';

/** Minor releases of Kubernetes 1.x in which something holds. */
export interface ReleaseSpan {
  /** First minor; absent = 1.14, the oldest that was read, and before. */
  readonly since?: number | undefined;
  /** First minor in which it no longer holds; absent = 1.36, the newest that was read, still has it. */
  readonly until?: number | undefined;
  /** A minor whose source was not at hand, and in which it may hold already or no longer. */
  readonly unread?: number;
}

type Holds = 'yes' | 'no' | 'not-judged';

const OLDEST_READ = 14;
const NEWEST_READ = 36;
/** Minors of which kube-proxy's own code was not at hand: what it prints there is not told. */
const UNREAD: readonly number[] = [15, 19];

/** The minor of a release whose source was read, or that lies between two; undefined = unknown, older or newer. */
export function readMinor(version: Version | undefined): number | undefined {
  if (version === undefined || version[0] !== 1) return undefined;
  return version[1] < OLDEST_READ || version[1] > NEWEST_READ ? undefined : version[1];
}

/** Outside the releases that were read only what held in all of them is judged. */
export function holdsIn({ since, until, unread }: ReleaseSpan, minor: number | undefined): Holds {
  if (minor === undefined) return since === undefined && until === undefined ? 'yes' : 'not-judged';
  if (minor === unread) return 'not-judged';
  return (since === undefined || minor >= since) && (until === undefined || minor < until) ? 'yes' : 'no';
}

/** Whether the very words of this release are known. */
export const isWordingRead = (minor: number | undefined): minor is number =>
  minor !== undefined && !UNREAD.includes(minor);
