import { unlessAbsent } from '../../cluster/absent.js';
import type { ClusterReader } from '../../cluster/ports.js';
import { type EventView, events } from '../../cluster/views/event.js';
import { type PodView, pods } from '../../cluster/views/pod.js';
import { type TerwayNodeView, terwayNodes } from '../../cluster/views/terway/terway-node.js';
import { count } from '../../texts/count.js';
import { defineCheck, type Evidence } from '../judging/define-check.js';
import { groupBy } from '../group-by.js';
import { listed } from '../listed.js';
import { eventEvidence, recentEvents } from '../recent-events.js';
import { waitsForAddress } from './address-supply.js';
import { eventFault } from './allocation-faults.js';
import { needsTerway, terwayNodeReads } from './terway-config.js';

/** A card that is merely loading appears within seconds; the CNI has retried many times by then. */
const LASTING_MS = 300_000;
/** The kubelet repeats an event of a pod that goes on failing every five minutes at least. */
const HEARD_MS = 1_200_000;
const SHOWN = 4;
const MAC = /dev by mac ([0-9a-f:]{17})/i;

interface Facts {
  readonly events: readonly EventView[];
  readonly pods: readonly PodView[];
  readonly terwayNodes: readonly TerwayNodeView[];
}

interface Failing {
  readonly event: EventView;
  /** undefined = the pod is gone. */
  readonly pod: PodView | undefined;
}

/** Source: FAQ "…pod creation fails with a cannot find MAC address error"; cluster-signals 8.1. */
export const macNotFound = defineCheck({
  id: 'mac-not-found',
  title: 'Network cards that Terway attached appear on their nodes',
  area: 'terway',
  intents: ['terway-mac-not-found'],
  reads: [
    ...terwayNodeReads,
    { group: '', resource: 'events', verbs: ['list'] },
    { group: '', resource: 'pods', verbs: ['list'] },
  ],
  appliesTo: needsTerway,
  messages: {
    lasting: {
      severity: 'problem',
      text: '{pods} {pods:pod|pods} on node {node} {pods:has|have} failed for {minutes} min because a network card does not appear (MAC {macs}). Its driver most likely failed to load: drain the node and restart the instance.',
      explains: ['pod-waiting', 'warning'],
      mends: 'network card driver',
    },
    transient: {
      severity: 'advice',
      text: '{pods} {pods:pod|pods} met a network card that was not loaded yet, and got {pods:its|their} network later or {pods:is|are} gone: the CNI retries by itself.',
    },
  },

  async gather(reader: ClusterReader): Promise<Facts> {
    const [seen, all, resources] = await Promise.all([
      reader.list(events),
      reader.list(pods),
      unlessAbsent(reader.list(terwayNodes)),
    ]);
    return {
      events: seen.filter((event) => eventFault(event) === 'mac-not-found'),
      pods: all,
      terwayNodes: resources ?? [],
    };
  },

  judge(facts, report, context) {
    const failing = perPod(recentEvents(facts.events, context), facts.pods);
    const waiting = failing.filter(({ pod }) => pod !== undefined && waitsForAddress(pod));
    const age = ({ pod }: Failing): number => context.now.getTime() - Date.parse(pod?.createdAt ?? '');
    const isSilent = ({ event }: Failing): boolean =>
      context.now.getTime() - Date.parse(event.at) >= HEARD_MS;
    const lasting = waiting.filter((entry) => age(entry) >= LASTING_MS && !isSilent(entry));

    for (const [node, members] of groupBy(lasting, ({ pod }) => pod?.node ?? ''))
      report.found(
        'lasting',
        { kind: 'Node', name: node },
        {
          data: {
            pods: members.length,
            node,
            minutes: Math.floor(Math.max(...members.map(age)) / 60_000),
            macs: listed(macsOf(members), 3) || 'not told',
          },
          evidence: [
            ...members.slice(0, SHOWN).map(({ event }) => eventEvidence(event)),
            ...attached(node, macsOf(members), facts.terwayNodes),
          ],
        },
      );

    const over = failing.filter((entry) => !waiting.includes(entry));
    if (over.length > 0)
      report.found(
        'transient',
        { kind: 'Cluster', name: 'pods' },
        {
          data: { pods: over.length },
          evidence: over.slice(0, SHOWN).map(({ event }) => eventEvidence(event)),
        },
      );

    const early = waiting.filter((entry) => !lasting.includes(entry) && !isSilent(entry));
    if (early.length > 0)
      report.unknown(
        'check.no-evidence',
        `${count(early.length, 'pod reports', 'pods report')} a missing network card for less than ${LASTING_MS / 60_000} min; the CNI still retries, so look again later: ${listed(early.map(nameOf))}`,
      );
    const silent =
      context.since === undefined ? waiting.filter(isSilent).map(nameOf) : stillWaiting(facts, failing);
    if (silent.length > 0)
      report.unknown(
        'check.no-evidence',
        `Pods that reported a missing network card still wait, and have not reported it again since, so they may wait for something else: ${listed(silent)}`,
      );
  },
});

/** The newest event of each pod: kubelet and Terway both report the same failure. */
function perPod(seen: readonly EventView[], all: readonly PodView[]): readonly Failing[] {
  const named = new Set(seen.map(({ about }) => about.name));
  const byName = new Map(
    all.filter(({ name }) => named.has(name)).map((pod) => [`${pod.namespace}/${pod.name}`, pod]),
  );
  const groups = groupBy(seen, ({ about }) => `${about.namespace}/${about.name}`);
  return [...groups].flatMap(([name, [event]]) =>
    event === undefined ? [] : [{ event, pod: byName.get(name) }],
  );
}

/** After a fix: pods that failed before it, have no address yet, and have not been heard of. */
function stillWaiting(facts: Facts, heard: readonly Failing[]): readonly string[] {
  const known = new Set(heard.map(nameOf));
  return perPod(facts.events, facts.pods)
    .filter((entry) => entry.pod !== undefined && waitsForAddress(entry.pod))
    .map(nameOf)
    .filter((name) => !known.has(name));
}

const nameOf = ({ event: { about } }: Failing): string => `${about.namespace}/${about.name}`;

const macsOf = (members: readonly Failing[]): readonly string[] => [
  ...new Set(members.flatMap(({ event }) => MAC.exec(event.message)?.[1] ?? [])),
];

/** CRD mode tells whether the cloud side is done, so that only the guest's is left. */
const attached = (
  node: string,
  macs: readonly string[],
  resources: readonly TerwayNodeView[],
): readonly Evidence[] =>
  resources
    .filter(({ name }) => name === node)
    .flatMap(({ interfaces }) => interfaces)
    .filter(({ mac }) => macs.includes(mac))
    .map(({ id, mac, status }) => ({
      where: `nodes.network.alibabacloud.com ${node}, status.networkInterfaces["${id}"]`,
      value: `macAddress ${mac}, status ${status}`,
    }));
