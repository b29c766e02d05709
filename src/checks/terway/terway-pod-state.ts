import type { PodView } from '../../cluster/views/pod.js';
import type { Crash } from '../crashes/crash.js';
import { crashLine, stateEvidence } from '../crashes/crash-evidence.js';
import { standstill } from '../crashes/standstill.js';
import type { Evidence } from '../judging/define-check.js';
import { terwayExitIn } from './terway-exits.js';

/** Pods that are looked into, and how far back: one cause repeats itself. */
export const CRASH_SAMPLE = { pods: 3, tailLines: 50 };

interface LastingFault {
  readonly cause: string;
  readonly evidence: Evidence;
  /** Only its log says so: what a pod whose log was not read would say too. */
  readonly logged: boolean;
}

/** What keeps a pod down and no restart ends: its state tells it, a container's message, or the log of the one that fails. */
export function lastingFault(pod: PodView, crash: Crash | undefined): LastingFault | undefined {
  const stands = standstill(pod);
  if (stands !== undefined) return { cause: stands, evidence: stateEvidence(pod), logged: false };
  const states = pod.containers.flatMap(({ name, message, ended }) =>
    [message, ended?.message].flatMap((value) =>
      value === undefined
        ? []
        : [{ where: `Pod kube-system/${pod.name} on ${pod.node ?? 'no node'}, container ${name}`, value }],
    ),
  );
  const lines = crash?.lines.toReversed().map((line) => crashLine(crash, line)) ?? [];
  for (const evidence of [...states, ...lines]) {
    const cause = terwayExitIn(evidence.value)?.cause;
    if (cause !== undefined) return { cause, evidence, logged: lines.includes(evidence) };
  }
  return undefined;
}
