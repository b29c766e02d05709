import { unlessAbsent } from '../../../cluster/absent.js';
import type { ClusterIdentity } from '../../../cluster/identity/identity.js';
import type { ClusterReader, RbacRule } from '../../../cluster/ports.js';
import { isAtLeast } from '../../../cluster/identity/versions.js';
import {
  type ServiceCidrView,
  serviceCidrs,
  serviceCidrsSince,
} from '../../../cluster/views/service-cidr.js';
import { isAcknetError } from '../../../errors.js';
import type { Judgement } from '../../judging/define-check.js';
import { type AddressRange, rangesNamed, uniqueRanges } from './address-range.js';
import type { clusterAddressesMessages } from './cluster-addresses-messages.js';

/** `absent` = the server does not serve them, as an older one; `forbidden` says nothing about them. */
type ServiceCidrs = readonly ServiceCidrView[] | 'absent' | 'forbidden';

export const serviceCidrReads: readonly RbacRule[] = [
  { group: 'networking.k8s.io', resource: 'servicecidrs', verbs: ['list'] },
];

export async function gatherServiceCidrs(reader: ClusterReader): Promise<ServiceCidrs> {
  try {
    return (await unlessAbsent(reader.list(serviceCidrs))) ?? 'absent';
  } catch (error) {
    if (isAcknetError(error, 'cluster.forbidden')) return 'forbidden';
    throw error;
  }
}

/** Made by the API server of its own setting: it cannot be taken away. */
const DEFAULT = 'kubernetes';

/** The ranges that the API server gives addresses of, where it shows them; else those that ConfigMaps of the cluster name. */
export const serviceRanges = (
  shown: ServiceCidrs,
  told: readonly AddressRange[],
): readonly AddressRange[] => {
  const own = typeof shown === 'string' ? [] : shown.flatMap(rangesOfObject);
  return uniqueRanges(own.length > 0 ? own : told);
};

/** One that is not Ready counts too: Services keep the addresses they have of it. */
const rangesOfObject = ({ name, cidrs }: ServiceCidrView): readonly AddressRange[] =>
  cidrs.flatMap((cidr) =>
    rangesNamed(
      name === DEFAULT ? 'Service CIDR' : `ServiceCIDR ${name}`,
      `ServiceCIDR ${name}, spec.cidrs`,
      cidr,
    ).map((range) => ({ ...range, addedAs: name === DEFAULT ? undefined : name })),
  );

/** What a role from before there were any leaves open, for `report.unknown`; undefined = nothing. */
export const unreadServiceCidrs = (
  shown: ServiceCidrs,
  { kubernetes }: ClusterIdentity,
): string | undefined =>
  shown === 'forbidden' && (kubernetes === undefined || isAtLeast(kubernetes, serviceCidrsSince))
    ? 'ServiceCIDR objects may not be listed, so ranges that were added for Services are not known: print the reader’s role again with acknet rbac'
    : undefined;

export function reportNotReady(report: Judgement<typeof clusterAddressesMessages>, seen: ServiceCidrs): void {
  for (const { name, cidrs, notReady } of typeof seen === 'string' ? [] : seen)
    if (notReady !== undefined)
      report.found(
        'notReady',
        { kind: 'ServiceCIDR', name },
        {
          data: { name, ranges: cidrs.join(', '), reason: notReady },
          evidence: [{ where: `ServiceCIDR ${name}, condition Ready`, value: notReady }],
        },
      );
}
