import type { ScenarioGroupRule } from '../../cluster/scenario-schema/security-group-schema.js';

/** `Accept ingress TCP 443/443 from 10.0.0.0/8, priority 1` */
export function ruleLine(rule: ScenarioGroupRule): string {
  const { direction, policy, priority, protocol, portList, ports } = rule;
  const end = rule.cidr ?? rule.cidr6 ?? rule.group ?? rule.prefixList ?? 'nothing';
  const where = portList ?? (ports === '-1/-1' ? undefined : ports);
  const what = [policy, direction, protocol, ...(where === undefined ? [] : [where])].join(' ');
  return `${what} ${direction === 'ingress' ? 'from' : 'to'} ${end}, priority ${priority}`;
}
