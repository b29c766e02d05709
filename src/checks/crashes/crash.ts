import type { ClusterReader } from '../../cluster/ports.js';
import type { ContainerView, PodView } from '../../cluster/views/pod.js';
import type { AcknetError } from '../../errors.js';
import { type LogOptions, readLog, spread } from '../sample-logs.js';
import { failingContainer, hasRun } from './failing-container.js';
import { isErrorLine, joinBlocks, lastWords } from './last-words.js';

/** A pod of a component that is not Ready, in the words of the container that fails. */
export interface Crash {
  readonly pod: PodView;
  /** undefined = the pod tells of no container that fails: it has no node, or no status yet. */
  readonly container: ContainerView | undefined;
  /** Of the run that ended, where one did, and the message it left; oldest first. */
  readonly lines: readonly string[];
  /** undefined = it said nothing, or was killed without a word on it. */
  readonly lastWords: string | undefined;
  /** Why its log could not be read. */
  readonly unread?: AcknetError | undefined;
}

export interface Crashes {
  /** Of the pods that were looked into. */
  readonly crashes: readonly Crash[];
  /** Pods that are not Ready. */
  readonly of: number;
  readonly unread?: string | undefined;
}

interface CrashSample {
  /** Pods to look into, at most: one cause repeats itself. */
  readonly pods: number;
  readonly tailLines: number;
  readonly limitBytes?: number | undefined;
}

/** Pods that are not Ready and are not on their way out. Leftovers are for the caller to leave out. */
export const downPods = (pods: readonly PodView[]): readonly PodView[] =>
  pods.filter(({ ready, deleting }) => !ready && !deleting);

export async function gatherCrashes(
  reader: ClusterReader,
  pods: readonly PodView[],
  sample: CrashSample,
): Promise<Crashes> {
  return crashesOf(reader, downPods(pods), sample);
}

/** Of these pods, whether they are Ready just now or not. */
export async function crashesOf(
  reader: ClusterReader,
  down: readonly PodView[],
  sample: CrashSample,
): Promise<Crashes> {
  const read = await Promise.all(spread(down, sample.pods).map((pod) => readCrash(reader, pod, sample)));
  return {
    crashes: read,
    of: down.length,
    unread: read.find(({ unread }) => unread !== undefined)?.unread?.message,
  };
}

async function readCrash(
  reader: ClusterReader,
  pod: PodView,
  { tailLines, limitBytes }: CrashSample,
): Promise<Crash> {
  const container = failingContainer(pod) ?? endedContainer(pod);
  if (container === undefined) return { pod, container, lines: [], lastWords: undefined };
  const from = { container: container.name, tailLines, limitBytes };
  const { lines: said, unread } = hasRun(container)
    ? await readRun(reader, pod, { ...from, ended: container.restarts > 0 })
    : { lines: [] };
  const lines = [...joinBlocks(said), ...messageLeft(container)];
  return { pod, container, lines, lastWords: wordsOf(container, lines), unread };
}

/** Of a pod that is Ready again: the container that ended last. */
const endedContainer = ({ containers }: PodView): ContainerView | undefined =>
  containers
    .filter(({ init, restarts, ended }) => !init && restarts > 0 && ended?.at !== undefined)
    .toSorted((a, b) => Date.parse(b.ended?.at ?? '') - Date.parse(a.ended?.at ?? ''))[0];

/** The last line of one that a signal ended says nothing of that, unless it is an error. */
function wordsOf({ ended }: ContainerView, lines: readonly string[]): string | undefined {
  const last = lastWords(lines);
  const code = ended?.exitCode ?? 0;
  const killed = code > 128 && code < 255;
  return last !== undefined && killed && !isErrorLine(last) ? undefined : last;
}

/** What it left as its termination message; not the kubelet's own words on when it tries again. */
const messageLeft = ({ message, reason, ended }: ContainerView): readonly string[] =>
  reason === 'CrashLoopBackOff' && ended?.message === message ? [] : (ended?.message?.split('\n') ?? []);

/** What the run before left says why it ended; where there is none, the present one does. */
async function readRun(
  reader: ClusterReader,
  pod: PodView,
  { ended, ...from }: LogOptions & { readonly ended: boolean },
): Promise<{ readonly lines: readonly string[]; readonly unread?: AcknetError | undefined }> {
  const before = ended ? await readLog(reader, pod, { ...from, previous: true }) : undefined;
  if (before !== undefined && 'lines' in before && before.lines.length > 0) return before;
  const present = await readLog(reader, pod, from);
  return 'lines' in present ? present : { lines: [], unread: present };
}
