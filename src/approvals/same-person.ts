import type { Person } from '../proposals/proposal.js';

/** Accounts are one person only where the configuration's `people` says so. */
export function samePerson(
  people: Readonly<Record<string, readonly string[]>>,
  one: Person,
  other: Person,
): boolean {
  if (one.user === other.user) return true;
  return Object.values(people).some(
    (accounts) => accounts.includes(one.user) && accounts.includes(other.user),
  );
}
