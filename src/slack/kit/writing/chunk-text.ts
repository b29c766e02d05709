import { lengthOf } from './mrkdwn.js';

/**
 * Cuts a text into pieces of at most `limit` code points, at line ends where it can, and never inside a surrogate
 * pair. Nothing is lost: the pieces hold every line. An empty text is no piece.
 */
export function chunkText(text: string, limit: number): string[] {
  const pieces: string[] = [];
  let piece: string[] = [];
  let size = 0;
  const close = () => {
    if (piece.length > 0 && piece.join('\n') !== '') pieces.push(piece.join('\n'));
    piece = [];
    size = 0;
  };
  for (const line of text.split('\n').flatMap((whole) => chunkLine(whole, limit))) {
    const length = lengthOf(line) + 1;
    if (size + length > limit + 1) close();
    piece.push(line);
    size += length;
  }
  close();
  return pieces;
}

function chunkLine(line: string, limit: number): string[] {
  if (lengthOf(line) <= limit) return [line];
  const points = [...line];
  const parts: string[] = [];
  for (let start = 0; start < points.length; ) {
    const end = start + limit >= points.length ? points.length : breakAt(points, start, limit);
    parts.push(points.slice(start, end).join(''));
    start = end;
  }
  return parts;
}

/** Behind the last space of the second half, so that words, entities and mentions stay whole where they can. */
function breakAt(points: readonly string[], start: number, limit: number): number {
  const space = points.slice(start, start + limit).lastIndexOf(' ');
  return space > limit / 2 ? start + space + 1 : start + limit;
}
