import { z } from 'zod';
import type { CloudRead } from '../ports.js';

const optional = z.string().nullish();
const isText = (value: string | null | undefined): value is string => Boolean(value);

const networkInterface = z
  .looseObject({
    NetworkInterfaceId: z.string().min(1),
    Status: z.string().min(1),
    Type: z.string().min(1),
    VSwitchId: z.string().min(1),
    CreationTime: z.string().nullish(),
    InstanceId: z.string().nullish(),
    VpcId: z.string().nullish(),
    SecurityGroupIds: z.looseObject({ SecurityGroupId: z.array(z.string()).nullish() }).nullish(),
    PrivateIpSets: z
      .looseObject({
        PrivateIpSet: z
          .array(z.looseObject({ PrivateIpAddress: optional, Primary: z.boolean().nullish() }))
          .nullish(),
      })
      .nullish(),
    Ipv6Sets: z
      .looseObject({ Ipv6Set: z.array(z.looseObject({ Ipv6Address: optional })).nullish() })
      .nullish(),
    Ipv4PrefixSets: z
      .looseObject({ Ipv4PrefixSet: z.array(z.looseObject({ Ipv4Prefix: optional })).nullish() })
      .nullish(),
    Ipv6PrefixSets: z
      .looseObject({ Ipv6PrefixSet: z.array(z.looseObject({ Ipv6Prefix: optional })).nullish() })
      .nullish(),
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
    vpc: raw.VpcId || undefined,
    /** undefined = not told: each is in one at least. */
    groups: raw.SecurityGroupIds?.SecurityGroupId?.length ? raw.SecurityGroupIds.SecurityGroupId : undefined,
    /** The primary one; absent = not told. */
    primaryIp: raw.PrivateIpSets?.PrivateIpSet?.find(({ Primary }) => Primary)?.PrivateIpAddress ?? undefined,
    ips: [
      ...(raw.PrivateIpSets?.PrivateIpSet ?? []).map(({ PrivateIpAddress }) => PrivateIpAddress),
      ...(raw.Ipv6Sets?.Ipv6Set ?? []).map(({ Ipv6Address }) => Ipv6Address),
    ].filter(isText),
    /** Blocks that pods get addresses from in prefix mode. */
    prefixes: [
      ...(raw.Ipv4PrefixSets?.Ipv4PrefixSet ?? []).map(({ Ipv4Prefix }) => Ipv4Prefix),
      ...(raw.Ipv6PrefixSets?.Ipv6PrefixSet ?? []).map(({ Ipv6Prefix }) => Ipv6Prefix),
    ].filter(isText),
    addresses: raw.PrivateIpSets?.PrivateIpSet?.length ?? 0,
    tags: new Map((raw.Tags?.Tag ?? []).map(({ TagKey, TagValue }) => [TagKey ?? '', TagValue ?? ''])),
  }));
export type NetworkInterface = z.infer<typeof networkInterface>;

export const networkInterfaces: CloudRead<NetworkInterface> = {
  action: 'ecs:DescribeNetworkInterfaces',
  schema: networkInterface,
};
