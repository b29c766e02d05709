import type { PodView } from '../../../cluster/views/pod.js';
import { aboutAll } from '../dual-stack.js';
import { asksForBandwidth, globalOf, isEgressOnly, podName, podSummary, SHOWN } from '../internet-pods.js';
import type { Evidence, Judgement } from '../../judging/define-check.js';
import { listed } from '../../listed.js';
import { addressText, type Reach, type Ruled, reachOf, ruleOf } from './address-reach.js';
import type { internetMessages } from './internet-messages.js';
import type { SeenInternet } from './see-internet.js';

type Report = Judgement<typeof internetMessages>;

/** A pod with an address that can be routed, and what the account says of it. */
interface Placed {
  readonly pod: PodView;
  readonly address: string;
  readonly reach: Reach;
  readonly ruled: Ruled;
  /** An annotation asks for the Internet. */
  readonly wanting: boolean;
}

export function judgeInternet(pods: readonly PodView[], seen: SeenInternet, report: Report): void {
  const placed = pods.flatMap((pod) => place(pod, seen));
  if (placed.length === 0) return;
  const wanting = placed.filter((entry) => entry.wanting);
  if (seen.gateway === undefined) {
    reportNoGateway(wanting, seen, report);
    return;
  }
  judgeGateway(seen.gateway, seen, report);
  showBandwidth(seen, report);
  if (wanting.length === 0) judgeSample(placed, seen, report);
  judgeBandwidth(wanting, seen, report);
  judgeRules(placed, seen, report);
}

/** Marked egress-only, with a rule that holds it to that. */
export const isHeldBack = (pod: PodView, seen: SeenInternet): boolean => {
  const address = globalOf(pod);
  return address !== undefined && ruleOf(address, seen) === 'in force';
};

function place(pod: PodView, seen: SeenInternet): readonly Placed[] {
  const address = globalOf(pod);
  if (address === undefined) return [];
  const wanting = asksForBandwidth(pod) || isEgressOnly(pod);
  return [{ pod, address, reach: reachOf(address, seen), ruled: ruleOf(address, seen), wanting }];
}

function reportNoGateway(wanting: readonly Placed[], { vpc }: SeenInternet, report: Report): void {
  const evidence = [{ where: `DescribeIpv6Gateways, VpcId ${vpc}`, value: 'none' }];
  if (wanting.length > 0)
    report.found('noGateway', aboutAll('pods'), { data: { ...summary(wanting), vpc }, evidence });
  else report.found('vpcOnly', aboutAll('pods'), { data: { vpc }, evidence });
}

function judgeGateway(
  { id, status, business }: NonNullable<SeenInternet['gateway']>,
  { vpc }: SeenInternet,
  report: Report,
): void {
  const said = `Status ${status}, BusinessStatus ${business ?? 'absent'}`;
  report.fact({ label: 'IPv6 gateway', value: `${id} (${said})`, where: 'DescribeIpv6Gateways' });
  if (business !== undefined && business !== 'Normal')
    report.found('gatewayLocked', aboutAll('pods'), {
      data: { gateway: id, vpc, status: business },
      evidence: [{ where: `DescribeIpv6Gateways, ${id}`, value: said }],
    });
  else if (business === undefined || status !== 'Available')
    report.unknown('check.no-evidence', `Whether IPv6 gateway ${id} is in force is not told: ${said}`, [
      'gatewayLocked',
    ]);
}

const showBandwidth = ({ byAddress }: SeenInternet, report: Report): void =>
  report.fact({
    label: 'IPv6 addresses of the VPC with Internet bandwidth',
    value: String([...byAddress.values()].filter(({ network }) => network === 'Public').length),
    where: 'DescribeIpv6Addresses, NetworkType=Public',
  });

/** Where nobody asks for the Internet the addresses looked up stand for the others. */
function judgeSample(placed: readonly Placed[], seen: SeenInternet, report: Report): void {
  const sampled = placed.filter(({ address }) => seen.asked.has(address));
  // One that is open tells that not all are inside the VPC alone.
  if (placed.some(({ reach }) => reach === 'open' || reach === 'locked')) return;
  if (sampled.length > 0 && sampled.every(({ reach }) => reach === 'none'))
    report.found('privateOnly', aboutAll('pods'), {
      data: summary(sampled),
      evidence: addressEvidence(sampled, seen),
    });
  else if (sampled.length > 0) reportUntold(sampled, seen, { report, only: ['privateOnly'] });
}

