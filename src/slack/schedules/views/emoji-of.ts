import type { ClusterChange } from '../../../jobs/schedule/seen/compare-seen.js';

/** Green only where everything was looked at and nothing is wrong. */
export function emojiOf(changes: readonly ClusterChange[]): string {
  if (changes.some(({ fresh }) => fresh.length > 0)) return ':red_circle:';
  if (changes.some(({ turnedDark, blind }) => turnedDark || blind.length > 0)) return ':large_yellow_circle:';
  if (changes.every(isHealthy)) return ':large_green_circle:';
  if (changes.some(({ mended }) => mended.length > 0)) return ':white_check_mark:';
  return changes.some(({ look }) => look.causes.length > 0) ? ':red_circle:' : ':large_yellow_circle:';
}

export const isHealthy = ({ look }: ClusterChange): boolean => look.verdict?.outcome === 'clear';
