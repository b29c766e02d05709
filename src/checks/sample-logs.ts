import type { ClusterReader } from '../cluster/ports.js';
import type { PodView } from '../cluster/views/pod.js';
import { type AcknetError, isAcknetError } from '../errors.js';
import { readTail } from './read-tail.js';

export interface PodLog {
  readonly pod: string;
  readonly node: string;
  readonly startedAt?: string | undefined;
  readonly lines: readonly string[];
}

/** What was read and what was not: a finding from a sample must say "3 of 80 pods sampled". */
export interface LogSample {
  readonly logs: readonly PodLog[];
  /** Pods that exist, sampled or not. */
  readonly of: number;
  /** Why logs of chosen pods could not be read; first reason. */
  readonly unread?: string | undefined;
}

export interface LogOptions {
  readonly container: string;
  readonly tailLines?: number | undefined;
  readonly limitBytes?: number | undefined;
  readonly sinceTime?: string | undefined;
  /** Of the run before the present one. */
  readonly previous?: boolean | undefined;
  /** Lines begin with their ISO time. */
  readonly timestamps?: boolean | undefined;
}

interface SampleOptions extends LogOptions {
  /** Pods to read, at most. */
  readonly pods: number;
}

/** Reads one container's log of some pods, spread evenly over the list: newest starts are no better than oldest. */
export async function sampleLogs(
  reader: ClusterReader,
  pods: readonly PodView[],
  options: SampleOptions,
): Promise<LogSample> {
  const read = await Promise.all(spread(pods, options.pods).map((pod) => readLog(reader, pod, options)));
  const logs = read.filter((entry): entry is PodLog => !isAcknetError(entry));
  return { logs, of: pods.length, unread: read.find((entry) => isAcknetError(entry))?.message };
}

/** Of one container; the fault where it is not there, forbidden or failing. */
export async function readLog(
  reader: ClusterReader,
  pod: PodView,
  { container, tailLines, limitBytes = 65_536, sinceTime, previous, timestamps }: LogOptions,
): Promise<PodLog | AcknetError> {
  try {
    const lines = await readTail(reader, {
      namespace: pod.namespace,
      pod: pod.name,
      container,
      limitBytes,
      tailLines,
      sinceTime,
      previous,
      timestamps,
    });
    return {
      pod: pod.name,
      node: pod.node ?? '',
      startedAt: pod.startedAt,
      lines,
    };
  } catch (error) {
    if (isAcknetError(error)) return error;
    throw error;
  }
}

export function spread<T>(items: readonly T[], count: number): readonly T[] {
  if (items.length <= count) return items;
  const step = items.length / count;
  return Array.from({ length: count }, (_, index) => items[Math.floor(index * step)] as T);
}