function judgeBandwidth(wanting: readonly Placed[], seen: SeenInternet, report: Report): void {
  const gateway = seen.gateway?.id ?? '';
  const none = wanting.filter(({ reach }) => reach === 'none');
  if (none.length > 0)
    report.found('noBandwidth', aboutAll('pods'), {
      data: { ...summary(none), gateway },
      evidence: addressEvidence(none, seen),
    });
  const locked = wanting.filter(({ reach }) => reach === 'locked');
  if (locked.length > 0)
    report.found('bandwidthLocked', aboutAll('pods'), {
      data: { ...summary(locked), status: lockWords(locked, seen) },
      evidence: addressEvidence(locked, seen),
    });
  reportUntold(wanting, seen, {
    report,
    only: ['noBandwidth', 'bandwidthLocked', 'egressRule', 'notEnforced'],
  });
}

const lockWords = (locked: readonly Placed[], { byAddress }: SeenInternet): string =>
  listed([...new Set(locked.flatMap(({ address }) => byAddress.get(address)?.business ?? []))]);

interface Open {
  readonly report: Report;
  readonly only: readonly (keyof typeof internetMessages)[];
}

function reportUntold(placed: readonly Placed[], seen: SeenInternet, { report, only }: Open): void {
  const unlisted = placed.filter(({ reach }) => reach === 'unlisted');
  const untold = placed.filter(({ reach }) => reach === 'untold');
  const unasked = placed.filter(({ reach }) => reach === 'unasked').length;
  for (const { pod, address } of unlisted.slice(0, SHOWN))
    report.unknown('check.no-evidence', `VPC ${seen.vpc} lists no ${address} (${podName(pod)})`, only);
  for (const { pod, address } of untold.slice(0, SHOWN))
    report.unknown(
      'check.no-evidence',
      `Whether ${address} (${podName(pod)}) has Internet bandwidth is not told: ${addressText(address, seen)}`,
      only,
    );
  if (unasked > 0)
    report.unknown(
      'check.no-evidence',
      `Of the annotated pods ${unasked} more without listed bandwidth were not looked up`,
      only,
    );
}

function judgeRules(placed: readonly Placed[], seen: SeenInternet, report: Report): void {
  const gateway = seen.gateway?.id ?? '';
  const reached = placed.filter(({ reach }) => reach === 'open' || reach === 'locked');
  const told = (message: 'egressRule' | 'notEnforced' | 'ruleUnasked', members: readonly Placed[]): void => {
    if (members.length > 0)
      report.found(message, aboutAll('pods'), {
        data: { ...summary(members), gateway },
        evidence: ruleEvidence(members, seen),
      });
  };
  const ruled = reached.filter((entry) => entry.ruled === 'in force' && !isEgressOnly(entry.pod));
  told(
    'egressRule',
    ruled.filter(({ wanting }) => wanting),
  );
  told(
    'ruleUnasked',
    ruled.filter(({ wanting }) => !wanting),
  );
  told(
    'notEnforced',
    reached.filter(({ pod, ruled: rule, reach }) => isEgressOnly(pod) && rule === 'none' && reach === 'open'),
  );
  const open = reached.filter(
    ({ ruled: rule, wanting }) => wanting && (rule === 'changing' || rule === 'open'),
  );
  if (open.length > 0)
    report.unknown(
      'check.no-evidence',
      `Whether an egress-only rule holds for ${listed(open.map(({ pod }) => podName(pod)))} is not told: one is being made or deleted, or names the interface of the address`,
      ['egressRule', 'notEnforced'],
    );
}

const summary = (placed: readonly Placed[]) => podSummary(placed.map(({ pod }) => pod));

const addressEvidence = (placed: readonly Placed[], seen: SeenInternet): readonly Evidence[] =>
  placed.slice(0, SHOWN).map(({ pod, address }) => ({
    where: `DescribeIpv6Addresses, ${address} (${podName(pod)})`,
    value: addressText(address, seen),
  }));

const ruleEvidence = (placed: readonly Placed[], { byAddress }: SeenInternet): readonly Evidence[] =>
  placed.slice(0, SHOWN).map(({ pod, address, ruled }) => ({
    where: `DescribeIpv6EgressOnlyRules, ${byAddress.get(address)?.id} (${podName(pod)}, ${address})`,
    value: ruled === 'none' ? 'no rule' : `rule ${ruled}`,
  }));
