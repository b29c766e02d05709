import type { PodView } from '../cluster/views/pod.js';
import { datesEveryWrite, undatedWrites } from '../cluster/write-times.js';
import type { JudgeContext } from './define-check.js';

interface Reading {
  /** What the pods read when they start, as it is called in a sentence. */
  readonly config: string;
  /** Those that no time shows to be older than it. */
  readonly pods: readonly PodView[];
  readonly startOf?: (pod: PodView) => string | undefined;
}

/** Why it cannot be told whether pods run the present configuration; undefined where the times tell. */
export function untoldRestarts(
  { identity, begunAt }: Pick<JudgeContext, 'identity' | 'begunAt'>,
  { config, pods, startOf = ({ startedAt }) => startedAt }: Reading,
): string | undefined {
  // What a fix restarted read the config after the fix had read it, to the second that pods tell.
  const from = begunAt === undefined ? Number.NaN : Math.floor(begunAt.getTime() / 1000) * 1000;
  const young = (pod: PodView) => Date.parse(startOf(pod) ?? '') >= from;
  if (datesEveryWrite(identity.kubernetes) || pods.every(young)) return undefined;
  return `${undatedWrites(config)}, so whether these ${pods.length} pods run what it says is not known`;
}
