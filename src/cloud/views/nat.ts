import { z } from 'zod';
import type { CloudRead } from '../ports.js';

const natGateway = z
  .looseObject({
    NatGatewayId: z.string().min(1),
    /** `internet` or `intranet`. */
    NetworkType: z.string().nullish(),
    Status: z.string().nullish(),
    SnatTableIds: z.looseObject({ SnatTableId: z.array(z.string()) }),
  })
  .transform((raw) => ({
    id: raw.NatGatewayId,
    toInternet:
      raw.NetworkType == null || raw.NetworkType === '' ? undefined : raw.NetworkType === 'internet',
    status: raw.Status ?? undefined,
    snatTables: raw.SnatTableIds.SnatTableId,
  }));
export type NatGateway = z.infer<typeof natGateway>;

export const natGateways: CloudRead<NatGateway> = { action: 'vpc:DescribeNatGateways', schema: natGateway };

const snatEntry = z
  .looseObject({
    SourceCIDR: z.string().nullish(),
    SourceVSwitchId: z.string().nullish(),
    SnatIp: z.string().nullish(),
    Status: z.string().nullish(),
  })
  .transform((raw) => ({
    cidr: raw.SourceCIDR || undefined,
    vSwitch: raw.SourceVSwitchId || undefined,
    addresses: raw.SnatIp ?? '',
    status: raw.Status ?? undefined,
  }));
export type SnatEntry = z.infer<typeof snatEntry>;

export const snatEntries: CloudRead<SnatEntry> = {
  action: 'vpc:DescribeSnatTableEntries',
  schema: snatEntry,
};
