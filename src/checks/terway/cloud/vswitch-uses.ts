import type { ObjectRef } from '../../../cluster/ports.js';
import type { NodeView } from '../../../cluster/views/node.js';
import type { TerwayNodeView } from '../../../cluster/views/terway/terway-node.js';
import { zoneOf } from '../../node-kinds.js';
import type { SupplyFacts } from '../address-supply.js';
import { vSwitchLookup, vSwitchSource } from '../dynamic-configs.js';
import type { CountedVSwitches } from './count-vswitches.js';

/** The vSwitches that nodes of one zone may use. */
export interface Use {
  /** The ConfigMap that names them. */
  readonly source: ObjectRef;
  readonly zone: string;
  readonly ids: readonly string[];
  readonly nodes: readonly NodeView[];
}

export function usesOf({ config, dynamic, nodes }: SupplyFacts): readonly Use[] {
  const lookup = vSwitchLookup(config.daemon, dynamic);
  const sourceOf = vSwitchSource(dynamic);
  const uses = new Map<string, Use & { nodes: NodeView[] }>();
  for (const node of nodes) {
    const ids = lookup(node) ?? [];
    const source = sourceOf(node);
    const key = `${source.name} ${zoneOf(node)} ${ids.join()}`;
    const use = uses.get(key) ?? { source, zone: zoneOf(node), ids, nodes: [] };
    use.nodes.push(node);
    uses.set(key, use);
  }
  return [...uses.values()];
}

/** A card with a free address gives the next pod one, whatever the vSwitch has. */
export function withoutFree(nodes: readonly NodeView[], { terwayNodes }: SupplyFacts): readonly string[] {
  const supplied = new Set((terwayNodes ?? []).filter(holdsFree).map(({ name }) => name));
  return nodes.map(({ name }) => name).filter((name) => !supplied.has(name));
}

const holdsFree = ({ interfaces }: TerwayNodeView): boolean => interfaces.some(({ free }) => free > 0);

interface Seen {
  readonly facts: SupplyFacts;
  readonly counted: CountedVSwitches;
  /** Fewer free addresses than this give Terway nothing. */
  readonly need: number;
}

/** The nodes that none of their vSwitches serves, because one at least is gone or elsewhere and the rest have no room. */
export function strandedBy({ ids, zone, nodes }: Use, { facts, counted, need }: Seen): readonly string[] {
  const { vpc, byId, gone } = counted;
  const inPlace = ids.filter((id) => {
    const found = byId.get(id);
    return found === undefined ? !gone.has(id) : found.vpc === vpc && found.zone === zone;
  });
  const mayServe = inPlace.some((id) => (byId.get(id)?.free ?? need) >= need);
  return inPlace.length === ids.length || mayServe ? [] : withoutFree(nodes, facts);
}
