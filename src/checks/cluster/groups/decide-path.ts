import { isIPv6 } from '../../cidr.js';
import { type NamedPath, startsAtPod } from '../../judging/named-path.js';
import { type Decision, evaluateGroups } from './evaluate-groups.js';
import type { SecurityGroup } from './security-group.js';
import type { SeenInstance } from './see-instance.js';
import { primaryAddress, type SeenEnd } from './see-pod.js';

/** What one end's groups do with the connection. */
export interface Hop {
  readonly direction: 'egress' | 'ingress';
  /** Whose groups they are. */
  readonly of: 'pod' | 'instance';
  readonly end: SeenEnd;
  /** The address at the other end. */
  readonly remote: string;
  readonly decision: Decision;
}

/** One address that the packets may bear, and what both ends do with them. */
export interface Way {
  /** The node's address stands in for the pod's. */
  readonly masqueraded: boolean;
  /** The pod's end bears it; undefined = the cloud does not tell it. */
  readonly address: string | undefined;
  readonly hops: readonly [Hop, Hop];
}

interface Ends {
  readonly path: NamedPath;
  readonly pod: SeenEnd;
  readonly instance: SeenInstance;
  readonly groups: ReadonlyMap<string, SecurityGroup>;
}

/**
 * Flannel's `--ip-masq` puts the node's address in place of the pod's on the way out of the pod range; ACK's documentation
 * has instances see the pod's. So both are looked at, and only what holds for both is said.
 */
export function decidePath(ends: Ends): readonly Way[] {
  const { pod, path } = ends;
  const plain: Way = { masqueraded: false, address: pod.address, hops: hopsOf(ends) };
  if (!pod.routed || !startsAtPod(path)) return [plain];
  const address = primaryAddress(pod.card);
  if (address === undefined || isIPv6(address) !== isIPv6(pod.address))
    return [plain, { masqueraded: true, address: undefined, hops: leftOpen(plain.hops, pod) }];
  const host: SeenEnd = { card: pod.card, address, routed: false };
  return [plain, { masqueraded: true, address, hops: hopsOf({ ...ends, pod: host }) }];
}

function leftOpen([first, last]: Way['hops'], { card }: SeenEnd): Way['hops'] {
  const decision: Decision = { policy: 'open', why: { kind: 'node-address', card: card.id } };
  return [
    { ...first, decision },
    { ...last, decision },
  ];
}

function hopsOf(ends: Ends): readonly [Hop, Hop] {
  const { path, pod, instance } = ends;
  const order = startsAtPod(path)
    ? ([
        ['pod', pod, instance],
        ['instance', instance, pod],
      ] as const)
    : ([
        ['instance', instance, pod],
        ['pod', pod, instance],
      ] as const);
  const [[first, sender, receiver], [last]] = order;
  const hop = (
    direction: Hop['direction'],
    of: Hop['of'],
    [end, other]: readonly [SeenEnd, SeenEnd],
  ): Hop => ({
    direction,
    of,
    end,
    remote: other.address,
    decision: evaluateGroups(direction, groupsOf(end, ends.groups), {
      protocol: path.protocol,
      port: path.port,
      local: end.address,
      remote: { address: other.address, groups: other.routed ? [] : other.card.groups },
    }),
  });
  return [hop('egress', first, [sender, receiver]), hop('ingress', last, [receiver, sender])];
}

const groupsOf = ({ card }: SeenEnd, groups: ReadonlyMap<string, SecurityGroup>): readonly SecurityGroup[] =>
  (card.groups ?? []).map((id) => groups.get(id) ?? unreadGroup(id));

const unreadGroup = (id: string): SecurityGroup => ({
  id,
  type: '',
  inner: undefined,
  rules: 'it was not asked for',
});

type Outcome = 'accepted' | 'dropped' | 'open';

/** One end that drops it is enough, whatever the other does. */
export function outcomeOf({ hops }: Way): Outcome {
  const policies = hops.map(({ decision }) => decision.policy);
  if (policies.includes('Drop')) return 'dropped';
  return policies.includes('open') ? 'open' : 'accepted';
}
