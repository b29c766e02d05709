import { z } from 'zod';
import type { CloudRead } from '../ports.js';

const routeTable = z
  .looseObject({
    RouteTableId: z.string().min(1),
    RouteTableType: z.string().nullish(),
    AssociateType: z.string().nullish(),
    VSwitchIds: z.looseObject({ VSwitchId: z.array(z.string()) }).nullish(),
  })
  .transform((raw) => ({
    id: raw.RouteTableId,
    type: raw.RouteTableType ?? undefined,
    /** Those of gateways route no node. */
    ofVSwitches: raw.AssociateType !== 'Gateway',
    vSwitches: raw.VSwitchIds?.VSwitchId ?? [],
  }));
type RouteTable = z.infer<typeof routeTable>;

export const routeTables: CloudRead<RouteTable> = {
  action: 'vpc:DescribeRouteTableList',
  schema: routeTable,
};

const routeEntry = z
  .looseObject({
    DestinationCidrBlock: z.string().min(1),
    Type: z.string().nullish(),
    Status: z.string().min(1),
    NextHops: z.looseObject({
      NextHop: z.array(z.looseObject({ NextHopType: z.string().nullish(), NextHopId: z.string().nullish() })),
    }),
  })
  .transform((raw) => ({
    destination: raw.DestinationCidrBlock,
    custom: raw.Type === 'Custom',
    available: raw.Status === 'Available',
    hops: raw.NextHops.NextHop.map(({ NextHopType, NextHopId }) => ({
      type: NextHopType ?? '',
      id: NextHopId ?? '',
    })),
  }));
export type RouteEntry = z.infer<typeof routeEntry>;

export const routeEntries: CloudRead<RouteEntry> = {
  action: 'vpc:DescribeRouteEntryList',
  schema: routeEntry,
};
