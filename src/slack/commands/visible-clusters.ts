import type { Approvals } from '../../approvals/create-approvals.js';
import type { Person } from '../../proposals/proposal.js';

export interface SightPorts {
  readonly approvals: Pick<Approvals, 'maySee'>;
}

/** The entries about clusters that this person may see. */
export async function visible<T extends { readonly cluster: string }>(
  { approvals }: SightPorts,
  who: Person,
  entries: readonly T[],
): Promise<readonly T[]> {
  const named = [...new Set(entries.map(({ cluster }) => cluster))];
  const answers = await Promise.all(
    named.map(async (name) => [name, (await approvals.maySee(who, name)).ok] as const),
  );
  const seen = new Set(answers.filter(([, ok]) => ok).map(([name]) => name));
  return entries.filter(({ cluster }) => seen.has(cluster));
}
