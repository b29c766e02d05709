import type { JudgeContext, Mended } from '../../../checks/judging/define-check.js';
import type { ClusterIdentity } from '../../../cluster/identity/identity.js';
import type { ClusterReader } from '../../../cluster/ports.js';
import { clockOffset, serverNow } from '../reading/server-time.js';

export interface MomentOptions {
  readonly now: () => Date;
  readonly since?: Date | undefined;
  readonly mended?: readonly Mended[] | undefined;
}

interface Moment {
  readonly reader: ClusterReader;
  readonly options: MomentOptions;
}

/** What happened in the cluster is dated by the server's clock, so it is judged by that one. `since` was taken by ours. */
export function contextOf({
  reader,
  identity,
  options,
}: Moment & { readonly identity: ClusterIdentity }): JudgeContext {
  const since = options.since && new Date(options.since.getTime() + clockOffset(reader, options.now()));
  return { ...momentOf({ reader, options }), identity, since };
}

export function momentOf({ reader, options }: Moment): Required<Pick<JudgeContext, 'now' | 'mended'>> {
  const now = options.now();
  const offset = clockOffset(reader, now);
  const mended = options.mended?.map((fix) => ({ ...fix, at: new Date(fix.at.getTime() + offset) }));
  return { now: serverNow(reader, now), mended };
}
