import type { JsonObject } from '../../../src/cluster/ports.js';
import {
  clusterGroup,
  type ScenarioGroupRule,
  securityGroupSchema,
} from '../../cluster/scenario-schema/security-group-schema.js';
import { type Answer, CloudRefusal, type CloudWorld } from '../cloud-world.js';
import { idsIn } from '../ids-in.js';

type Group = CloudWorld['scenario']['cloud']['securityGroups'][number];

/** The cluster's own stands beside those of the scenario, unless that has it too. */
export function groupsOf({ scenario: { cloud } }: CloudWorld): readonly Group[] {
  const own = cloud.securityGroups;
  return own.some(({ id }) => id === clusterGroup.id)
    ? own
    : [securityGroupSchema.parse(clusterGroup), ...own];
}

export const describeSecurityGroups: Answer = (world, { SecurityGroupIds }) => {
  const wanted = SecurityGroupIds === undefined ? undefined : idsIn('SecurityGroupIds', SecurityGroupIds);
  return {
    list: groupsOf(world)
      .filter(({ id }) => wanted?.includes(id) ?? true)
      .map(({ id, type }) => ({
        SecurityGroupId: id,
        SecurityGroupType: type,
        VpcId: world.scenario.cloud.vpc.id,
        ServiceManaged: false,
      })),
  };
};

export const describeSecurityGroupAttribute: Answer = (world, { SecurityGroupId, Direction = 'all' }) => {
  if (SecurityGroupId === undefined)
    throw new CloudRefusal(400, 'MissingParameter', 'The input parameter "SecurityGroupId" is missing.');
  if (!['ingress', 'egress', 'all'].includes(Direction))
    throw new CloudRefusal(400, 'InvalidParameter', 'The specified Direction is invalid.');
  const group = groupsOf(world).find(({ id }) => id === SecurityGroupId);
  if (group === undefined)
    throw new CloudRefusal(
      404,
      'InvalidSecurityGroupId.NotFound',
      'The specified SecurityGroupId does not exist.',
    );
  return {
    list: group.rules
      .filter(({ direction }) => Direction === 'all' || direction === Direction)
      .map(permission),
    beside: {
      SecurityGroupId: group.id,
      VpcId: world.scenario.cloud.vpc.id,
      InnerAccessPolicy: group.type === 'enterprise' ? 'Drop' : group.inner,
    },
  };
};

/** As the cloud writes a rule: what it does not name is an empty text, priorities are texts. */
function permission(rule: ScenarioGroupRule): JsonObject {
  const far = rule.direction === 'ingress' ? 'Source' : 'Dest';
  const near = far === 'Source' ? 'Dest' : 'Source';
  return {
    Direction: rule.direction,
    Policy: rule.policy,
    Priority: String(rule.priority),
    IpProtocol: rule.protocol,
    PortRange: rule.portList === undefined ? rule.ports : '',
    PortRangeListId: rule.portList ?? '',
    SourcePortRange: '',
    NicType: 'intranet',
    [`${far}CidrIp`]: rule.cidr ?? '',
    [`Ipv6${far}CidrIp`]: rule.cidr6 ?? '',
    [`${far}GroupId`]: rule.group ?? '',
    [`${far}PrefixListId`]: rule.prefixList ?? '',
    [`${near}CidrIp`]: '',
    [`Ipv6${near}CidrIp`]: '',
    [`${near}GroupId`]: '',
    [`${near}PrefixListId`]: '',
  };
}
