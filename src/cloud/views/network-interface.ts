import { z } from 'zod';
import type { CloudRead } from '../ports.js';

const networkInterface = z
  .looseObject({
    NetworkInterfaceId: z.string().min(1),
    Status: z.string().min(1),
    Type: z.string().min(1),
    VSwitchId: z.string().min(1),
    CreationTime: z.string().nullish(),
    InstanceId: z.string().nullish(),
    PrivateIpSets: z.looseObject({ PrivateIpSet: z.array(z.unknown()).nullish() }).nullish(),
    Tags: z
      .looseObject({
        Tag: z
          .array(z.looseObject({ TagKey: z.string().nullish(), TagValue: z.string().nullish() }))
          .nullish(),
      })
      .nullish(),
  })
  .transform((raw) => ({
    id: raw.NetworkInterfaceId,
    /** `Available` = attached to nothing. */
    status: raw.Status,
    type: raw.Type,
    vSwitch: raw.VSwitchId,
    created: raw.CreationTime ?? undefined,
    instance: raw.InstanceId || undefined,
    addresses: raw.PrivateIpSets?.PrivateIpSet?.length ?? 0,
    tags: new Map((raw.Tags?.Tag ?? []).map(({ TagKey, TagValue }) => [TagKey ?? '', TagValue ?? ''])),
  }));
export type NetworkInterface = z.infer<typeof networkInterface>;

export const networkInterfaces: CloudRead<NetworkInterface> = {
  action: 'ecs:DescribeNetworkInterfaces',
  schema: networkInterface,
};
