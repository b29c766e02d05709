import type { CloudReader } from '../../../cloud/ports.js';
import { type RulePage, securityGroupRules, securityGroups } from '../../../cloud/views/security-group.js';
import { isAcknetError } from '../../../errors.js';
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
  const pages = await pagesOf(cloud, known.id);
  if (typeof pages === 'string') return { ...known, inner: undefined, rules: pages };
  return { ...known, inner: pages[0]?.inner, rules: pages.flatMap(({ rules }) => rules) };
}

/** Text = what of this one group could not be read; a fault of the call itself is everybody's. */
async function pagesOf(cloud: CloudReader, id: string): Promise<readonly RulePage[] | string> {
  try {
    const { items } = await cloud.read(securityGroupRules, { SecurityGroupId: id, Direction: 'all' });
    return items.length > 0 ? items : 'the answer says nothing of it';
  } catch (error) {
    if (isAcknetError(error, 'cloud.not-found') || isAcknetError(error, 'cloud.malformed'))
      return error.message;
    throw error;
  }
}
