import type { Approvals } from '../../approvals/create-approvals.js';
import type { Person } from '../../proposals/proposal.js';
import { type ClusterNaming, defaultCluster } from './pick-clusters.js';

export interface SightPorts {
  readonly approvals: Pick<Approvals, 'maySee'>;
}

export interface TryPorts extends ClusterNaming {
  readonly approvals: Pick<Approvals, 'allows'>;
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

/** Clusters looked at together; where one of them fits, the others are left alone. */
const AT_ONCE = 20;

/** One that this person may have checked, for an example: the channel's, else the first; undefined = there is none. */
export async function clusterToTry(
  { approvals, ...naming }: TryPorts,
  { who, channel }: { readonly who: Person; readonly channel: string },
): Promise<string | undefined> {
  const own = defaultCluster(naming, channel);
  const others = naming.clusters.names.filter((name) => name !== own);
  const names = own === undefined ? others : [own, ...others];
  return firstAllowed(names, (name) => approvals.allows('ask', who, name));
}

/** The first of the clusters for which a person has the right that `may` asks for; undefined = none. */
export async function firstAllowed(
  names: readonly string[],
  may: (name: string) => Promise<{ readonly ok: boolean }>,
): Promise<string | undefined> {
  for (let at = 0; at < names.length; at += AT_ONCE) {
    const some = names.slice(at, at + AT_ONCE);
    const answers = await Promise.all(some.map(may));
    const found = some.find((_name, index) => answers[index]?.ok);
    if (found !== undefined) return found;
  }
  return undefined;
}
