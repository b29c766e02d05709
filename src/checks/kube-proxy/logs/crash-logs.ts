import type { ClusterReader } from '../../../cluster/ports.js';
import { gatherCrashes, type Crash as Said } from '../../crashes/crash.js';
import type { KubeProxy } from '../kube-proxies.js';
import { type ToldLine, toldBy } from './log-wordings.js';

/** An exit of 1.22 and before prints the stacks of all goroutines behind its reason. */
const SAMPLE = { pods: 5, tailLines: 1_000, limitBytes: 262_144 };

/** How a kube-proxy pod that is not ready ended, in its own words. */
export interface Crash extends Said {
  /** The line that names the cause; undefined = none of its lines is known to. */
  readonly cause?: ToldLine | undefined;
}

export interface Crashes {
  readonly crashes: readonly Crash[];
  /** Pods that are not ready. */
  readonly of: number;
  readonly unread?: string | undefined;
}

export async function gatherProxyCrashes(reader: ClusterReader, { pods }: KubeProxy): Promise<Crashes> {
  const said = await gatherCrashes(reader, pods, SAMPLE);
  return { ...said, crashes: said.crashes.map((crash) => ({ ...crash, cause: causeIn(crash.lines) })) };
}

/** The newest line that names a cause; a mode is none, and neither is a port that is only tried again. */
function causeIn(lines: readonly string[]): ToldLine | undefined {
  return lines.flatMap((line) => toldBy(line) ?? []).findLast(({ tells }) => tells !== 'mode');
}
