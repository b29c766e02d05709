import type { GroupRule, RuleEnd } from '../../../cloud/views/security-group.js';
import { contains, isIPv6, parseCidr } from '../../cidr.js';
import type { Traffic } from '../../judging/named-path.js';

/** The first packet of a connection, as one end's interface sees it. */
export interface Packet extends Traffic {
  /** The address at this end. */
  readonly local: string;
  readonly remote: {
    readonly address: string;
    /** Groups of the interface that the address is one of; none = it is no interface's, undefined = not told. */
    readonly groups: readonly string[] | undefined;
  };
}

/** `maybe` = it rests on what is not read: a prefix list, a list of ports, the other end's groups, the port it picks. */
type Match = 'yes' | 'no' | 'maybe';

export function matchRule(rule: GroupRule, packet: Packet): Match {
  const { remote, local } = endsOf(rule);
  const parts = [
    matchProtocol(rule, packet),
    matchPort(rule, packet),
    matchSourcePort(rule, packet),
    matchRemote(remote, packet),
    matchLocal(local, packet),
  ];
  if (parts.includes('no')) return 'no';
  return parts.includes('maybe') ? 'maybe' : 'yes';
}

/** An ingress rule names the other end as its source, an egress rule as its destination. */
export const endsOf = ({
  direction,
  source,
  dest,
}: GroupRule): Readonly<Record<'remote' | 'local', RuleEnd>> =>
  direction === 'ingress' ? { remote: source, local: dest } : { remote: dest, local: source };

const KNOWN: ReadonlySet<string> = new Set(['tcp', 'udp', 'icmp', 'icmpv6', 'gre']);

function matchProtocol({ protocol }: GroupRule, packet: Packet): Match {
  if (protocol === 'all') return 'yes';
  if (!KNOWN.has(protocol)) return 'maybe';
  if (packet.protocol !== 'icmp') return protocol === packet.protocol ? 'yes' : 'no';
  if (!isIPv6(packet.local)) return protocol === 'icmp' ? 'yes' : 'no';
  // Whether ICMP stands for ICMPv6 too in a rule of an IPv6 block is not documented.
  return protocol === 'icmpv6' ? 'yes' : protocol === 'icmp' ? 'maybe' : 'no';
}

function matchPort({ protocol, ports, portList }: GroupRule, { port }: Packet): Match {
  if (port === undefined || protocol === 'all') return 'yes';
  if (portList !== undefined) return 'maybe';
  return inRange(ports, port);
}

/** The port that a connection starts from is picked anew for each. */
function matchSourcePort({ protocol, sourcePorts }: GroupRule, { port }: Packet): Match {
  const any = sourcePorts === undefined || ['-1/-1', '1/65535'].includes(sourcePorts);
  return any || port === undefined || protocol === 'all' ? 'yes' : 'maybe';
}

function inRange(ports: string | undefined, port: number): Match {
  if (ports === '-1/-1') return 'yes';
  const [, first, last] = /^(\d{1,5})\/(\d{1,5})$/.exec(ports ?? '') ?? [];
  if (first === undefined) return 'maybe';
  return Number(first) <= port && port <= Number(last) ? 'yes' : 'no';
}

function matchRemote(end: RuleEnd, { remote }: Packet): Match {
  const named = namedBy(end, remote);
  return named.length === 0 ? 'maybe' : anyOf(named);
}

/** Rules of five parts name this end as well; most leave it out. */
function matchLocal(end: RuleEnd, { local }: Packet): Match {
  const named = namedBy({ ...end, group: undefined }, { address: local, groups: [] });
  if (end.group !== undefined) return 'maybe';
  return named.length === 0 ? 'yes' : anyOf(named);
}

const namedBy = (end: RuleEnd, { address, groups }: Packet['remote']): readonly Match[] => [
  ...[end.cidr, end.cidr6].flatMap((block) => (block === undefined ? [] : [inBlock(block, address)])),
  ...(end.group === undefined ? [] : [inGroup(end.group, groups)]),
  ...(end.prefixList === undefined ? [] : ['maybe' as const]),
];

const inGroup = (group: string, groups: readonly string[] | undefined): Match =>
  groups === undefined ? 'maybe' : groups.includes(group) ? 'yes' : 'no';

const anyOf = (matches: readonly Match[]): Match =>
  matches.includes('yes') ? 'yes' : matches.includes('maybe') ? 'maybe' : 'no';

/** A single address stands without a mask. */
function inBlock(block: string, address: string): Match {
  const cidr = parseCidr(block.includes('/') ? block : `${block}/${isIPv6(block) ? 128 : 32}`);
  if (cidr === undefined) return 'maybe';
  return contains(cidr, address) ? 'yes' : 'no';
}
