import type { Judgement, MessageTemplate } from '../../judging/define-check.js';
import { type NamedPath, startsAtPod, trafficWords } from '../../judging/named-path.js';
import { decidePath, type Hop, outcomeOf, type Way } from './decide-path.js';
import { decisionWords, dropAdvice } from './decision-words.js';
import type { SeenInstance } from './see-instance.js';
import type { NamedEnds, SeenPath } from './see-path.js';
import type { SeenEnd } from './see-pod.js';

/** All of it only the cloud can bring. */
export const pathMessages = {
  dropped: {
    severity: 'problem',
    text: 'The security group of {end} drops {traffic} from {from} to {to}: {rule}. {advice}',
  },
  notRunning: {
    severity: 'problem',
    text: '{instance} is {status}, not Running: nothing reaches it or starts from it, whatever security groups say.',
    intent: null,
  },
  otherVpc: {
    severity: 'advice',
    text: '{pod} is in {podVpc}, {instance} in {instanceVpc}: they reach each other only where CEN, a VPC peering connection or a public address leads. What groups let through then depends on the address that arrives.',
  },
} as const satisfies Record<string, MessageTemplate>;

export const pathDecides = ['dropped', 'notRunning', 'otherVpc'] as const;

type Report = Judgement<typeof pathMessages>;

const WHERE = 'DescribeNetworkInterfaces, DescribeSecurityGroupAttribute';

export function judgePath(ends: NamedEnds, seen: SeenPath, report: Report): void {
  const { pod, instance, groups } = seen;
  if (typeof instance !== 'string' && instance.status !== 'Running') reportStatus(ends, instance, report);
  if (typeof pod === 'string' || typeof instance === 'string')
    report.unknown('check.no-evidence', [pod, instance].filter((end) => typeof end === 'string').join('; '), [
      'dropped',
      ...(typeof instance === 'string' ? (['notRunning', 'otherVpc'] as const) : []),
    ]);
  else if (pod.card.instance === instance.id) reportOneMachine(ends, instance, report);
  else if (pod.card.vpc === undefined || instance.card.vpc === undefined)
    report.unknown('check.no-evidence', 'The cloud does not tell the VPC of both ends', [
      'dropped',
      'otherVpc',
    ]);
  else if (pod.card.vpc !== instance.card.vpc) reportVpcs(ends, { pod, instance }, report);
  else judgeWays(ends, decidePath({ path: ends.path, pod, instance, groups }), report);
}

const aboutPod = ({ pod: { namespace, name } }: NamedEnds) => ({ kind: 'Pod', namespace, name }) as const;
const podLabel = ({ pod: { namespace, name } }: NamedEnds): string => `pod ${namespace}/${name}`;

function reportStatus(ends: NamedEnds, { id, status }: SeenInstance, report: Report): void {
  report.found('notRunning', aboutPod(ends), {
    data: { instance: id, status },
    evidence: [{ where: `DescribeInstances, ${id}, Status`, value: status }],
  });
}

function reportOneMachine(ends: NamedEnds, { id }: SeenInstance, report: Report): void {
  report.unknown(
    'check.no-evidence',
    `${podLabel(ends)} runs on ${id} itself: what goes between them stays on the machine, and passes no security group`,
    ['dropped'],
  );
}

function reportVpcs(
  ends: NamedEnds,
  { pod, instance }: { readonly pod: SeenEnd; readonly instance: SeenInstance },
  report: Report,
): void {
  const [podVpc, instanceVpc] = [pod.card.vpc ?? '', instance.card.vpc ?? ''];
  report.found('otherVpc', aboutPod(ends), {
    data: { pod: podLabel(ends), podVpc, instance: instance.id, instanceVpc },
    evidence: [pod, instance].map(({ card }) => ({
      where: `DescribeNetworkInterfaces, ${card.id}, VpcId`,
      value: card.vpc ?? '',
    })),
  });
  report.unknown(
    'check.no-evidence',
    `How ${podVpc} and ${instanceVpc} are connected, and which address arrives, is not read`,
    ['dropped'],
  );
}

function judgeWays(ends: NamedEnds, ways: readonly Way[], report: Report): void {
  const outcomes = new Set(ways.map(outcomeOf));
  for (const way of ways)
    for (const hop of way.hops)
      report.fact({ label: hopLabel(ends, hop, way), value: decisionWords(hop), where: WHERE });
  if (outcomes.size > 1 || outcomes.has('open'))
    report.unknown('check.no-evidence', openText(ends, ways), ['dropped']);
  else if (outcomes.has('dropped')) reportDrop(ends, ways, report);
}

function reportDrop(ends: NamedEnds, ways: readonly Way[], report: Report): void {
  const drops = ways.flatMap((way) => {
    const hop = way.hops.find(({ decision }) => decision.policy === 'Drop');
    return hop === undefined ? [] : [{ hop, way }];
  });
  const [first] = drops;
  if (first === undefined) return;
  const { path } = ends;
  report.found('dropped', aboutPod(ends), {
    data: {
      end: endLabel(ends, first.hop),
      traffic: trafficWords(path),
      ...endWords(ends, path),
      rule: decisionWords(first.hop),
      advice: dropAdvice(first.hop, path),
    },
    evidence: drops.map(({ hop, way }) => ({
      where: `${WHERE}: ${hopLabel(ends, hop, way)}`,
      value: decisionWords(hop),
    })),
  });
}

const endWords = (ends: NamedEnds, path: NamedPath): { readonly from: string; readonly to: string } =>
  startsAtPod(path) ? { from: podLabel(ends), to: path.to } : { from: path.from, to: podLabel(ends) };

const endLabel = (ends: NamedEnds, { of, end }: Hop): string =>
  of === 'pod' ? `${podLabel(ends)} (${end.card.id})` : `${end.card.instance} (${end.card.id})`;

const hopLabel = (ends: NamedEnds, hop: Hop, { masqueraded }: Way): string =>
  `${hop.direction} at ${endLabel(ends, hop)}${masqueraded ? ', were the pod behind the address of its node' : ''}`;

/** What differs between the ways, or what of the one is open. */
function openText(ends: NamedEnds, ways: readonly Way[]): string {
  const said = ways.map((way) => {
    const words = way.hops
      .filter(({ decision }) => decision.policy !== 'Accept')
      .map((hop) => `${hop.direction} at ${endLabel(ends, hop)}: ${decisionWords(hop)}`);
    const bearing = `with ${way.masqueraded ? 'the address of its node' : 'its own address'} (${way.address ?? 'not told'}) `;
    return `${ways.length > 1 ? bearing : ''}${words.join('; ') || 'accepted at both ends'}`;
  });
  const which =
    ways.length > 1
      ? 'Which address the packets of a Flannel pod leave with is not told (flannel --ip-masq): '
      : '';
  return `${which}${said.join('. And ')}`;
}
