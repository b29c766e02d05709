import { count } from '../../../texts/count.js';
import { listed } from '../../listed.js';
import type { SeenCluster } from './see-cluster.js';

type Seen = Pick<SeenCluster, 'detail' | 'vSwitches'>;

/** A line of facts holds this many names, where a message holds five. */
export const MANY = 20;

/** Each with its zone, block and free addresses; an id that the VPC does not list is said to be so. */
export const listedVSwitches = (ids: readonly string[], seen: Seen): string =>
  listed(
    ids.map((id) => describe(id, seen)),
    MANY,
  );

function describe(id: string, { detail, vSwitches }: Seen): string {
  const found = vSwitches.get(id);
  if (found === undefined) return `${id} (not listed in ${detail.vpc})`;
  return `${id} (${found.zone}, ${found.cidr}, ${count(found.free, 'address', 'addresses')} free)`;
}

/** `vsw-a:cn-hangzhou-i,vsw-b:cn-hangzhou-h` -> the ids. */
export const vSwitchIds = (text: string): readonly string[] => text.match(/\bvsw-[a-z0-9]+/g) ?? [];
