import { type PodView, pods } from '../../cluster/views/pod.js';
import { type ServiceView, services } from '../../cluster/views/service.js';
import { defineCheck } from '../judging/define-check.js';
import { holdsAddress } from '../terway/terway-pods.js';
import { balancerMessages, isBalanced, judgeBalancers } from './balancer-addresses.js';
import { addressText } from './cloud/address-reach.js';
import { internetDecides, internetMessages } from './cloud/internet-messages.js';
import { isHeldBack, judgeInternet } from './cloud/judge-internet.js';
import { internetActions, type SeenInternet, seeInternet } from './cloud/see-internet.js';
import { aboutAll, hasIPv6, needsDualStack } from './dual-stack.js';
import {
  asksForBandwidth,
  BANDWIDTH,
  EGRESS_ONLY,
  globalOf,
  hasGlobal,
  isEgressOnly,
  podEvidence,
  podName,
  podSummary,
  SHOWN,
} from './internet-pods.js';

interface Facts {
  readonly pods: readonly PodView[];
  /** With a load balancer that has its address. */
  readonly balanced: readonly ServiceView[];
}

/** What is known about IPv6 and the Internet; gateway, bandwidth and egress-only rules are the VPC's. Source: cluster-signals 7, ack-docs 3.7, notes on the cloud API 8 and 9. */
export const ipv6InternetFacts = defineCheck({
  id: 'ipv6-internet-facts',
  title: 'Facts for IPv6 to and from the Internet',
  area: 'ipv6',
  intents: ['ipv6-no-inbound-internet', 'ipv6-no-outbound-internet'],
  reads: [
    { group: '', resource: 'pods', verbs: ['list'] },
    { group: '', resource: 'services', verbs: ['list'] },
  ],
  appliesTo: needsDualStack,
  cloud: {
    actions: internetActions,
    shows: 'the IPv6 gateway, which pods have IPv6 Internet bandwidth, and their egress-only rules',
    settles: ['ipv6-no-inbound-internet', 'ipv6-no-outbound-internet'],
    decides: internetDecides,
    asks: ({ pods: all }: Facts) => all.some((pod) => globalOf(pod) !== undefined),
    gather: (cloud, { pods: all }: Facts) => seeInternet(cloud, all),
  },
  messages: {
    ...internetMessages,
    ...balancerMessages,
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

  async gather(reader): Promise<Facts> {
    const [all, balanced] = await Promise.all([reader.list(pods), reader.list(services)]);
    return {
      pods: all.filter((pod) => holdsAddress(pod) && isOfInterest(pod)),
      balanced: balanced.filter(isBalanced),
    };
  },

  judge({ pods: all, balanced }, report, { cloud }) {
    const addressed = all.filter(({ ips }) => hasIPv6(ips));
    const local = addressed.filter((pod) => !hasGlobal(pod));
    const asking = all.filter((pod) => asksForBandwidth(pod) && pod.ips.length > 0);
    // Seen that no rule holds them back, marked pods are not called shut off.
    const marked = addressed.filter(
      (pod) => isEgressOnly(pod) && (cloud === undefined || isHeldBack(pod, cloud)),
    );

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
    showSample(addressed, cloud, report.fact);

    for (const [message, members] of [
      ['noAddress', asking.filter((pod) => !hasGlobal(pod))],
      ['notGlobal', local],
      ['egressOnly', marked],
    ] as const)
      if (members.length > 0)
        report.found(message, aboutAll('pods'), {
          data: podSummary(members),
          evidence: members.slice(0, SHOWN).map(podEvidence),
        });
    judgeBalancers(balanced, report);
    if (cloud !== undefined) judgeInternet(all, cloud, report);
    if (addressed.length === 0)
      report.unknown('check.no-evidence', 'No running pod has an IPv6 address to tell anything about.');
  },
});

/** Where to begin, for whom the cloud is not connected; else what it says of one address. */
function showSample(
  addressed: readonly PodView[],
  cloud: SeenInternet | undefined,
  show: (fact: { readonly label: string; readonly value: string }) => void,
): void {
  const sample = addressed.find((pod) => {
    const address = globalOf(pod);
    return address !== undefined && (cloud === undefined || cloud.byAddress.has(address));
  });
  const address = sample && globalOf(sample);
  if (sample === undefined || address === undefined) return;
  if (cloud === undefined)
    show({ label: 'To look up in the VPC console', value: `${address} (${podName(sample)})` });
  else
    show({
      label: `IPv6 address of ${podName(sample)}`,
      value: `${address}: ${addressText(address, cloud)}`,
    });
}

const isOfInterest = (pod: PodView): boolean =>
  hasIPv6(pod.ips) || asksForBandwidth(pod) || pod.annotations[EGRESS_ONLY] !== undefined;
