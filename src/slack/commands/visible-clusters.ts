import type { CommandContext } from './command-context.js';

/** The entries about clusters that this person may see. */
export async function visible<T extends { readonly cluster: string }>(
  { services, who }: Pick<CommandContext, 'services' | 'who'>,
  entries: readonly T[],
): Promise<readonly T[]> {
  const named = [...new Set(entries.map(({ cluster }) => cluster))];
  const answers = await Promise.all(
    named.map(async (name) => [name, (await services.approvals.maySee(who, name)).ok] as const),
  );
  const seen = new Set(answers.filter(([, ok]) => ok).map(([name]) => name));
  return entries.filter(({ cluster }) => seen.has(cluster));
}
