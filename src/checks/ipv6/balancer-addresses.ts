import { isIPv4 } from 'node:net';
import type { ServiceView } from '../../cluster/views/service.js';
import { isGlobalIPv6, isIPv6 } from '../cidr.js';
import type { Fact, Judgement, MessageTemplate } from '../judging/define-check.js';
import { listed } from '../listed.js';
import { aboutAll } from './dual-stack.js';

/** What Services tell of their load balancers; whether the Internet reaches an address of one is the load balancer's own setting. */
export const balancerMessages = {
  balancerIPv4Only: {
    severity: 'advice',
    text: '{count} {count:Service has|Services have} an IPv6 cluster IP and a load balancer with IPv4 addresses alone: {services}. Through {count:it|them} nobody comes in over IPv6.',
  },
} as const satisfies Record<string, MessageTemplate>;

export const isBalanced = ({ type, loadBalancerIPs }: ServiceView): boolean =>
  type === 'LoadBalancer' && loadBalancerIPs.length > 0;

const SHOWN = 5;
const nameOf = ({ namespace, name }: ServiceView): string => `${namespace}/${name}`;
const whereOf = (service: ServiceView): string => `Service ${nameOf(service)}, status.loadBalancer`;

export function judgeBalancers(
  all: readonly ServiceView[],
  report: Judgement<typeof balancerMessages>,
): void {
  for (const fact of all.flatMap(factOf).slice(0, SHOWN)) report.fact(fact);
  const lacking = all.filter(lacksIPv6);
  if (lacking.length > 0)
    report.found('balancerIPv4Only', aboutAll('services'), {
      data: { count: lacking.length, services: listed(lacking.map(nameOf)) },
      evidence: lacking.slice(0, SHOWN).map((service) => ({
        where: whereOf(service),
        value: `${service.loadBalancerIPs.join(', ')}; cluster IPs ${service.clusterIPs.join(', ')}`,
      })),
    });
}

function factOf(service: ServiceView): readonly Fact[] {
  const six = service.loadBalancerIPs.filter(isIPv6);
  if (six.length === 0) return [];
  const reach = six.some(isGlobalIPv6) ? '' : ' (no gateway routes it to the Internet)';
  return [
    {
      label: `IPv6 address of the load balancer of ${nameOf(service)}`,
      value: `${six.join(', ')}${reach}`,
      where: whereOf(service),
    },
  ];
}

/** A name may stand for an IPv6 address too. */
const lacksIPv6 = ({ clusterIPs, loadBalancerIPs }: ServiceView): boolean =>
  clusterIPs.some(isIPv6) && loadBalancerIPs.every(isIPv4);
