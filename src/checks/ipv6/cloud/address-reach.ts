import type { EgressOnlyRule, Ipv6Address } from '../../../cloud/views/ipv6.js';
import type { SeenInternet } from './see-internet.js';

/**
 * Whether an address has Internet bandwidth. `untold` = the answer lacks what decides; `unlisted` = the VPC knows no such
 * address; `unasked` = it was not looked up.
 */
export type Reach = 'open' | 'none' | 'locked' | 'untold' | 'unlisted' | 'unasked';

export function reachOf(address: string, { byAddress, asked }: SeenInternet): Reach {
  const found = byAddress.get(address);
  if (found === undefined) return asked.has(address) ? 'unlisted' : 'unasked';
  return bandwidthOf(found);
}

function bandwidthOf({ network, bandwidth, business }: Ipv6Address): Reach {
  if (network === 'Private' && (bandwidth ?? 0) === 0) return 'none';
  if (network !== 'Public' || bandwidth === undefined) return 'untold';
  if (bandwidth === 0) return 'none';
  if (business === undefined) return 'untold';
  return business === 'Normal' ? 'open' : 'locked';
}

/** `open` = a rule names the holder of the address, which may have others too. */
export type Ruled = 'in force' | 'changing' | 'none' | 'open';

export function ruleOf(address: string, { byAddress, rules }: SeenInternet): Ruled {
  const found = byAddress.get(address);
  if (found === undefined) return 'open';
  const own = rules.filter(({ target }) => target === found.id);
  if (own.some(isInForce)) return 'in force';
  if (own.length > 0) return 'changing';
  return rules.some(({ target }) => target === found.holder) ? 'open' : 'none';
}

/** The pages of the API name the one state both ways. */
const isInForce = ({ status }: EgressOnlyRule): boolean => status === 'Available' || status === 'Created';

/** What the account says of the address, in its own names. */
export function addressText(address: string, { byAddress }: SeenInternet): string {
  const found = byAddress.get(address);
  if (found === undefined) return 'not listed';
  const { network, bandwidth, business } = found;
  return `NetworkType ${network}, Bandwidth ${bandwidth ?? 'absent'}${business === undefined ? '' : `, BusinessStatus ${business}`}`;
}
