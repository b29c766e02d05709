import { z } from 'zod';
import type { CloudRead } from '../ports.js';

const optional = z
  .string()
  .nullish()
  .transform((text) => text || undefined);

const listedGroup = z
  .looseObject({
    SecurityGroupId: z.string().min(1),
    /** `normal` (basic) or `enterprise` (advanced). */
    SecurityGroupType: z.string().min(1),
  })
  .transform((raw) => ({ id: raw.SecurityGroupId, type: raw.SecurityGroupType }));
type ListedGroup = z.infer<typeof listedGroup>;

/** By `SecurityGroupIds`, a JSON array as text. */
export const securityGroups: CloudRead<ListedGroup> = {
  action: 'ecs:DescribeSecurityGroups',
  schema: listedGroup,
};

/** `Accept` or `Drop`, in any case. */
const policy = z
  .string()
  .transform((text) => text.toLowerCase())
  .pipe(z.enum(['accept', 'drop']))
  .transform((text) => (text === 'accept' ? ('Accept' as const) : ('Drop' as const)));

const groupRule = z
  .looseObject({
    Direction: z.enum(['ingress', 'egress']),
    Policy: policy,
    Priority: z.coerce.number().int().min(1).max(100),
    IpProtocol: z.string().min(1),
    PortRange: optional,
    PortRangeListId: optional,
    SourcePortRange: optional,
    SourceCidrIp: optional,
    Ipv6SourceCidrIp: optional,
    SourceGroupId: optional,
    SourcePrefixListId: optional,
    DestCidrIp: optional,
    Ipv6DestCidrIp: optional,
    DestGroupId: optional,
    DestPrefixListId: optional,
  })
  .transform((raw) => ({
    direction: raw.Direction,
    policy: raw.Policy,
    /** 1 goes first. */
    priority: raw.Priority,
    /** Lower case: `all`, `tcp`, `udp`, `icmp`, `icmpv6`, `gre`. */
    protocol: raw.IpProtocol.toLowerCase(),
    /** `443/443`; `-1/-1` = any. */
    ports: raw.PortRange,
    /** A list of ports kept elsewhere, which is not read. */
    portList: raw.PortRangeListId,
    sourcePorts: raw.SourcePortRange,
    source: {
      cidr: raw.SourceCidrIp,
      cidr6: raw.Ipv6SourceCidrIp,
      group: raw.SourceGroupId,
      /** A list of blocks kept elsewhere, which is not read. */
      prefixList: raw.SourcePrefixListId,
    },
    dest: {
      cidr: raw.DestCidrIp,
      cidr6: raw.Ipv6DestCidrIp,
      group: raw.DestGroupId,
      prefixList: raw.DestPrefixListId,
    },
  }));
export type GroupRule = z.infer<typeof groupRule>;
export type RuleEnd = GroupRule['source'];
export type Direction = GroupRule['direction'];
export type Policy = GroupRule['policy'];

/** A page of a group's rules; each repeats what is said of the group. */
const rulePage = z
  .looseObject({
    InnerAccessPolicy: policy.nullish().catch(undefined),
    Permissions: z.looseObject({ Permission: z.array(groupRule) }),
  })
  .transform((raw) => ({
    /** Whether members of a basic group reach each other whatever its rules say; undefined = not told. */
    inner: raw.InnerAccessPolicy ?? undefined,
    rules: raw.Permissions.Permission,
  }));
export type RulePage = z.infer<typeof rulePage>;

export const securityGroupRules: CloudRead<RulePage> = {
  action: 'ecs:DescribeSecurityGroupAttribute',
  schema: rulePage,
};
