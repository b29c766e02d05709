import { z } from 'zod';
import type { CloudRead } from '../ports.js';

const instanceType = z
  .looseObject({
    InstanceTypeId: z.string().min(1),
    EniQuantity: z.int().nonnegative(),
    EniPrivateIpAddressQuantity: z.int().nonnegative(),
    EniTotalQuantity: z.int().nullish(),
    EniTrunkSupported: z.boolean().nullish(),
    EniIpv6AddressQuantity: z.int().nullish(),
  })
  .transform((raw) => ({
    id: raw.InstanceTypeId,
    /** ENIs that can be attached, the primary one among them. */
    enis: raw.EniQuantity,
    addressesPerEni: raw.EniPrivateIpAddressQuantity,
    ipv6PerEni: raw.EniIpv6AddressQuantity ?? undefined,
    /** ENIs behind a trunk; undefined = not told. */
    members: membersOf(raw),
  }));
export type InstanceType = z.infer<typeof instanceType>;

export const instanceTypes: CloudRead<InstanceType> = {
  action: 'ecs:DescribeInstanceTypes',
  schema: instanceType,
};

/** As many as one call takes. */
export const TYPES_PER_CALL = 10;

interface RawTrunk {
  readonly EniQuantity: number;
  readonly EniTotalQuantity?: number | null | undefined;
  readonly EniTrunkSupported?: boolean | null | undefined;
}

function membersOf({ EniQuantity, EniTotalQuantity, EniTrunkSupported }: RawTrunk): number | undefined {
  if (EniTrunkSupported === false) return 0;
  if (EniTrunkSupported !== true || EniTotalQuantity == null) return undefined;
  return Math.max(0, EniTotalQuantity - EniQuantity);
}
