import type { NetworkInterface } from '../../../cloud/views/network-interface.js';
import type { NodeView } from '../../../cluster/views/node.js';
import type { Evidence, Judgement, MessageTemplate } from '../../judging/define-check.js';
import { listed } from '../../listed.js';
import { instanceOf } from '../../node-kinds.js';
import type { SupplyFacts } from '../address-supply.js';
import { instanceTypeOf } from './see-instance-types.js';
import type { SeenInterfaces } from './see-interfaces.js';

const SHOWN = 5;
/** Terway makes ENIs ahead of time, and an instance joins as a node some minutes after it starts. */
const SETTLED_MS = 3_600_000;

/** What only the cloud can bring about the ENIs of the cluster. */
export const interfaceMessages = {
  leaked: {
    severity: 'advice',
    text: '{count} {count:ENI|ENIs} that Terway made for this cluster {count:is|are} attached to nothing for more than an hour, and {count:holds|hold} addresses of {vSwitches}: {ids}. acknet deletes none; `terway-cli eni list` on a node shows them.',
    intent: null,
  },
  strayed: {
    severity: 'advice',
    text: '{count} {count:ENI|ENIs} that Terway made for this cluster {count:is|are} attached to instances that are none of its nodes: {ids}. See whether those instances left the cluster without being released.',
    intent: null,
  },
} as const satisfies Record<string, MessageTemplate>;

export const interfaceDecides = ['leaked', 'strayed'] as const;

/** A node that finds `old` empty although `other` is configured for it too. */
interface Suspect {
  readonly node: string;
  readonly old: readonly string[];
  readonly other: readonly string[];
}

/** Whether the ENI quota of a node is what keeps it from the other vSwitch; `open` = the cloud cannot tell either. */
export function settleQuota(
  { node, old, other }: Suspect,
  facts: SupplyFacts,
  seen: SeenInterfaces,
): 'confirmed' | 'ruled out' | 'open' {
  const view = facts.nodes.find(({ name }) => name === node);
  const quota = view && seen.quotaOf.get(instanceTypeOf(view) ?? '');
  const cards = view === undefined ? [] : cardsOf(view, seen);
  if (quota === undefined || cards.length === 0) return 'open';
  const own = cards.filter(({ type }) => type !== 'Primary');
  const room = other.some((id) => (seen.counted.byId.get(id)?.free ?? 0) > 0);
  if (!room) return 'open';
  if (cards.length < quota) return 'ruled out';
  return own.length > 0 && own.every(({ vSwitch }) => old.includes(vSwitch)) ? 'confirmed' : 'open';
}

/** Those that take a slot of the instance: members hang on a trunk. */
const cardsOf = (node: NodeView, { byInstance }: SeenInterfaces): readonly NetworkInterface[] =>
  (byInstance.get(instanceOf(node) ?? '') ?? []).filter(
    ({ status, type }) => type !== 'Member' && status !== 'Detaching' && status !== 'Deleting',
  );

export function cardsEvidence(name: string, facts: SupplyFacts, seen: SeenInterfaces): Evidence {
  const node = facts.nodes.find((entry) => entry.name === name);
  const cards = node === undefined ? [] : cardsOf(node, seen);
  const quota = node && seen.quotaOf.get(instanceTypeOf(node) ?? '');
  return {
    where: `DescribeNetworkInterfaces of ${node === undefined ? name : (instanceOf(node) ?? name)}, DescribeInstanceTypes EniQuantity`,
    value: `${cards.length} of ${quota ?? '?'} ENIs: ${listed(
      cards.map(({ id, type, vSwitch }) => `${id} (${type}) on ${vSwitch}`),
      SHOWN,
    )}`,
  };
}

export function judgeLeaks(
  facts: SupplyFacts,
  seen: SeenInterfaces,
  { report, now }: { readonly report: Judgement<typeof interfaceMessages>; readonly now: Date },
): void {
  const old = ({ created }: NetworkInterface): boolean =>
    now.getTime() - Date.parse(created ?? '') > SETTLED_MS;
  const ours = seen.all.filter((entry) => isOurs(entry, seen.clusterId) && old(entry));
  const loose = ours.filter(({ status, type }) => status === 'Available' && type === 'Secondary');
  const about = { kind: 'Cluster', name: 'enis' } as const;
  if (loose.length > 0)
    report.found('leaked', about, {
      data: {
        count: loose.length,
        ids: listed(loose.map(({ id }) => id)),
        vSwitches: listed([...new Set(loose.map(({ vSwitch }) => vSwitch))]),
      },
      evidence: loose.slice(0, SHOWN).map(interfaceEvidence),
    });
  const strayed = ours.filter(
    ({ status, instance }) => status === 'InUse' && instance !== undefined && !facts.instances.has(instance),
  );
  if (strayed.length > 0 && facts.instances.size > 0)
    report.found('strayed', about, {
      data: {
        count: strayed.length,
        ids: listed(strayed.map(({ id, instance }) => `${id} on ${instance}`)),
      },
      evidence: strayed.slice(0, SHOWN).map(interfaceEvidence),
    });
}

const isOurs = ({ tags }: NetworkInterface, clusterId: string): boolean =>
  tags.get('creator') === 'terway' && tags.get('ack.aliyun.com') === clusterId;

const interfaceEvidence = ({ id, status, vSwitch, instance, created }: NetworkInterface): Evidence => ({
  where: `DescribeNetworkInterfaces, ${id}`,
  value: `${status}, ${vSwitch}${instance === undefined ? '' : `, on ${instance}`}, created ${created ?? 'at no time told'}`,
});
