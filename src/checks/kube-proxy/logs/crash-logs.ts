import type { ClusterReader } from '../../../cluster/ports.js';
import type { ContainerView, PodView } from '../../../cluster/views/pod.js';
import { sampleLogs, spread } from '../../sample-logs.js';
import type { KubeProxy } from '../kube-proxies.js';
import { type ToldLine, toldBy } from './log-wordings.js';

/** Pods that are not ready, and whose log is read. */
const SAMPLED = 5;
/** An exit of 1.22 and before prints the stacks of all goroutines behind its reason. */
const TAIL = { tailLines: 1_000, limitBytes: 262_144 };
const LONGEST = 500;

/** How a kube-proxy pod that is not ready ended, in its own words. */
export interface Crash {
  readonly pod: PodView;
  /** The line that names the cause; undefined = none of its lines is known to. */
  readonly cause?: ToldLine | undefined;
  /** Its last words of weight, cut to a length; undefined = its log says nothing. */
  readonly lastLine?: string | undefined;
}

export interface Crashes {
  readonly crashes: readonly Crash[];
  /** Pods that are not ready. */
  readonly of: number;
  readonly unread?: string | undefined;
}

export async function gatherCrashes(reader: ClusterReader, proxy: KubeProxy): Promise<Crashes> {
  const broken = proxy.pods.filter(({ ready, deleting }) => !ready && !deleting);
  const read = await Promise.all(spread(broken, SAMPLED).map((pod) => readCrash(reader, pod)));
  return {
    crashes: read.map(({ crash }) => crash),
    of: broken.length,
    unread: read.find(({ unread }) => unread !== undefined)?.unread,
  };
}

/** The container that is not ready; one that finished its work is an init container. */
export const crashingContainer = ({ containers }: PodView): ContainerView | undefined =>
  containers.find(({ init, ready }) => !init && !ready) ?? containers.find(({ init }) => !init);

/** What the run before left says why it ended; where there is none, the present one does. */
async function readCrash(
  reader: ClusterReader,
  pod: PodView,
): Promise<{ crash: Crash; unread?: string | undefined }> {
  const container = crashingContainer(pod);
  if (container === undefined) return { crash: { pod } };
  const from = { container: container.name, pods: 1, ...TAIL };
  const before =
    container.restarts > 0 ? await sampleLogs(reader, [pod], { ...from, previous: true }) : undefined;
  const earlier = before?.logs[0]?.lines ?? [];
  const { logs, unread } =
    earlier.length > 0
      ? { logs: before?.logs ?? [], unread: undefined }
      : await sampleLogs(reader, [pod], from);
  const lines = [...joinBlocks(logs[0]?.lines ?? []), ...(container.ended?.message?.split('\n') ?? [])];
  return { crash: { pod, cause: causeIn(lines), lastLine: lastLineOf(lines) }, unread };
}

/** The newest line that names a cause; a mode is none, and neither is a port that is only tried again. */
function causeIn(lines: readonly string[]): ToldLine | undefined {
  return lines.flatMap((line) => toldBy(line) ?? []).findLast(({ tells }) => tells !== 'mode');
}

const ERROR = /^[EF]\d{4} |"err":|^Error: |^panic: /;
const STACK = /^(?:goroutine \d|\t|created by |\S+\(.*\)$)/;

/** The last error, else the last line that is no part of a stack. */
function lastLineOf(lines: readonly string[]): string | undefined {
  const told = lines.filter((line) => line.trim() !== '');
  const last =
    told.findLast((line) => ERROR.test(line.slice(0, LONGEST))) ??
    told.findLast((line) => !STACK.test(line.slice(0, LONGEST)));
  return last?.trim().slice(0, LONGEST);
}

/** From klog of 1.24 on an error with line breaks is a block: `err=<`, indented lines, ` >`. */
function joinBlocks(lines: readonly string[]): readonly string[] {
  const joined: string[] = [];
  let open = false;
  for (const line of lines) {
    if (open) joined[joined.length - 1] += ` ${line.trim()}`;
    else joined.push(line);
    open = open ? line.trim() !== '>' : line.endsWith('=<');
  }
  return joined;
}
