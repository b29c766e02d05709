import type { Direction, GroupRule, Policy } from '../../../cloud/views/security-group.js';
import { matchRule, type Packet } from './match-rule.js';
import type { SecurityGroup } from './security-group.js';

export interface OwnedRule extends GroupRule {
  readonly group: string;
}

/** What the groups of one end do with a packet, and what decides it. */
export type Decision =
  | { readonly policy: Policy; readonly by: 'rule'; readonly rule: OwnedRule }
  /** Both ends are members of this basic group, whose members reach each other. */
  | { readonly policy: 'Accept'; readonly by: 'members'; readonly group: string }
  /** No rule of these is about it. */
  | { readonly policy: Policy; readonly by: 'default'; readonly type: GroupType }
  | { readonly policy: 'open'; readonly why: OpenReason };

export type OpenReason =
  | { readonly kind: 'no-groups' }
  /** Rules of one of the groups were not read: any of them may decide. */
  | { readonly kind: 'unread'; readonly group: string; readonly why: string }
  /** It comes to whether the other end is a member too, and the cloud does not tell its groups. */
  | { readonly kind: 'other-end'; readonly group: string }
  /** The node's address may stand in for the pod's, and the cloud does not tell it. */
  | { readonly kind: 'node-address'; readonly card: string }
  | { readonly kind: 'type'; readonly group: string; readonly type: string }
  /** It comes to whether members reach each other, which the group does not tell. */
  | { readonly kind: 'members'; readonly group: string }
  /** Whether this rule is about the packet rests on what is not read, and it would decide otherwise than what follows. */
  | { readonly kind: 'rule'; readonly rule: OwnedRule };

type GroupType = 'normal' | 'enterprise';

/**
 * The groups' rules are one list: by priority, Drop before Accept at the same one, and the first that is about the packet
 * decides. Where none is, a basic group lets out and keeps out, an advanced one does neither. Members of one basic group reach
 * each other before any rule is asked, unless it isolates them.
 * Source: ECS "Security group rules", "Basic and advanced security groups", ModifySecurityGroupPolicy, AuthorizeSecurityGroup.
 */
export function evaluateGroups(
  direction: Direction,
  groups: readonly SecurityGroup[],
  packet: Packet,
): Decision {
  const rules = rulesOf(direction, groups);
  if ('kind' in rules) return { policy: 'open', why: rules };
  const type = typeOf(groups);
  if (typeof type !== 'string') return { policy: 'open', why: type };
  const members = type === 'normal' ? byMembership(groups, packet) : undefined;
  if (members?.policy === 'Accept') return members;
  const decided = byRules(rules, { direction, packet, type });
  // Had its members been told to reach each other, it would be accepted: so that is all that matters.
  return members === undefined || decided.policy === 'Accept' ? decided : members;
}

function typeOf(groups: readonly SecurityGroup[]): GroupType | OpenReason {
  const [first] = groups;
  if (first === undefined) return { kind: 'no-groups' };
  const other = groups.find(({ type }) => type !== first.type || !isKnown(type));
  if (other !== undefined) return { kind: 'type', group: other.id, type: other.type };
  return first.type as GroupType;
}

const isKnown = (type: string): type is GroupType => type === 'normal' || type === 'enterprise';

function byMembership(
  groups: readonly SecurityGroup[],
  { remote }: Packet,
): Extract<Decision, { by: 'members' } | { policy: 'open' }> | undefined {
  const known = remote.groups;
  if (known === undefined) {
    const open = groups.find(({ inner }) => inner !== 'Drop');
    return open && { policy: 'open', why: { kind: 'other-end', group: open.id } };
  }
  const shared = groups.filter(({ id }) => known.includes(id));
  const accepting = shared.find(({ inner }) => inner === 'Accept');
  if (accepting !== undefined) return { policy: 'Accept', by: 'members', group: accepting.id };
  const untold = shared.find(({ inner }) => inner === undefined);
  return untold && { policy: 'open', why: { kind: 'members', group: untold.id } };
}

function byRules(
  rules: readonly OwnedRule[],
  {
    direction,
    packet,
    type,
  }: { readonly direction: Direction; readonly packet: Packet; readonly type: GroupType },
): Decision {
  const doubtful: OwnedRule[] = [];
  const settled = (decision: Exclude<Decision, { policy: 'open' }>): Decision => {
    const contrary = doubtful.find(({ policy }) => policy !== decision.policy);
    return contrary === undefined ? decision : { policy: 'open', why: { kind: 'rule', rule: contrary } };
  };
  for (const rule of rules) {
    const match = matchRule(rule, packet);
    if (match === 'yes') return settled({ policy: rule.policy, by: 'rule', rule });
    if (match === 'maybe') doubtful.push(rule);
  }
  const policy = type === 'normal' && direction === 'egress' ? 'Accept' : 'Drop';
  return settled({ policy, by: 'default', type });
}

/** In the order in which they are asked; or which group keeps its rules to itself. */
function rulesOf(
  direction: Direction,
  groups: readonly SecurityGroup[],
): readonly OwnedRule[] | Extract<OpenReason, { kind: 'unread' }> {
  const all: OwnedRule[] = [];
  for (const { id, rules } of groups) {
    if (typeof rules === 'string') return { kind: 'unread', group: id, why: rules };
    for (const rule of rules) if (rule.direction === direction) all.push({ ...rule, group: id });
  }
  return all.sort((a, b) => a.priority - b.priority || rank(a) - rank(b));
}

const rank = ({ policy }: GroupRule): number => (policy === 'Drop' ? 0 : 1);
