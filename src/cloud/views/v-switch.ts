import { z } from 'zod';
import type { CloudRead } from '../ports.js';

const vSwitch = z
  .looseObject({
    VSwitchId: z.string().min(1),
    ZoneId: z.string().min(1),
    VpcId: z.string().min(1),
    CidrBlock: z.string(),
    AvailableIpAddressCount: z.int().nonnegative(),
    Ipv6CidrBlock: z.string().nullish(),
    ShareType: z.string().nullish(),
    RouteTable: z.looseObject({ RouteTableId: z.string().nullish() }).nullish(),
  })
  .transform((raw) => ({
    id: raw.VSwitchId,
    zone: raw.ZoneId,
    vpc: raw.VpcId,
    cidr: raw.CidrBlock,
    /** IPv4 addresses free at the moment of the asking. */
    free: raw.AvailableIpAddressCount,
    /** Of another account, which decides what of it is to be seen. */
    shared: raw.ShareType != null && raw.ShareType !== '',
    routeTable: raw.RouteTable?.RouteTableId || undefined,
  }));
export type VSwitch = z.infer<typeof vSwitch>;

export const vSwitches: CloudRead<VSwitch> = { action: 'vpc:DescribeVSwitches', schema: vSwitch };

/** Of any VPC, by its id; `cloud.not-found` = there is none. */
export const vSwitchById: CloudRead<VSwitch> = { action: 'vpc:DescribeVSwitchAttributes', schema: vSwitch };
