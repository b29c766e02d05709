import { isFlannelPod } from '../../cluster/network-daemon-sets.js';
import type { ObjectRef } from '../../cluster/ports.js';
import { events } from '../../cluster/views/event.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import { type PodView, pods } from '../../cluster/views/pod.js';
import { count } from '../../texts/count.js';
import { isAboutPod, isOfPodKind } from '../about-pod.js';
import { defineCheck, type Evidence, type JudgeContext } from '../judging/define-check.js';
import { type ShortNode, shortNodes } from '../flannel/node-addresses.js';
import { groupBy } from '../group-by.js';
import { listed } from '../listed.js';
import { isDownApart, isNetworkedNode, lacksNetwork } from '../node-kinds.js';
import { type EvidenceWindow, eventEvidence, recentEvents } from '../recent-events.js';
import { inPrefixMode } from '../terway/address-supply.js';
import { vSwitchesNamed } from '../terway/allocation-faults.js';
import { type CountedVSwitches, countedAt, vSwitchCountActions } from '../terway/cloud/count-vswitches.js';
import { eniModes } from '../terway/exclusive-node.js';
import { nodeCapacities } from '../terway/node-capacity.js';
import { gatherTerwayConfig, terwayConfigReads } from '../terway/terway-config.js';
import { isTerwayPod } from '../terway/terway-pods.js';
import { withoutNames } from '../without-names.js';
import { createRecovery, RECOVERING, type Recovery } from './recovery.js';
import { type Explanation, explain, isUnreachedVolume, type Surroundings } from './stuck-causes.js';
import { stuckMessages } from './stuck-messages.js';
import { taintsNamed } from './unscheduled-for.js';
import { isUnscheduled, STUCK_AFTER_MS, type StuckPod, stuckPods } from './stuck-pods.js';
import { countRefusing, refusingVSwitches, roomAgain } from './stuck-room.js';

const SHOWN = 6;
const MINUTES = STUCK_AFTER_MS / 60_000;

/** Source: FAQ entries on vSwitches, Flannel ranges, MACs and capacity, which all begin with a pod in ContainerCreating. */
export const podsStuckCreating = defineCheck({
  id: 'pods-stuck-creating',
  title: `No pod waits for its network for more than ${MINUTES} minutes`,
  area: 'across',
  intents: [
    'vswitch-ip-exhausted',
    'vswitch-expanded-still-no-ip',
    'terway-pod-capacity',
    'terway-mac-not-found',
    'terway-pod-lifecycle',
    'flannel-no-ip-available',
    'flannel-pod-cidr-exhausted',
    'flannel-cni-version',
    'node-network-unavailable',
  ],
  reads: [
    ...terwayConfigReads,
    { group: '', resource: 'pods', verbs: ['list'] },
    { group: '', resource: 'events', verbs: ['list'] },
    { group: '', resource: 'nodes', verbs: ['list'] },
  ],
  messages: stuckMessages,
  cloud: {
    actions: vSwitchCountActions,
    shows: 'whether a vSwitch that refused a waiting pod an address has some again',
    settles: [],
    decides: ['vSwitchRoomAgain'],
    asks: (facts: Facts) => refusingVSwitches(facts).length > 0,
    gather: (cloud, facts: Facts) => countRefusing(cloud, facts),
  },

  async gather(reader) {
    const [all, seen, list, terway] = await Promise.all([
      reader.list(pods),
      reader.list(events),
      reader.list(nodes),
      gatherTerwayConfig(reader),
    ]);
    return { pods: all, events: seen, nodes: list.filter(isNetworkedNode), terway };
  },

  judge(facts, report, context) {
    const { stuck, untold } = stuckPods(
      facts.pods.filter((pod) => !isOfPlugin(pod)),
      context.now,
    );
    if (untold.length > 0)
      report.unknown(
        'cluster.malformed',
        `${count(untold.length, 'pod does not say whether or since when it is', 'pods do not say whether or since when they are')} Pending: ${listed(untold.map(nameOf))}.`,
      );
    const recovery = createRecovery({ ...facts, ...context });
    const recovering = stuck.filter(({ pod }) => recovery(pod) !== undefined);
    if (recovering.length > 0) report.unknown(RECOVERING, recoveryText(recovering, recovery));
    const waiting = stuck.filter((entry) => !recovering.includes(entry));
    if (waiting.length === 0) return;
    const around = surroundings(facts, context);
    const explained = waiting.map((entry) =>
      recounted({ ...entry, ...explain(entry.pod, around) }, facts, context.cloud),
    );
    for (const members of groupBy(explained, groupOf).values()) {
      const [{ cause }] = members as [Explained];
      report.found(cause, aboutOf(members), {
        data: { ...dataOf(members), at: context.cloud === undefined ? '' : countedAt(context.cloud) },
        evidence: evidenceOf(members),
        affects: { pods: members.map(({ pod }) => nameOf(pod)) },
      });
    }
  },
});

/** What the coming minutes decide is no fault, and not clear either. */
function recoveryText(recovering: readonly StuckPod[], recovery: Recovery): string {
  const names = listed(recovering.map(({ pod }) => nameOf(pod)));
  const since = recovering
    .flatMap(({ pod }) => recovery(pod) ?? [])
    .toSorted()
    .at(-1);
  const [who, have] =
    recovering.length === 1 ? ['1 pod waits', 'it has'] : [`${recovering.length} pods wait`, 'none has'];
  const failed = recovering.length === 1 ? `${have} not failed` : `${have} failed`;
  return `${who} for the next try since a fix of what kept ${recovering.length === 1 ? 'it' : 'them'} ended (${since}), and ${failed} again: ${names}. Check again in a few minutes.`;
}

