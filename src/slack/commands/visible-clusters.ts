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

/** Of clusters looked at for one to name; the first that fits is enough. */
const LOOKED_AT = 20;

/** One that this person may have checked, for an example: the channel's, or the first. */
export async function clusterToTry(
  { approvals, ...naming }: TryPorts,
  { who, channel }: { readonly who: Person; readonly channel: string },
): Promise<string | undefined> {
  const own = defaultCluster(naming, channel);
  const names = own === undefined ? naming.clusters.names.slice(0, LOOKED_AT) : [own];
  const answers = await Promise.all(names.map(async (name) => (await approvals.allows('ask', who, name)).ok));
  return names.find((_name, at) => answers[at]);
}
