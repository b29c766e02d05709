/** What is shorter is no key: it would be found by trying. */
export const SHORTEST_AUDIT_KEY = 16;

/**
 * The keys of `ACKNET_AUDIT_KEY`, newest first: comma separated, and of use only from `SHORTEST_AUDIT_KEY` characters
 * on. From before there could be several, a key may hold commas itself: it stands last, and where one of its parts is
 * too short for a key it is read as the one key it was.
 */
export function auditKeys(text: string): readonly string[] {
  const parts = text.split(',');
  const short = parts.findIndex((part) => part.trim().length < SHORTEST_AUDIT_KEY);
  const keys = short === -1 ? parts : [...parts.slice(0, short), parts.slice(short).join(',')];
  return keys.map((key) => key.trim()).filter((key) => key !== '');
}
