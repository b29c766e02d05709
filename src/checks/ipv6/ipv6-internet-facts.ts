import { type PodView, pods } from '../../cluster/views/pod.js';
import { isGlobalIPv6, isIPv6 } from '../cidr.js';
import { defineCheck, type Evidence } from '../judging/define-check.js';
import { listed } from '../listed.js';
import { holdsAddress } from '../terway/terway-pods.js';
import { aboutAll, hasIPv6, needsDualStack } from './dual-stack.js';

const SHOWN = 8;
/** Read by ack-extend-network-controller. Source: "Configure IPv6 Internet bandwidth for pods". */
const BANDWIDTH = 'k8s.aliyun.com/ipv6-bandwidth';
const EGRESS_ONLY = 'k8s.aliyun.com/ipv6-egress-only';

/** What Kubernetes shows about IPv6 and the Internet; gateway and bandwidth are the VPC's. Source: cluster-signals 7, ack-docs 3.7. */
export const ipv6InternetFacts = defineCheck({
  id: 'ipv6-internet-facts',
  title: 'Facts for IPv6 to and from the Internet (bandwidth itself is not visible)',
  area: 'ipv6',
  intents: ['ipv6-no-inbound-internet', 'ipv6-no-outbound-internet'],
  reads: [{ group: '', resource: 'pods', verbs: ['list'] }],
  appliesTo: needsDualStack,
  messages: {
    noAddress: {
      severity: 'problem',
      text: '{count} {count:pod asks for IPv6 Internet bandwidth but has|pods ask for IPv6 Internet bandwidth but have} no IPv6 address that is routed on the Internet: {pods}.',
    },
    notGlobal: {
      severity: 'advice',
      text: '{count} {count:pod has|pods have} only IPv6 addresses that no gateway routes to the Internet (unique-local or link-local): {pods}.',
      intent: 'ipv6-no-outbound-internet',
    },
    egressOnly: {
      severity: 'advice',
      text: '{count} {count:pod is|pods are} marked egress-only ({pods}): the Internet cannot reach {count:it|them} over IPv6, by design.',
    },
  },

  gather: async (reader) => (await reader.list(pods)).filter((pod) => holdsAddress(pod) && isOfInterest(pod)),

  judge(all, report) {
    const addressed = all.filter(({ ips }) => hasIPv6(ips));
    const local = addressed.filter((pod) => !hasGlobal(pod));
    const asking = all.filter(
      ({ annotations, ips }) => annotations[BANDWIDTH] !== undefined && ips.length > 0,
    );
    const marked = addressed.filter(({ annotations }) => isMarked(annotations[EGRESS_ONLY]));

    report.fact({
      label: 'Pods with an Internet-routed IPv6 address',
      value: `${addressed.length - local.length} of ${addressed.length} with IPv6`,
      where: 'Pods, status.podIPs',
    });
    report.fact({
      label: 'Pods that ask for IPv6 bandwidth',
      value: String(asking.length),
      where: `Pods, annotation ${BANDWIDTH}`,
    });
    const sample = addressed.find(hasGlobal);
    if (sample !== undefined)
      report.fact({
        label: 'To look up in the VPC console',
        value: `${sample.ips.find(isGlobalIPv6)} (${nameOf(sample)})`,
      });

    const unmet = asking.filter((pod) => !hasGlobal(pod));
    if (unmet.length > 0)
      report.found('noAddress', aboutAll('pods'), {
        data: summary(unmet),
        evidence: unmet.slice(0, SHOWN).map(podEvidence),
      });
    if (local.length > 0)
      report.found('notGlobal', aboutAll('pods'), {
        data: summary(local),
        evidence: local.slice(0, SHOWN).map(podEvidence),
      });
    if (marked.length > 0)
      report.found('egressOnly', aboutAll('pods'), {
        data: summary(marked),
        evidence: marked.slice(0, SHOWN).map(podEvidence),
      });
    if (addressed.length === 0)
      report.unknown('check.no-evidence', 'No running pod has an IPv6 address to tell anything about.');
  },
});

const isOfInterest = ({ ips, annotations }: PodView): boolean =>
  hasIPv6(ips) || annotations[BANDWIDTH] !== undefined || annotations[EGRESS_ONLY] !== undefined;

const hasGlobal = ({ ips }: PodView): boolean => ips.some(isGlobalIPv6);
const isMarked = (value: string | undefined): boolean =>
  value !== undefined && !/^(|false|0)$/i.test(value.trim());
const nameOf = ({ namespace, name }: PodView): string => `${namespace}/${name}`;

const summary = (list: readonly PodView[]) => ({
  count: list.length,
  pods: listed(list.map(nameOf), SHOWN),
});

const podEvidence = (pod: PodView): Evidence => ({
  where: `Pod ${nameOf(pod)}, status.podIPs and annotations`,
  value: [
    pod.ips.filter(isIPv6).join(', ') || 'no IPv6 address',
    ...[BANDWIDTH, EGRESS_ONLY].flatMap((key) =>
      pod.annotations[key] === undefined ? [] : [`${key}=${pod.annotations[key]?.slice(0, 40)}`],
    ),
  ].join('; '),
});
