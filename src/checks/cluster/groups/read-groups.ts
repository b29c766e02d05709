import type { CloudReader } from '../../../cloud/ports.js';
import { securityGroupRules, securityGroups } from '../../../cloud/views/security-group.js';
import type { SecurityGroup } from './security-group.js';

export const groupActions = ['ecs:DescribeSecurityGroups', 'ecs:DescribeSecurityGroupAttribute'] as const;

/** Each with all its rules. A group that the account does not list has no known type, and decides nothing. */
export async function readGroups(
  cloud: CloudReader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, SecurityGroup>> {
  if (ids.length === 0) return new Map();
  const { items } = await cloud.read(securityGroups, { SecurityGroupIds: JSON.stringify(ids) });
  const types = new Map(items.map(({ id, type }) => [id, type]));
  const groups = await Promise.all(ids.map((id) => readGroup(cloud, { id, type: types.get(id) ?? '' })));
  return new Map(groups.map((group) => [group.id, group]));
}

async function readGroup(
  cloud: CloudReader,
  known: Pick<SecurityGroup, 'id' | 'type'>,
): Promise<SecurityGroup> {
  const { items } = await cloud.read(securityGroupRules, { SecurityGroupId: known.id, Direction: 'all' });
  return { ...known, inner: items[0]?.inner, rules: items.flatMap(({ rules }) => rules) };
}
