import { isIP } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { type Decision, evaluateGroups } from '../../../../src/checks/cluster/groups/evaluate-groups.js';
import type { SecurityGroup } from '../../../../src/checks/cluster/groups/security-group.js';
import { securityGroupRules } from '../../../../src/cloud/views/security-group.js';
import * as tables from './rule-rows.js';
import type { RuleRow } from './rule-rows.js';

/** As the wire has it: what a rule does not name is an empty text. */
function permission(line: string): object {
  const [direction = '', priority, policy, protocol, ports = '', far = '', near = ''] = line.split(' ');
  const [range, sourcePorts = ''] = ports.split('@');
  const [farSide, nearSide] = direction === 'ingress' ? ['Source', 'Dest'] : ['Dest', 'Source'];
  return {
    Direction: direction,
    Priority: priority,
    Policy: policy,
    IpProtocol: protocol,
    PortRange: ports.startsWith('list:') ? '' : range,
    PortRangeListId: ports.startsWith('list:') ? ports.slice(5) : '',
    SourcePortRange: sourcePorts,
    ...endOf(farSide ?? '', far),
    ...endOf(nearSide ?? '', near),
  };
}

function endOf(side: string, end: string): object {
  const isGroup = end.startsWith('sg-');
  const isList = end.startsWith('pl-');
  const isSix = isIP(end.split('/')[0] ?? '') === 6;
  return {
    [`${side}CidrIp`]: isGroup || isList || isSix || end === '-' ? '' : end,
    [`Ipv6${side}CidrIp`]: isSix ? end : '',
    [`${side}GroupId`]: isGroup ? end : '',
    [`${side}PrefixListId`]: isList ? end : '',
  };
}

function groupsOf({
  groups,
  type = 'normal',
  types = {},
  inner = {},
  unread = [],
}: RuleRow): readonly SecurityGroup[] {
  return Object.entries(groups).map(([id, lines]) => {
    const read = securityGroupRules.schema.parse({
      InnerAccessPolicy: id in inner ? inner[id] : 'Accept',
      Permissions: { Permission: lines.map(permission) },
    });
    const kind = { id, type: types[id] ?? type };
    return unread.includes(id)
      ? { ...kind, inner: undefined, rules: 'it did not answer' }
      : { ...kind, ...read };
  });
}

function wordsOf(decision: Decision): string {
  if (decision.policy === 'open') {
    const { why } = decision;
    if (why.kind === 'no-groups') return 'open no-groups';
    if (why.kind === 'node-address') return `open node-address ${why.card}`;
    return why.kind === 'rule'
      ? `open rule ${why.rule.group} ${why.rule.priority}`
      : `open ${why.kind} ${why.group}`;
  }
  if (decision.by === 'rule') return `${decision.policy} ${decision.rule.group} ${decision.rule.priority}`;
  return decision.by === 'members' ? `Accept members ${decision.group}` : `${decision.policy} default`;
}

const judged = (row: RuleRow): string => {
  const {
    packet = 'tcp 443',
    here = '10.0.3.7',
    there = '10.0.40.12',
    thereIn = [],
    direction = 'ingress',
  } = row;
  const [protocol, port] = packet.split(' ');
  return wordsOf(
    evaluateGroups(direction, groupsOf(row), {
      protocol: protocol as 'tcp',
      port: port === undefined ? undefined : Number(port),
      local: here,
      remote: { address: there, groups: thereIn === 'untold' ? undefined : thereIn },
    }),
  );
};

describe.each(Object.entries(tables))('rule sets: %s', (_name, rows) => {
  it.each(Object.entries(rows))('%s', (_title, row) => {
    expect(judged(row)).toBe(row.says);
  });
});

it('are more than sixty', () => {
  expect(Object.values(tables).flatMap((rows) => Object.keys(rows)).length).toBeGreaterThanOrEqual(60);
});

describe('a rule that cannot be read', () => {
  it.each([
    ['no Priority', { Priority: undefined }],
    ['a Priority that is no number', { Priority: 'high' }],
    ['a Policy that is neither', { Policy: 'Maybe' }],
    ['no Direction', { Direction: '' }],
    ['no protocol', { IpProtocol: '' }],
  ])('is none to judge by: %s', (_title, change) => {
    const raw = { ...permission('ingress 1 Accept TCP 443/443 0.0.0.0/0'), ...change };
    const page = { InnerAccessPolicy: 'Accept', Permissions: { Permission: [raw] } };
    expect(securityGroupRules.schema.safeParse(page).success).toBe(false);
  });
});
