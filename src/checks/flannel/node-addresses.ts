import type { ClusterReader, RbacRule } from '../../cluster/ports.js';
import { type EventView, events } from '../../cluster/views/event.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import { type PodView, pods } from '../../cluster/views/pod.js';
import { type Cidr, contains, parseCidrs, usableAddresses } from '../cidr.js';
import { groupBy } from '../group-by.js';
import { isNetworkedNode } from '../node-kinds.js';
import { type EvidenceWindow, recentEvents } from '../recent-events.js';
import { holdsAddress } from '../terway/terway-pods.js';
import { noAddress } from './host-local-wordings.js';

/** Pods counted and addresses served may differ by this much in passing: one starts, one ends. */
const SLACK = 2;

interface AddressFacts {
  readonly nodes: readonly NodeView[];
  readonly pods: readonly PodView[];
  readonly events: readonly EventView[];
}

/** A node that recently had no address to give, and what really runs there. */
export interface ShortNode {
  readonly node: NodeView;
  readonly range: Cidr;
  readonly usable: number;
  readonly used: number;
  /** As many pods as addresses: really full. Otherwise addresses are held by nothing that runs. */
  readonly full: boolean;
  readonly events: readonly EventView[];
}

export const addressReads: readonly RbacRule[] = [
  { group: '', resource: 'nodes', verbs: ['list'] },
  { group: '', resource: 'pods', verbs: ['list'] },
  { group: '', resource: 'events', verbs: ['list'] },
];

export async function gatherAddresses(reader: ClusterReader): Promise<AddressFacts> {
  const [list, all, seen] = await Promise.all([reader.list(nodes), reader.list(pods), reader.list(events)]);
  return {
    nodes: list.filter(isNetworkedNode),
    pods: all,
    events: seen.filter(({ message }) => noAddress(message) !== undefined),
  };
}

/** Maps what an event says to the range of a node. Source: cluster-signals 3.3. */
export function shortNodes(facts: AddressFacts, window: EvidenceWindow): readonly ShortNode[] {
  const recent = recentEvents(facts.events, window).filter(({ message }) => noAddress(message) !== undefined);
  const nodeOfPod = new Map(facts.pods.map(({ namespace, name, node }) => [`${namespace}/${name}`, node]));
  const byNode = groupBy(facts.pods.filter(holdsAddress), ({ node }) => node ?? '');
  return facts.nodes.flatMap((node) =>
    rangesOf(node).flatMap((range, index) => {
      const told = recent.filter(({ message, about }) => {
        const first = noAddress(message)?.first;
        // Without a range in its words it is about that of the pod's node, which had but one then.
        return first === undefined
          ? index === 0 && nodeOfPod.get(`${about.namespace}/${about.name}`) === node.name
          : contains(range, first);
      });
      if (told.length === 0) return [];
      const own = byNode.get(node.name) ?? [];
      const used = own.filter(({ ips }) => ips.some((ip) => contains(range, ip))).length;
      const usable = usableAddresses(range);
      return [{ node, range, usable, used, full: used >= usable - SLACK, events: told }];
    }),
  );
}

/** One of each family on a dual-stack node, in either order. */
export const rangesOf = ({ podCIDRs }: NodeView): readonly Cidr[] => podCIDRs.flatMap(parseCidrs);

export const unplacedText = ({ message }: EventView): string =>
  `Pods find no address in a range that no node has (spec.podCIDRs): ${message.slice(0, 200)}`;

/** Recent events of a range that no node has now: what they are about cannot be told. */
export function unplacedEvents(
  { nodes: list, events: seen }: AddressFacts,
  window: EvidenceWindow,
): readonly EventView[] {
  const ranges = list.flatMap(rangesOf);
  return recentEvents(seen, window).filter(({ message }) => {
    const first = noAddress(message)?.first;
    return first !== undefined && !ranges.some((range) => contains(range, first));
  });
}
