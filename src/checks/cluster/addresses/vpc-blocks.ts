import type { CloudReader } from '../../../cloud/ports.js';
import { clusterDetails } from '../../../cloud/views/cluster-detail.js';
import { type Vpc, vpcs } from '../../../cloud/views/vpc.js';
import { overlap, parseCidr } from '../../cidr.js';
import type { Judgement, MessageTemplate } from '../../judging/define-check.js';
import { type AddressRange, rangeEvidence, rangeLabel } from './address-range.js';

/** The address blocks of the cluster's VPC; absent = the account lists no such VPC. */
interface VpcBlocks {
  readonly vpc: string;
  /** As the account keeps it. */
  readonly serviceCidr: string | undefined;
  readonly blocks: Vpc | undefined;
}

export const vpcBlockActions = ['cs:DescribeClusterDetail', 'vpc:DescribeVpcs'] as const;

export async function seeVpcBlocks(cloud: CloudReader): Promise<VpcBlocks> {
  const [detail] = (await cloud.read(clusterDetails)).items;
  const vpc = detail?.vpc ?? '';
  const { items } = await cloud.read(vpcs, { VpcId: vpc });
  return { vpc, serviceCidr: detail?.serviceCidr, blocks: items.find(({ id }) => id === vpc) };
}

/** What only the cloud can bring about the ranges of a cluster. */
export const vpcBlockMessages = {
  vpcOverlap: {
    severity: 'problem',
    text: '{range} and {block} of VPC {vpc} overlap: what has an address of both is not reached from pods, or takes the traffic of pods. {remedy}',
  },
  userBlock: {
    severity: 'advice',
    text: '{range} shares addresses with {block} of VPC {vpc}: what lies there behind the VPC (VPN, other networks) is not reached from pods.',
  },
} as const satisfies Record<string, MessageTemplate>;

export const vpcBlockDecides = ['vpcOverlap', 'userBlock'] as const;

interface Compared {
  readonly ranges: readonly AddressRange[];
  /** What can be done about a range that was added later. */
  readonly remedyOf: (range: AddressRange) => string | undefined;
  readonly report: Judgement<typeof vpcBlockMessages>;
}

/** `ranges` = those that are no part of the VPC: of Services, and of pods on Flannel. */
export function judgeVpcBlocks({ vpc, blocks }: VpcBlocks, { ranges, remedyOf, report }: Compared): void {
  if (blocks === undefined) {
    report.unknown('check.no-evidence', `DescribeVpcs lists no ${vpc}`, vpcBlockDecides);
    return;
  }
  const seen = readBlocks(blocks, report);
  report.fact({
    label: 'VPC blocks',
    value: seen.map(({ range }) => rangeLabel(range)).join(', '),
    where: `DescribeVpcs, ${vpc}`,
  });
  for (const range of ranges)
    for (const { kind, range: block } of seen) {
      if (!overlap(range, block)) continue;
      const about = { kind: 'Cluster', name: 'addresses' };
      const evidence = [rangeEvidence(range), rangeEvidence(block)];
      const data = { range: rangeLabel(range), block: rangeLabel(block), vpc };
      if (kind === 'user') report.found('userBlock', about, { data, evidence });
      else {
        const remedy = remedyOf(range) ?? remedies[kind];
        report.found('vpcOverlap', about, { data: { ...data, remedy }, evidence });
      }
    }
}

const remedies = {
  primary: 'Neither can be changed: it takes a cluster with another range.',
  secondary:
    'The range cannot be changed after the cluster was created; the secondary block can be taken off the VPC once no vSwitch is in it.',
} as const;

interface Block {
  readonly kind: 'primary' | 'secondary' | 'user';
  readonly range: AddressRange;
}

const fields = {
  primary: { name: 'CIDR block', field: 'CidrBlock', decides: 'vpcOverlap' },
  secondary: { name: 'secondary CIDR block', field: 'SecondaryCidrBlocks', decides: 'vpcOverlap' },
  user: { name: 'user CIDR', field: 'UserCidrs', decides: 'userBlock' },
} as const;

/** A list that is missing, or holds what is no block, leaves its verdict open. */
function readBlocks(
  { id, cidr, secondary, user }: Vpc,
  report: Judgement<typeof vpcBlockMessages>,
): readonly Block[] {
  const told = { primary: [cidr], secondary, user } as const;
  return (['primary', 'secondary', 'user'] as const).flatMap((kind) => {
    const { name, field, decides } = fields[kind];
    const texts = told[kind];
    if (texts === undefined)
      report.unknown('check.no-evidence', `DescribeVpcs tells no ${field} of ${id}`, [decides]);
    return (texts ?? []).flatMap((text): readonly Block[] => {
      const parsed = parseCidr(text);
      if (parsed !== undefined)
        return [{ kind, range: { ...parsed, name, where: `DescribeVpcs, ${id}.${field}` } }];
      report.unknown(
        'check.no-evidence',
        `${field} of ${id} holds "${text.slice(0, 60)}", which is no block`,
        [decides],
      );
      return [];
    });
  });
}
