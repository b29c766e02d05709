import { type Traffic, trafficWords } from '../../judging/named-path.js';
import { listed } from '../../listed.js';
import type { Hop } from './decide-path.js';
import type { OpenReason, OwnedRule } from './evaluate-groups.js';
import { endsOf } from './match-rule.js';

const groupNames = ({ end }: Hop): string => listed(end.card.groups ?? []) || 'no group';

const typeNames = { normal: 'a basic group', enterprise: 'an advanced group' } as const;

/** `Drop by an ingress rule of sg-a: priority 1, Drop, TCP 443/443, from 10.0.0.0/8`. */
export function decisionWords(hop: Hop): string {
  const { decision, direction } = hop;
  if (decision.policy === 'open') return `not to be told: ${openWords(decision.why, hop)}`;
  if (decision.by === 'rule') return `${decision.policy} by ${ruleWords(decision.rule)}`;
  if (decision.by === 'members')
    return `Accept: both are members of ${decision.group}, whose members reach each other`;
  return `${decision.policy}: no ${direction} rule of ${groupNames(hop)} is about it, and ${typeNames[decision.type]} then ${decision.policy === 'Accept' ? 'lets it out' : 'drops it'}`;
}

function ruleWords(rule: OwnedRule): string {
  const { remote, local } = endsOf(rule);
  const [from, here] = rule.direction === 'ingress' ? ['from', 'to'] : ['to', 'from'];
  const parts = [
    `priority ${rule.priority}`,
    rule.policy,
    `${rule.protocol.toUpperCase()} ${rule.portList ?? rule.ports ?? 'no ports told'}`,
    `${from} ${endWords(remote) || 'an end it does not tell'}`,
    ...(endWords(local) === '' ? [] : [`${here} ${endWords(local)}`]),
  ];
  return `an ${rule.direction} rule of ${rule.group}: ${parts.join(', ')}`;
}

const endWords = ({ cidr, cidr6, group, prefixList }: ReturnType<typeof endsOf>['remote']): string =>
  [cidr, cidr6, group, prefixList && `prefix list ${prefixList}`].filter(Boolean).join(' or ');

function openWords(why: OpenReason, { end }: Hop): string {
  if (why.kind === 'no-groups') return `the cloud tells no security group of ${end.card.id}`;
  if (why.kind === 'unread') return `the rules of ${why.group} were not read: ${why.why}`;
  if (why.kind === 'other-end')
    return `whether the other end is a member of ${why.group} too: the cloud tells no security group of it`;
  if (why.kind === 'node-address') return `the cloud tells no primary address of ${why.card}`;
  if (why.kind === 'type' && why.type === '') return `the account does not list ${why.group}`;
  if (why.kind === 'type')
    return `${why.group} has type "${why.type}", beside other groups or unknown to acknet`;
  if (why.kind === 'members') return `${why.group} does not tell whether its members reach each other`;
  return `${ruleWords(why.rule)} would decide, and whether it is about this rests on what is not read (a prefix list, a list of ports, the groups of the other end, the port it starts from, a protocol acknet does not know)`;
}

/** What to change at the end that drops it. */
export function dropAdvice(hop: Hop, traffic: Traffic): string {
  const { decision, direction, remote, of } = hop;
  if (decision.policy === 'Drop' && decision.by === 'rule')
    return decision.rule.priority === 1
      ? 'Change that rule: none goes before priority 1.'
      : `Change that rule, or accept it with a priority below ${decision.rule.priority}.`;
  const side = direction === 'ingress' ? 'from' : 'to';
  const end = of === 'pod' ? remote : `the block that pods have their addresses of (here ${remote})`;
  return `Add an ${direction} rule to ${groupNames(hop)} that accepts ${trafficWords(traffic)} ${side} ${end}.`;
}
