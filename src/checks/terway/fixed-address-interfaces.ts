import type { TerwayInterface, TerwayNodeView } from '../../cluster/views/terway/terway-node.js';
import { count } from '../../texts/count.js';
import { type Cidr, parseCidr } from '../cidr.js';
import { listed } from '../listed.js';
import { zoneOf } from '../node-kinds.js';
import { aboutMap, type DynamicConfig } from './dynamic-configs.js';
import type { FixedAddressReport } from './fixed-address-messages.js';
import { podVSwitches } from './terway-config.js';

const SHOWN = 5;
/** VPC keeps the first and the last three addresses of a vSwitch. */
const RESERVED = 4;

/** Only Terway's node resources show what a node works with. */
export function reportInterfaces(
  own: DynamicConfig,
  resources: readonly TerwayNodeView[],
  report: FixedAddressReport,
): void {
  const zones = podVSwitches(own.daemon);
  const byName = new Map(resources.map((resource) => [resource.name, resource]));
  const shown = own.nodes.flatMap((node) => {
    const resource = byName.get(node.name);
    const wanted = zones.get(zoneOf(node)) ?? [];
    return resource === undefined || wanted.length === 0 ? [] : [{ resource, wanted }];
  });
  const differing = shown.filter(
    ({ resource, wanted }) => resource.vSwitchOptions.length > 0 && !sameSet(resource.vSwitchOptions, wanted),
  );
  const stale = shown.filter(
    ({ resource, wanted }) =>
      !differing.some((entry) => entry.resource === resource) && strays(resource, wanted).length > 0,
  );
  const told = (members: typeof shown) => ({
    nodes: members.length,
    configMap: own.name,
    names: listed(members.map(({ resource }) => resource.name)),
  });
  if (differing.length > 0)
    report.found('notApplied', aboutMap(own), {
      data: told(differing),
      evidence: differing.slice(0, SHOWN).map(({ resource, wanted }) => ({
        where: `nodes.network.alibabacloud.com ${resource.name}, spec.eni.vSwitchOptions`,
        value: `${resource.vSwitchOptions.join(', ')}; wanted: ${wanted.join(', ')}`,
      })),
    });
  if (stale.length > 0)
    report.found('oldInterfaces', aboutMap(own), {
      data: told(stale),
      evidence: stale.slice(0, SHOWN).map(({ resource, wanted }) => ({
        where: `nodes.network.alibabacloud.com ${resource.name}, status.networkInterfaces`,
        value: `${listed(strays(resource, wanted).map(({ id, vSwitch }) => `${id} on ${vSwitch}`))}; wanted: ${wanted.join(', ')}`,
      })),
    });
}

/** ENIs on other vSwitches; those of single pods (trunk members) have one of their own. */
const strays = (resource: TerwayNodeView, wanted: readonly string[]): readonly TerwayInterface[] =>
  resource.interfaces.filter(
    ({ type, vSwitch }) => type !== 'Member' && vSwitch !== '' && !wanted.includes(vSwitch),
  );

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((item) => b.includes(item));

/** CRD mode shows the block of a vSwitch that an ENI is on. */
export function reportSize(
  vSwitch: string,
  own: DynamicConfig,
  {
    resources,
    report,
  }: { readonly resources: readonly TerwayNodeView[]; readonly report: FixedAddressReport },
): void {
  const on = resources.flatMap(({ interfaces }) => interfaces).filter((entry) => entry.vSwitch === vSwitch);
  const cidr = on.flatMap(({ ipv4Cidr }) => parseCidr(ipv4Cidr) ?? [])[0];
  if (cidr === undefined) return;
  const held = on.reduce((sum, entry) => sum + entry.pods.length, 0);
  const usable = usableIn(cidr);
  report.fact({
    label: `CIDR of ${vSwitch}`,
    value: `${cidr.text}: ${count(held, 'pod')}, ${count(usable, 'address', 'addresses')}`,
  });
  if (held * 2 > usable)
    report.found('tight', aboutMap(own), {
      data: { vSwitch, cidr: cidr.text, usable, pods: held },
      evidence: [
        {
          where: 'nodes.network.alibabacloud.com, status.networkInterfaces[].ipv4CIDR and pods',
          value: `${cidr.text}, ${count(held, 'pod')} on ${count(on.length, 'ENI')}`,
        },
      ],
    });
}

const usableIn = ({ bits }: Cidr): number => Math.max(0, 2 ** (32 - bits) - RESERVED);
