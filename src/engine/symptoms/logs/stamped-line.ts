/** A line of a log with its time, and its place in what was read. */
export interface StampedLine {
  readonly at: string;
  readonly line: string;
  readonly index: number;
}

/** What goes on is printed again within it: most try every 30 seconds or few minutes. */
export const FRESH_MS = 300_000;
/** In which repetitions are counted. */
export const WINDOW_MS = 600_000;

/** `2026-11-24T02:58:00.123456789Z E1124 …`; a line without its time is no line of a log. */
export const stampedLines = (lines: readonly string[]): readonly StampedLine[] =>
  lines
    .flatMap((text) => {
      const at = text.slice(0, text.indexOf(' '));
      return Number.isNaN(Date.parse(at)) ? [] : [{ at, line: text.slice(at.length + 1) }];
    })
    .map((entry, index) => ({ ...entry, index }));

export const ageOf = ({ at }: Pick<StampedLine, 'at'>, now: Date): number => now.getTime() - Date.parse(at);
