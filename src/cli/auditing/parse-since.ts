import { AcknetError } from '../../errors.js';
import { auditTexts } from '../../texts/cli/audit.js';

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** An ISO time, or how long ago. Throws `usage.invalid` naming the option. */
export function parseSince(text: string, now: Date, option = '--since'): string {
  const [, count, unit = ''] = /^(\d+)([mhd])$/.exec(text) ?? [];
  const at = count === undefined ? Date.parse(text) : now.getTime() - Number(count) * (units[unit] ?? 0);
  if (Number.isFinite(at)) return new Date(at).toISOString();
  throw new AcknetError('usage.invalid', auditTexts.since(text, option));
}
