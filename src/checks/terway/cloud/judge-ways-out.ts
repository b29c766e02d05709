import type { Judgement, MessageTemplate } from '../../judging/define-check.js';
import { listed } from '../../listed.js';
import { eniConfig } from '../terway-config.js';
import type { WaysOut } from './see-ways-out.js';

/** What only the cloud can bring about the way of pods to the Internet. */
export const wayOutMessages = {
  noSnat: {
    severity: 'problem',
    text: 'Pods with addresses of {vSwitch} ({cidr}) cannot reach the Internet: its default route leads to NAT gateway {gateway}, and no SNAT entry covers it. Add one for {vSwitch}, or for a block that holds {cidr}.',
  },
  noRoute: {
    severity: 'problem',
    text: 'Pods with addresses of {vSwitch} ({cidr}) cannot reach the Internet: route table {table} has no route 0.0.0.0/0, although a NAT gateway is there ({gateways}).',
  },
  noGateway: {
    severity: 'advice',
    text: 'The VPC has no NAT gateway, and {vSwitches} no default route: pods reach the Internet only with addresses of their own (EIP). Where that is meant, nothing is wrong.',
    intent: null,
  },
} as const satisfies Record<string, MessageTemplate>;

export const wayOutDecides = ['noSnat', 'noRoute', 'noGateway'] as const;

const snatWords = {
  covered: 'covered by an SNAT entry',
  changing: 'an SNAT entry that is not in force',
  none: 'no SNAT entry',
} as const;

export function judgeWaysOut(
  { ways, gateways, unseen }: WaysOut,
  { report }: { readonly report: Judgement<typeof wayOutMessages> },
): void {
  const where = 'DescribeRouteEntryList and DescribeSnatTableEntries';
  for (const { vSwitch, cidr, snat, route, hop } of ways) {
    report.fact({
      label: `Way of ${vSwitch} to the Internet`,
      value: `${route === 'none' ? `no default route in ${hop}` : `default route to ${hop}`}, ${snatWords[snat]}`,
      where,
    });
    const evidence = [{ where: `${where}, ${vSwitch}`, value: `0.0.0.0/0 -> ${hop}; SNAT: ${snat}` }];
    if (route === 'nat' && snat === 'none')
      report.found('noSnat', eniConfig, { data: { vSwitch, cidr, gateway: hop }, evidence });
    if (route === 'none' && gateways.length > 0)
      report.found('noRoute', eniConfig, {
        data: { vSwitch, cidr, table: hop, gateways: listed(gateways) },
        evidence,
      });
    if (route === 'open' || (route === 'gateway' && snat === 'none'))
      report.unknown(
        'check.no-evidence',
        `The default route of ${vSwitch} leads to ${hop}: what lies beyond is not to be seen from here`,
        ['noSnat', 'noRoute'],
      );
    if (route === 'nat' && snat === 'changing')
      report.unknown(
        'check.no-evidence',
        `The SNAT entry that covers ${vSwitch} at ${hop} is not in force: it is being made, changed or taken away`,
        ['noSnat'],
      );
  }
  for (const { vSwitch, why } of unseen)
    report.unknown('check.no-evidence', `The way of ${vSwitch} to the Internet was not seen: ${why}`, [
      'noSnat',
      'noRoute',
    ]);
  if (ways.length === 0 && unseen.length === 0)
    report.unknown(
      'check.no-evidence',
      'No pod vSwitch is configured, so pods use those of their nodes, whose way to the Internet was not looked at',
      ['noSnat', 'noRoute'],
    );
  const shut = ways.filter(({ route }) => route === 'none').map(({ vSwitch }) => vSwitch);
  if (gateways.length === 0 && shut.length > 0)
    report.found('noGateway', eniConfig, {
      data: { vSwitches: listed(shut) },
      evidence: [{ where: 'DescribeNatGateways', value: 'none that leads to the Internet' }],
    });
}
