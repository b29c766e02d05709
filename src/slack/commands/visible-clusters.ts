import type { CommandContext } from './command-context.js';

/** Whether this person may see what goes on in a cluster: those who may ask about it, and its approvers. */
export async function maySee({ services, who }: CommandContext, cluster: string) {
  const asking = await services.approvals.may('ask', who, cluster);
  return asking.ok || (await services.approvals.may('reject', who, cluster)).ok
    ? { ok: true as const }
    : asking;
}

/** The entries about clusters that this person may see. */
export async function visible<T extends { readonly cluster: string }>(
  context: CommandContext,
  entries: readonly T[],
): Promise<readonly T[]> {
  const named = [...new Set(entries.map(({ cluster }) => cluster))];
  const answers = await Promise.all(
    named.map(async (name) => [name, (await maySee(context, name)).ok] as const),
  );
  const seen = new Set(answers.filter(([, ok]) => ok).map(([name]) => name));
  return entries.filter(({ cluster }) => seen.has(cluster));
}
