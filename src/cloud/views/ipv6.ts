import { z } from 'zod';
import type { CloudRead } from '../ports.js';

const ipv6Gateway = z
  .looseObject({
    Ipv6GatewayId: z.string().min(1),
    Status: z.string().min(1),
    BusinessStatus: z.string().nullish(),
  })
  .transform((raw) => ({
    id: raw.Ipv6GatewayId,
    status: raw.Status,
    /** `Normal`, or what locked it. */
    business: raw.BusinessStatus || undefined,
  }));
export type Ipv6Gateway = z.infer<typeof ipv6Gateway>;

/** A VPC has one at most. */
export const ipv6Gateways: CloudRead<Ipv6Gateway> = {
  action: 'vpc:DescribeIpv6Gateways',
  schema: ipv6Gateway,
};

const ipv6Address = z
  .looseObject({
    Ipv6Address: z.string().min(1),
    Ipv6AddressId: z.string().min(1),
    NetworkType: z.string().min(1),
    AssociatedInstanceId: z.string().nullish(),
    Ipv6InternetBandwidth: z
      .looseObject({ Bandwidth: z.int().nullish(), BusinessStatus: z.string().nullish() })
      .nullish(),
  })
  .transform((raw) => ({
    address: raw.Ipv6Address,
    id: raw.Ipv6AddressId,
    /** `Private` = inside the VPC alone. */
    network: raw.NetworkType,
    holder: raw.AssociatedInstanceId || undefined,
    /** Mbit/s. */
    bandwidth: raw.Ipv6InternetBandwidth?.Bandwidth ?? undefined,
    business: raw.Ipv6InternetBandwidth?.BusinessStatus || undefined,
  }));
export type Ipv6Address = z.infer<typeof ipv6Address>;

export const ipv6Addresses: CloudRead<Ipv6Address> = {
  action: 'vpc:DescribeIpv6Addresses',
  schema: ipv6Address,
};

const egressOnlyRule = z
  .looseObject({ InstanceId: z.string().min(1), Status: z.string().min(1) })
  .transform((raw) => ({
    /** The id of the IPv6 address it is for. */
    target: raw.InstanceId,
    status: raw.Status,
  }));
export type EgressOnlyRule = z.infer<typeof egressOnlyRule>;

export const egressOnlyRules: CloudRead<EgressOnlyRule> = {
  action: 'vpc:DescribeIpv6EgressOnlyRules',
  schema: egressOnlyRule,
};
