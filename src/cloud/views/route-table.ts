import { z } from 'zod';
import type { CloudRead } from '../ports.js';

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

const routeSummary = z
  .looseObject({
    RouteTableId: z.string().min(1),
    EntrySummarys: z.array(
      z.looseObject({ RouteEntryType: z.string(), Count: z.int().nonnegative().nullish() }),
    ),
  })
  .transform((raw) => ({
    table: raw.RouteTableId,
    /** Absent = not told. */
    custom: raw.EntrySummarys.find(({ RouteEntryType }) => RouteEntryType === 'Custom')?.Count ?? undefined,
  }));
type RouteSummary = z.infer<typeof routeSummary>;

export const routeSummaries: CloudRead<RouteSummary> = {
  action: 'vpc:GetVpcRouteEntrySummary',
  schema: routeSummary,
};
