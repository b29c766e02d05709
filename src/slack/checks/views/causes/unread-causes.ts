import type { CheckRun } from '../../../../engine/checking/check-run.js';

/** What kept checks from reading the cluster, the widest first. An object that is not there is no such fault. */
export function unreadCauses({ checks }: CheckRun): readonly string[] {
  const counts = new Map<string, number>();
  for (const { unknown } of checks) {
    if (unknown === undefined || !isFault(unknown.code)) continue;
    counts.set(unknown.detail, (counts.get(unknown.detail) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([detail]) => detail);
}

const isFault = (code: string): boolean => code.startsWith('cluster.') && code !== 'cluster.not-found';