/** A pod of the network plugin waits for no network: it is the network, and has a check of its own. */
const isOfPlugin = (pod: PodView): boolean => isTerwayPod(pod) || isFlannelPod(pod);

type Explained = StuckPod & Explanation & { readonly room?: readonly string[] | undefined };

/** What was refused within the last hour is no cause any more where the count of now denies it. */
function recounted(entry: Explained, facts: Facts, counted: CountedVSwitches | undefined): Explained {
  if (entry.cause !== 'vSwitchEmpty') return entry;
  const room = roomAgain(entry.event?.message ?? '', facts, counted);
  return room === undefined ? entry : { ...entry, cause: 'vSwitchRoomAgain', room };
}

interface Facts {
  readonly pods: readonly PodView[];
  readonly events: Parameters<typeof recentEvents>[0];
  readonly nodes: readonly NodeView[];
  readonly terway: Awaited<ReturnType<typeof gatherTerwayConfig>>;
}

function surroundings(
  facts: Facts,
  { identity, ...window }: EvidenceWindow & Pick<JudgeContext, 'identity'>,
): Surroundings {
  const recent = recentEvents(facts.events, window);
  const byPod = groupBy(recent.filter(isOfPodKind), ({ about }) => `${about.namespace}/${about.name}`);
  // Terway's own Node resource has the kind and the name of the node it is about.
  const byNode = groupBy(
    recent.filter(({ about }) => about.kind === 'Node'),
    ({ about }) => about.name,
  );
  const capacities = nodeCapacities({
    nodes: facts.nodes,
    pods: facts.pods.filter(({ ips }) => ips.length > 0),
    terwayNodes: undefined,
    modeOf: eniModes(facts.nodes, facts.pods, identity.terway?.daemonSet),
    prefixMode: inPrefixMode(facts.terway),
  });
  return {
    plugin: identity.plugin,
    eventsOf: (pod) => (byPod.get(nameOf(pod)) ?? []).filter((event) => isAboutPod(event, pod)),
    eventsAt: (node) => byNode.get(node) ?? [],
    down: new Set(facts.nodes.filter(isDownApart).map(({ name }) => name)),
    networkDown: facts.nodes.some(lacksNetwork),
    full: new Set(capacities.filter(({ used, capacity }) => used >= capacity).map(({ node }) => node)),
    short: fullByNode(shortNodes(facts, window)),
  };
}

/** Of several ranges one that is leaked decides: cleaning the node gives addresses. */
const fullByNode = (short: readonly ShortNode[]): ReadonlyMap<string, boolean> =>
  new Map(
    [...groupBy(short, ({ node }) => node.name)].map(([name, own]) => [name, own.every(({ full }) => full)]),
  );

const nameOf = ({ namespace, name }: PodView): string => `${namespace}/${name}`;

/** Where no cause is known, what says something else may have another one. */
const groupOf = ({ cause, event }: Explained): string =>
  isVague(cause) ? `${cause} ${withoutNames(event?.message ?? '')}` : cause;

const isVague = (cause: Explained['cause']): boolean => cause === 'other' || cause === 'pluginFails';

/** The first pod where all are of one namespace, so that a run for that namespace shows it, or where there may be several such. */
function aboutOf(members: readonly Explained[]): ObjectRef {
  const namespaces = new Set(members.map(({ pod }) => pod.namespace));
  const [first] = members;
  return first !== undefined && (namespaces.size === 1 || isVague(first.cause))
    ? { kind: 'Pod', namespace: first.pod.namespace, name: first.pod.name }
    : { kind: 'Cluster', name: 'pods' };
}

function dataOf(members: readonly Explained[]) {
  const vSwitches = [...new Set(members.flatMap(({ event }) => vSwitchesNamed(event?.message ?? '')))];
  return {
    count: members.length,
    pods: listed(members.map(({ pod }) => nameOf(pod))),
    minutes: Math.max(...members.map(({ minutes }) => minutes)),
    nodes: listed([...new Set(members.map(({ pod }) => pod.node ?? 'no node'))]),
    room: [...new Set(members.flatMap(({ room = [] }) => room))].join(', '),
    detail: vSwitches.length === 0 ? '' : ` (${listed(vSwitches)})`,
    says: newestWords(members),
    taints: listed([...new Set(members.flatMap(({ pod }) => taintsNamed(pod.unschedulable ?? '')))]),
  };
}

const LONGEST_QUOTE = 400;

function newestWords(members: readonly Explained[]): string {
  const [newest] = members
    .flatMap(({ event }) => event ?? [])
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  return newest === undefined
    ? 'No warning of the last hour is about them.'
    : `${isUnreachedVolume(newest) ? 'A volume cannot be had, as nobody answers' : 'The newest warning says'}: "${newest.message.slice(0, LONGEST_QUOTE)}".`;
}

function evidenceOf(members: readonly Explained[]): readonly Evidence[] {
  const shown = members.slice(0, SHOWN).map(podEvidence);
  const rest = members.length - shown.length;
  return rest === 0 ? shown : [...shown, { where: 'Further pods of this group', value: `${rest} more` }];
}

function podEvidence({ pod, minutes, event }: Explained): Evidence {
  if (event !== undefined) return eventEvidence(event);
  if (isUnscheduled(pod))
    return {
      where: `Pod ${nameOf(pod)}, condition PodScheduled=False`,
      value: pod.unschedulable ?? 'no message',
    };
  return {
    where: `Pod ${nameOf(pod)} on ${pod.node}`,
    value: `Pending for ${minutes} min${pod.ips.length > 0 ? `, has address ${pod.ips[0]}` : ''}, no warning about it within the last hour`,
  };
}
