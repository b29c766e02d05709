import type { ClusterChange } from '../../../jobs/schedule/seen/compare-seen.js';

/** Green only where everything that applies was looked at and nothing is wrong. */
export function emojiOf(changes: readonly ClusterChange[]): string {
  if (changes.some(({ fresh }) => fresh.length > 0)) return ':red_circle:';
  if (changes.some(({ turnedDark, blind }) => turnedDark || blind.length > 0)) return ':large_yellow_circle:';
  if (changes.every(appliesNot)) return ':heavy_minus_sign:';
  if (changes.every((change) => isHealthy(change) || appliesNot(change))) return ':large_green_circle:';
  if (changes.some(({ mended }) => mended.length > 0)) return ':white_check_mark:';
  return changes.some(({ look }) => look.causes.length > 0) ? ':red_circle:' : ':large_yellow_circle:';
}

/** Nothing that is asked for concerns this kind of cluster: neither healthy nor not. */
export const appliesNot = ({ look }: ClusterChange): boolean => look.verdict?.outcome === 'not-applicable';

export const isHealthy = ({ look }: ClusterChange): boolean => look.verdict?.outcome === 'clear';
