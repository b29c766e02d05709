import { list, text } from '../../../src/cluster/fields.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import type { CloudWorld } from '../cloud-world.js';
import { instanceOf, interfacesOf } from '../network-interfaces.js';
import type { AccountHoldings, NodeInterfaces } from './cloud-state.js';

/** The ENIs of each node, and those on none. */
export function interfacesByNode(world: CloudWorld): Pick<AccountHoldings, 'nodes' | 'loose'> {
  const all = interfacesOf(world);
  const nodes = world.objects('Node');
  const instances = new Set(nodes.map(instanceOf));
  const isHeld = (entry: JsonObject) => entry.InstanceId !== undefined && instances.has(holderOf(entry));
  return {
    nodes: nodes.map((node) =>
      ofNode(
        text(node, 'metadata', 'name') ?? '',
        all.filter((entry) => isHeld(entry) && holderOf(entry) === instanceOf(node)),
      ),
    ),
    loose: all.filter((entry) => !isHeld(entry)).map(looseState),
  };
}

const holderOf = (entry: JsonObject): string | undefined => text(entry, 'InstanceId');

const ofNode = (node: string, interfaces: readonly JsonObject[]): NodeInterfaces => ({
  node,
  interfaces: interfaces.length,
  addresses: interfaces.flatMap((entry) => list(entry, 'PrivateIpSets', 'PrivateIpSet')).length,
  vSwitches: [...new Set(interfaces.flatMap((entry) => text(entry, 'VSwitchId') ?? []))],
});

const looseState = (entry: JsonObject) => ({
  id: text(entry, 'NetworkInterfaceId') ?? '',
  vSwitch: text(entry, 'VSwitchId') ?? '',
  status: text(entry, 'Status') ?? '',
  instance: holderOf(entry),
});
