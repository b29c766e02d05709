import type { ObjectRef } from '../../../cluster/ports.js';
import type { PodView } from '../../../cluster/views/pod.js';
import type { Crash, Crashes } from '../../crashes/crash.js';
import { crashLine, stateEvidence, stateWord } from '../../crashes/crash-evidence.js';
import { groupBy } from '../../group-by.js';
import type { Evidence, Judgement } from '../../judging/define-check.js';
import { listed } from '../../listed.js';
import { lastingFault } from '../terway-pod-state.js';
import type { terwayPodsMessages } from './terway-pods-messages.js';

const SHOWN = 5;
/** A pod this young may simply be starting. */
const GRACE_MS = 120_000;

type Report = Judgement<typeof terwayPodsMessages>;

export interface Subject {
  readonly about: ObjectRef;
  /** Terway pods that are not being deleted. */
  readonly living: readonly PodView[];
}

/** Pods that are down: by known fault, else by state; the youngest apart. */
export function reportDown(
  { about, living, crashes }: Subject & { readonly crashes: Crashes },
  report: Report,
  now: Date,
): void {
  const read = new Map(crashes.crashes.map((crash) => [crash.pod, crash]));
  const down = living.filter(({ ready }) => !ready);
  const refused = down.flatMap((pod) => {
    const fault = lastingFault(pod, read.get(pod));
    return fault === undefined ? [] : [{ pod, ...fault }];
  });
  const told = new Set(refused.map(({ pod }) => pod));
  // One cause repeats itself: pods beyond the sample are told with the cause that its logs name.
  const main = refused.find(({ pod, logged }) => logged && read.has(pod))?.cause;
  const unread = main === undefined ? [] : down.filter((pod) => !told.has(pod) && !read.has(pod));
  for (const [cause, members] of groupBy(refused, (entry) => entry.cause)) {
    const own = [...members.map(({ pod }) => pod), ...(cause === main ? unread : [])];
    report.found('initFailed', about, {
      data: { count: own.length, cause, nodes: nodesOf(own) },
      evidence: members.slice(0, SHOWN).map(({ evidence }) => evidence),
      affects: affectedBy(own),
    });
  }

  const rest = groupBy(
    down.filter((pod) => !told.has(pod) && !unread.includes(pod)),
    (pod) => (isStarting(pod, now) ? undefined : stateWord(pod)),
  );
  for (const [state, members] of rest) {
    const data = { count: members.length, nodes: nodesOf(members) };
    const states = members.slice(0, SHOWN).map(stateEvidence);
    if (state === undefined) report.found('starting', about, { data, evidence: states });
    else
      report.found('notReady', about, {
        data: { ...data, total: living.length, state, last: lastOf(members.map((pod) => read.get(pod))) },
        evidence: [...states, ...linesOf(members.flatMap((pod) => read.get(pod) ?? []))],
        affects: affectedBy(members),
      });
  }
}

const LONGEST = 300;

function lastOf(said: readonly (Crash | undefined)[]): string {
  const last = said.find((crash) => crash?.lastWords !== undefined)?.lastWords;
  return last === undefined ? '' : ` The last words of one: “${last.slice(0, LONGEST)}”.`;
}

const LAST_LINES = 2;

/** The last words of each, and for one the lines before them. */
const linesOf = (said: readonly Crash[]): readonly Evidence[] =>
  said.flatMap((crash, index) => {
    const lines = index === 0 ? crash.lines.slice(-LAST_LINES) : [];
    const last = crash.lastWords === undefined ? [] : [crash.lastWords];
    return [...new Set([...last, ...lines])].map((line) => crashLine(crash, line));
  });

const affectedBy = (down: readonly PodView[]) => ({
  nodes: down.flatMap(({ node }) => node ?? []),
  workloads: down.flatMap(({ owner }) => owner?.name ?? []),
});

const isStarting = (pod: PodView, now: Date): boolean =>
  now.getTime() - Date.parse(pod.createdAt ?? '') < GRACE_MS &&
  pod.containers.every(({ restarts, reason }) => restarts === 0 && !/BackOff|Err/.test(reason ?? ''));

export const nodesOf = (list: readonly PodView[]): string =>
  listed(list.map(({ node }) => node ?? 'no node yet'));
