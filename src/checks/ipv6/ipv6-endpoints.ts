import { unlessAbsent } from '../../cluster/absent.js';
import type { ObjectRef } from '../../cluster/ports.js';
import { type EndpointSliceView, endpointSlices } from '../../cluster/views/endpoint-slice.js';
import { type NetworkPolicyView, networkPolicies } from '../../cluster/views/policies/network-policy.js';
import { type ServiceView, services } from '../../cluster/views/service.js';
import { count } from '../../texts/count.js';
import { parseCidr } from '../cidr.js';
import { defineCheck, type Evidence } from '../judging/define-check.js';
import { groupBy } from '../group-by.js';
import { listed } from '../listed.js';
import { aboutAll, hasIPv6, needsDualStack } from './dual-stack.js';

/** Services told one by one; more than that stand in one finding. */
const ONE_BY_ONE = 10;
const SHOWN = 8;

interface Backed {
  readonly service: ServiceView;
  readonly ready4: number;
  readonly ready6: number;
}

/** Source: FAQ "Cannot access a pod using its IPv6 Cluster IP"; cluster-signals 7, 8.4. */
export const ipv6Endpoints = defineCheck({
  id: 'ipv6-endpoints',
  title: 'IPv6 Services have IPv6 endpoints',
  area: 'ipv6',
  intents: ['ipv6-cluster-ip-unreachable', 'ipv6-pod-unreachable'],
  reads: [
    { group: '', resource: 'services', verbs: ['list'] },
    { group: 'discovery.k8s.io', resource: 'endpointslices', verbs: ['list'] },
    { group: 'networking.k8s.io', resource: 'networkpolicies', verbs: ['list'] },
  ],
  appliesTo: needsDualStack,
  messages: {
    noEndpoint: {
      severity: 'problem',
      text: 'Service {service} has an IPv6 address but no IPv6 endpoint, while {ready} IPv4 {ready:endpoint is|endpoints are} ready: its pods have no IPv6 address.',
    },
    fewer: {
      severity: 'problem',
      text: 'Service {service} has {ready6} ready IPv6 {ready6:endpoint|endpoints} and {ready4} for IPv4: some of its pods have no IPv6 address.',
    },
    others: {
      severity: 'problem',
      text: '{count} further {count:Service has|Services have} fewer IPv6 than IPv4 endpoints: {services}.',
    },
    onlyIPv4Allowed: {
      severity: 'advice',
      text: '{count} {count:NetworkPolicy names|NetworkPolicies name} only IPv4 ranges ({policies}): {count:it lets|they let} nothing in or out by IPv6 range.',
      intent: 'ipv6-pod-unreachable',
    },
  },

  async gather(reader) {
    const [all, slices, policies] = await Promise.all([
      reader.list(services),
      unlessAbsent(reader.list(endpointSlices)),
      reader.list(networkPolicies),
    ]);
    return { services: all.filter(speaksIPv6), slices, policies: policies.filter(namesOnlyIPv4) };
  },

  judge({ services: all, slices, policies }, report) {
    if (policies.length > 0)
      report.found('onlyIPv4Allowed', aboutPolicy(policies), {
        data: { count: policies.length, policies: listed(policies.map(nameOf), SHOWN) },
        evidence: policies.slice(0, SHOWN).map(policyEvidence),
      });
    if (slices === undefined)
      return report.unknown(
        'cluster.not-found',
        'This server has no EndpointSlices (discovery.k8s.io/v1) to read.',
      );
    if (all.length === 0)
      return report.unknown('check.no-evidence', 'No Service has an IPv6 address or selects pods for one.');

    const byService = groupBy(slices, ({ namespace, service }) => `${namespace}/${service}`);
    const backed = all.map((service) => backing(service, byService.get(nameOf(service)) ?? []));
    report.fact({
      label: 'IPv6 Services with ready IPv6 endpoints',
      value: `${backed.filter(({ ready6 }) => ready6 > 0).length} of ${backed.length}`,
      where: 'EndpointSlices, addressType IPv6',
    });
    const short = backed.filter(({ ready4, ready6 }) => ready6 < ready4);
    for (const entry of short.slice(0, ONE_BY_ONE)) {
      const { service, ready4, ready6 } = entry;
      const about = { kind: 'Service', namespace: service.namespace, name: service.name };
      const evidence = [endpointEvidence(entry)];
      const name = nameOf(service);
      if (ready6 === 0)
        report.found('noEndpoint', about, { data: { service: name, ready: ready4 }, evidence });
      else report.found('fewer', about, { data: { service: name, ready6, ready4 }, evidence });
    }
    const rest = short.slice(ONE_BY_ONE);
    if (rest.length > 0)
      report.found('others', aboutAll('services'), {
        data: {
          count: rest.length,
          services: listed(
            rest.map(({ service }) => nameOf(service)),
            SHOWN,
          ),
        },
        evidence: rest.slice(0, SHOWN).map(endpointEvidence),
      });
    if (backed.every(({ ready4, ready6 }) => ready4 + ready6 === 0))
      report.unknown(
        'check.no-evidence',
        `None of the ${count(backed.length, 'IPv6 Service')} has a ready endpoint of either family.`,
      );
  },
});

const nameOf = ({ namespace, name }: { namespace: string; name: string }): string => `${namespace}/${name}`;

const speaksIPv6 = ({ type, clusterIPs, ipFamilies, selector }: ServiceView): boolean =>
  type !== 'ExternalName' &&
  Object.keys(selector).length > 0 &&
  (hasIPv6(clusterIPs) || ipFamilies.includes('IPv6'));

function backing(service: ServiceView, own: readonly EndpointSliceView[]): Backed {
  const ready = (addressType: string): number =>
    own.filter((slice) => slice.addressType === addressType).reduce((sum, slice) => sum + slice.ready, 0);
  return { service, ready4: ready('IPv4'), ready6: ready('IPv6') };
}

const endpointEvidence = ({ service, ready4, ready6 }: Backed): Evidence => ({
  where: `EndpointSlices of Service ${nameOf(service)}`,
  value: `ready: ${ready6} of addressType IPv6, ${ready4} of IPv4; clusterIPs ${service.clusterIPs.join(' ') || 'none'}`,
});

const namesOnlyIPv4 = ({ ipBlocks }: NetworkPolicyView): boolean =>
  ipBlocks.length > 0 && ipBlocks.every((block) => parseCidr(block)?.base.kind() === 'ipv4');

const aboutPolicy = (policies: readonly NetworkPolicyView[]): ObjectRef => {
  const [only, second] = policies;
  return only !== undefined && second === undefined
    ? { kind: 'NetworkPolicy', namespace: only.namespace, name: only.name }
    : aboutAll('networkpolicies');
};

const policyEvidence = (policy: NetworkPolicyView): Evidence => ({
  where: `NetworkPolicy ${nameOf(policy)}, ipBlock.cidr`,
  value: listed([...new Set(policy.ipBlocks)], SHOWN),
});
