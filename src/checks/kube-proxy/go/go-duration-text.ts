const SECOND = 1_000_000_000n;
const UNITS = [
  ['ns', 1n],
  ['µs', 1_000n],
  ['ms', 1_000_000n],
] as const;

/** A duration as Go prints it: `1h15m0s`, `-5m0s`, `250ms`, `0s`. */
export function goDurationText(nanoseconds: bigint): string {
  const sign = nanoseconds < 0n ? '-' : '';
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  if (size === 0n) return '0s';
  if (size < SECOND) return `${sign}${small(size)}`;
  const seconds = size / SECOND;
  const minutes = seconds / 60n;
  const hours = minutes / 60n;
  const rest = `${decimal((seconds % 60n) * SECOND + (size % SECOND), SECOND)}s`;
  if (minutes === 0n) return `${sign}${rest}`;
  return hours === 0n ? `${sign}${minutes}m${rest}` : `${sign}${hours}h${minutes % 60n}m${rest}`;
}

function small(size: bigint): string {
  const [unit, value] = UNITS.findLast(([, one]) => size >= one) ?? UNITS[0];
  return `${decimal(size, value)}${unit}`;
}

/** `amount / one` with no more digits than it needs. */
function decimal(amount: bigint, one: bigint): string {
  const digits = String(one).length - 1;
  const fraction = String(amount % one)
    .padStart(digits, '0')
    .replace(/0{1,9}$/, '');
  return digits === 0 || fraction === '' ? String(amount / one) : `${amount / one}.${fraction}`;
}
