import { isHeadless, type ServiceView, services } from '../../cluster/views/service.js';
import { count } from '../../texts/count.js';
import { defineCheck, type Evidence } from '../judging/define-check.js';
import { listed } from '../listed.js';
import { aboutAll, hasIPv6, needsDualStack } from './dual-stack.js';

/** So many Services are told one by one, each with its fix; more than that in one line. */
const ONE_BY_ONE = 20;
const SHOWN = 8;

/** Source: FAQ "How do I resolve common issues with IPv6 dual-stack?" (cluster IP is shown as IPv4); cluster-signals 7, 8.4. */
export const dualStackServices = defineCheck({
  id: 'dual-stack-services',
  title: 'Services have the address families they ask for',
  area: 'ipv6',
  intents: ['ipv6-cluster-ip-shown-as-ipv4', 'ipv6-cluster-ip-unreachable', 'ipv6-dual-stack'],
  reads: [{ group: '', resource: 'services', verbs: ['list'] }],
  appliesTo: needsDualStack,
  messages: {
    unmet: {
      severity: 'problem',
      text: 'Service {service} asks for both families (ipFamilyPolicy {policy}) but has only {has}: it was not given an IPv6 address.',
      intent: 'ipv6-cluster-ip-unreachable',
    },
    singleStack: {
      severity: 'advice',
      text: 'Service {service} is IPv4 only ({policy}): {effect}. Pods behind it may well have IPv6 addresses.',
      intent: 'ipv6-cluster-ip-unreachable',
    },
    manySingleStack: {
      severity: 'advice',
      text: '{count} further {count:Service is|Services are} IPv4 only, as is usual where nothing else was asked for; {count:it has|they have} no IPv6 cluster IP.',
      intent: 'ipv6-cluster-ip-unreachable',
    },
  },

  gather: async (reader) => (await reader.list(services)).filter(hasAddresses),

  judge(all, report) {
    if (all.length === 0) return report.unknown('check.no-evidence', 'There are no Services to look at.');
    const silent = all.filter(isSilent);
    if (silent.length > 0)
      report.unknown(
        'cluster.malformed',
        `${count(silent.length, 'Service tells', 'Services tell')} neither addresses nor families: ${listed(silent.map(nameOf), SHOWN)}.`,
      );
    const both = all.filter(({ clusterIPs }) => hasIPv6(clusterIPs) && clusterIPs.length > 1);
    report.fact({
      label: 'Services with an IPv6 cluster IP',
      value: `${all.filter(({ clusterIPs }) => hasIPv6(clusterIPs)).length} of ${all.length}${both.length > 0 ? '; kubectl get svc shows only the first address of each' : ''}`,
      where: 'Services, spec.clusterIPs',
    });

    for (const service of all.filter(isUnmet))
      report.found('unmet', aboutService(service), {
        data: {
          service: nameOf(service),
          policy: service.ipFamilyPolicy ?? '',
          has: service.ipFamilies.join(', ') || familiesText(service),
        },
        evidence: [stackEvidence(service)],
      });

    const single = all.filter((service) => isOwn(service) && isSingleStack(service));
    const told = single.slice(0, ONE_BY_ONE);
    for (const service of told)
      report.found('singleStack', aboutService(service), {
        data: {
          service: nameOf(service),
          policy: service.ipFamilyPolicy ?? 'no ipFamilyPolicy',
          effect: isHeadless(service) ? 'DNS answers with no IPv6 address' : 'it has no IPv6 cluster IP',
        },
        evidence: [stackEvidence(service)],
      });
    const rest = single.slice(told.length);
    if (rest.length > 0)
      report.found('manySingleStack', aboutAll('services'), {
        data: { count: rest.length },
        evidence: rest.slice(0, SHOWN).map(stackEvidence),
      });
  },
});

const nameOf = ({ namespace, name }: ServiceView): string => `${namespace}/${name}`;
const aboutService = ({ namespace, name }: ServiceView) => ({ kind: 'Service', namespace, name });
const hasAddresses = ({ type }: ServiceView): boolean => type !== 'ExternalName';

/** The cluster's own Services are not the users' to change. */
const isOwn = ({ namespace, name }: ServiceView): boolean =>
  namespace !== 'kube-system' && !(namespace === 'default' && name === 'kubernetes');

const isSilent = ({ clusterIPs, ipFamilies }: ServiceView): boolean =>
  clusterIPs.length === 0 && ipFamilies.length === 0;

const wantsBoth = ({ ipFamilyPolicy }: ServiceView): boolean =>
  ipFamilyPolicy === 'PreferDualStack' || ipFamilyPolicy === 'RequireDualStack';

/** A headless Service has no cluster IP: its families say what DNS answers with. */
const familyCount = (service: ServiceView): number =>
  isHeadless(service) ? service.ipFamilies.length : service.clusterIPs.length;

const isUnmet = (service: ServiceView): boolean =>
  !isSilent(service) && wantsBoth(service) && familyCount(service) < 2;

/** Headless Services without a selector get their addresses by hand. */
const isSingleStack = (service: ServiceView): boolean =>
  !isSilent(service) &&
  !wantsBoth(service) &&
  !service.ipFamilies.includes('IPv6') &&
  !hasIPv6(service.clusterIPs) &&
  !(isHeadless(service) && Object.keys(service.selector).length === 0);

const familiesText = ({ clusterIPs }: ServiceView): string =>
  clusterIPs.length === 0 ? 'no address' : hasIPv6(clusterIPs) ? 'IPv6' : 'IPv4';

const stackEvidence = (service: ServiceView): Evidence => ({
  where: `Service ${nameOf(service)}, spec`,
  value: `ipFamilyPolicy ${service.ipFamilyPolicy ?? 'absent'}, ipFamilies ${service.ipFamilies.join(' ') || 'absent'}, clusterIPs ${service.clusterIPs.join(' ') || 'absent'}`,
});
