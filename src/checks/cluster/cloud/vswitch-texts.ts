import { count } from '../../../texts/count.js';
import type { SeenCluster } from './see-cluster.js';

type Seen = Pick<SeenCluster, 'detail' | 'vSwitches'>;

const MANY = 20;

/** Each with its zone, block and free addresses; an id that the VPC does not list is said to be so. */
export function listedVSwitches(ids: readonly string[], seen: Seen): string {
  const named = ids
    .slice(0, MANY)
    .map((id) => describe(id, seen))
    .join(', ');
  return ids.length <= MANY ? named : `${named} and ${ids.length - MANY} more`;
}

function describe(id: string, { detail, vSwitches }: Seen): string {
  const found = vSwitches.get(id);
  if (found === undefined) return `${id} (not listed in ${detail.vpc})`;
  return `${id} (${found.zone}, ${found.cidr}, ${count(found.free, 'address', 'addresses')} free)`;
}

/** `vsw-a:cn-hangzhou-i,vsw-b:cn-hangzhou-h` -> the ids. */
export const vSwitchIds = (text: string): readonly string[] => text.match(/\bvsw-[a-z0-9]+/g) ?? [];
