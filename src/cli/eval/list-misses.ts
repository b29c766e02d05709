import { evalTexts } from '../../texts/cli/eval.js';

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

export function listMisses(misses: readonly string[]): string {
  const count = `\n${evalTexts.misses(misses.length)}`;
  return [`${count}${misses.length === 0 ? '.' : ':'}`, ...misses, ''].join('\n');
}

export function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= 120 ? line : `${line.slice(0, 119)}…`;
}
