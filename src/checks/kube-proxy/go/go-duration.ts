const NANOSECONDS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};
/** A Go duration is an int64 of nanoseconds. */
const LIMIT = 2n ** 63n;
/** Digits beyond these overflow whatever the unit; those of a fraction no longer count. */
const DIGITS = 19;

/**
 * Nanoseconds of a duration, and undefined for exactly what Go's time.ParseDuration refuses: `10s`, `1h15m`, `.5s` and `0`
 * are durations, `10`, `1 h` and `1d` are none. One pass over the text, however long it is.
 */
export function goDuration(text: string): bigint | undefined {
  const negative = text.startsWith('-');
  const unsigned = negative || text.startsWith('+') ? text.slice(1) : text;
  if (unsigned === '0') return 0n;
  let at = 0;
  let sum = 0n;
  do {
    const part = partAt(unsigned, at);
    if (part === undefined) return undefined;
    sum += part.nanoseconds;
    if (sum > LIMIT) return undefined;
    at = part.end;
  } while (at < unsigned.length);
  if (negative) return -sum;
  return sum === LIMIT ? undefined : sum;
}

/** One number with its unit, from `start` on. */
function partAt(text: string, start: number): { nanoseconds: bigint; end: number } | undefined {
  const point = endOf(text, start, isDigit);
  const fraction = text[point] === '.' ? point + 1 : point;
  const unitAt = endOf(text, fraction, isDigit);
  if (point === start && unitAt === fraction) return undefined;
  const end = endOf(text, unitAt, (character) => character !== '.' && !isDigit(character));
  const name = text.slice(unitAt, Math.min(end, unitAt + 3));
  const unit = Object.hasOwn(NANOSECONDS, name) ? NANOSECONDS[name] : undefined;
  const amount = whole(text.slice(start, point));
  if (unit === undefined || amount === undefined) return undefined;
  return { nanoseconds: amount * unit + parts(text.slice(fraction, unitAt), unit), end };
}

function whole(digits: string): bigint | undefined {
  const significant = digits.slice(endOf(digits, 0, (digit) => digit === '0'));
  return significant.length > DIGITS ? undefined : BigInt(significant || '0');
}

/** Nanoseconds behind the point, cut off as Go cuts them. */
function parts(digits: string, unit: bigint): bigint {
  const kept = digits.slice(0, DIGITS - 1);
  return kept === '' ? 0n : (BigInt(kept) * unit) / 10n ** BigInt(kept.length);
}

function endOf(text: string, start: number, within: (character: string) => boolean): number {
  let end = start;
  while (end < text.length && within(text[end] as string)) end += 1;
  return end;
}

const isDigit = (character: string): boolean => character >= '0' && character <= '9';
