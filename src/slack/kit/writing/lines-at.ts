import { lengthOf } from './mrkdwn.js';

/** About what a phone shows of a line. */
const PHONE = 45;

/** Lines that a plain text takes at this width, broken at spaces where it can be. */
export function linesAt(text: string, width = PHONE): number {
  let lines = 1;
  let used = 0;
  for (const word of text.split(' ')) {
    const length = lengthOf(word);
    const next = used === 0 ? length : used + 1 + length;
    if (next <= width) {
      used = next;
      continue;
    }
    const alone = Math.max(1, Math.ceil(length / width));
    lines += used === 0 ? alone - 1 : alone;
    used = length - (alone - 1) * width;
  }
  return lines;
}
