import type { TerwayNodeView } from '../../cluster/views/terway/terway-node.js';
import { count } from '../../texts/count.js';
import type { Evidence, JudgeContext } from '../judging/define-check.js';
import { isOfPodKind } from '../about-pod.js';
import { listed } from '../listed.js';
import { type EvidenceWindow, eventEvidence, isRecent } from '../recent-events.js';
import type { PodLog } from '../sample-logs.js';
import { inPrefixMode, type SupplyFacts, waitsForAddress } from './address-supply.js';
import { type AllocationFault, allocationFault, vSwitchesNamed } from './allocation-faults.js';
import { eniModes } from './exclusive-node.js';
import { nodeCapacities } from './node-capacity.js';

/** One sign that an address could not be had. */
export interface SupplyFault {
  readonly kind: AllocationFault;
  /** undefined = the pod is gone, and its event names no node. */
  readonly node: string | undefined;
  /** `<namespace>/<name>` where a pod reports it. */
  readonly pod?: string | undefined;
  readonly vSwitches: readonly string[];
  readonly at: string;
  /** `at` in milliseconds. */
  readonly time: number;
  /** Made only for the few that are shown. */
  readonly show: () => Evidence;
}

/** Signs inside the window, from events, Terway's node resources and its logs; newest first. */
export function supplyFaults(facts: SupplyFacts, window: EvidenceWindow): readonly SupplyFault[] {
  return [
    ...fromEvents(facts, window),
    ...(facts.terwayNodes ?? []).flatMap(fromResource).filter(({ at }) => isRecent(at, window)),
    ...(facts.logs?.logs ?? []).flatMap(fromLog).filter(({ at }) => isRecent(at, window)),
  ].toSorted((a, b) => b.time - a.time);
}

function fromEvents({ failures, nodeOfPod }: SupplyFacts, window: EvidenceWindow): readonly SupplyFault[] {
  return failures.flatMap(({ event, kind }) => {
    const { about, message, at } = event;
    if (!isRecent(at, window)) return [];
    const pod = isOfPodKind(event) ? `${about.namespace}/${about.name}` : undefined;
    return [
      {
        kind,
        node: pod === undefined ? (about.kind === 'Node' ? about.name : undefined) : nodeOfPod.get(pod),
        pod,
        vSwitches: kind === 'vswitch-empty' ? vSwitchesNamed(message) : [],
        at,
        time: Date.parse(at),
        show: () => eventEvidence(event),
      },
    ];
  });
}

/** The controller clears the condition when the ENI gets addresses again. Source: cluster-signals 2.7. */
function fromResource({ name, interfaces }: TerwayNodeView): readonly SupplyFault[] {
  return interfaces.flatMap(({ id, vSwitch, insufficientIp }) =>
    insufficientIp?.at === undefined
      ? []
      : [
          {
            kind: 'vswitch-empty' as const,
            node: name,
            vSwitches: vSwitch === '' ? vSwitchesNamed(insufficientIp.message) : [vSwitch],
            at: insufficientIp.at,
            time: Date.parse(insufficientIp.at),
            show: () => ({
              where: `nodes.network.alibabacloud.com ${name}, status.networkInterfaces["${id}"].conditions.InsufficientIP`,
              value: insufficientIp.message,
              at: insufficientIp.at,
            }),
          },
        ],
  );
}

const LONGEST_QUOTE = 200;
const STAMPED = /^(\d{4}-\d\d-\d\dT\S+)\s(.*)$/;

/** One fault a cause and vSwitch: the log repeats itself, and its newest line tells enough. */
function fromLog({ pod, node, lines }: PodLog): readonly SupplyFault[] {
  const newest = new Map<string, SupplyFault>();
  for (const line of lines) {
    const [, at = '', text = ''] = STAMPED.exec(line) ?? [];
    const kind = allocationFault(text);
    if (kind === undefined) continue;
    const vSwitches = vSwitchesNamed(text);
    const show = (): Evidence => ({ where: `log of ${pod}, container terway`, value: text, at });
    newest.set(`${kind} ${vSwitches.join()}`, { kind, node, vSwitches, at, time: Date.parse(at), show });
  }
  return [...newest.values()];
}

/** Terway repeats the node condition every five minutes; an older one is not its present state. */
const HEARTBEAT_MS = 600_000;

const isFresh = (heartbeatAt: string | undefined, window: EvidenceWindow): boolean =>
  isRecent(heartbeatAt, window) && window.now.getTime() - Date.parse(heartbeatAt ?? '') < HEARTBEAT_MS;

/** Nodes that are known to give addresses, and when they last showed it. */
export function suppliedNodes(facts: SupplyFacts, window: EvidenceWindow): ReadonlyMap<string, number> {
  const shown = new Map<string, number>();
  const note = (node: string | undefined, at: number): void => {
    if (node !== undefined && at >= (shown.get(node) ?? 0)) shown.set(node, at);
  };
  for (const { about, at } of facts.successes)
    if (isRecent(at, window)) note(facts.nodeOfPod.get(`${about.namespace}/${about.name}`), Date.parse(at));

  for (const { name, conditions } of facts.nodes)
    for (const { type, status, heartbeatAt } of conditions) {
      if (type === 'SufficientIP' && status === 'True' && isFresh(heartbeatAt, window))
        note(name, Date.parse(heartbeatAt ?? ''));
    }

  // A resource shows the present state, so it needs no time; it settles no older fault either.
  for (const { name, interfaces } of facts.terwayNodes ?? []) {
    const working = interfaces.some(({ status }) => status === 'InUse');
    if (working && interfaces.every(({ insufficientIp }) => insufficientIp === undefined)) note(name, 0);
  }
  return shown;
}

type SupplyWindow = EvidenceWindow & Pick<JudgeContext, 'identity'>;

interface KnownSupply {
  readonly faults: readonly SupplyFault[];
  readonly supplied: ReadonlyMap<string, number>;
  /** Other evidence decides, so silence needs no proof. */
  readonly settled: boolean;
}

/** What stays open, for `report.unknown`; undefined = nothing. */
export function leftOpen(
  facts: SupplyFacts,
  { faults, supplied, settled }: KnownSupply,
  window: SupplyWindow,
): string | undefined {
  const open = unexplainedPods(facts, faults, window);
  if (open.length > 0)
    return `${count(open.length, 'pod waits', 'pods wait')} for an address: ${listed(open)}. ${wordsOf(faults)}`;
  const short = shortWithoutReason(facts, { faults, supplied }, window);
  if (short.length > 0)
    return `${count(short.length, 'node says that it has', 'nodes say that they have')} no free address: ${listed(short)}. The pods there do not use them all. ${wordsOf(faults)}`;
  if (settled || supplied.size > 0) return undefined;
  const unread = facts.logs?.unread ? ` (Terway's log: ${facts.logs.unread})` : '';
  return `No pod got an address within the last hour and no node says whether it has any${unread}`;
}

/** What Terway said of a failure whose cause its words do not name; newest first. */
function wordsOf(faults: readonly SupplyFault[]): string {
  const newest = faults.find(({ kind }) => kind === 'unexplained')?.show();
  return newest === undefined
    ? 'acknet recognises no event and no sampled log line of the last hour as the reason.'
    : `The newest sign, ${newest.where}, says: "${newest.value.slice(0, LONGEST_QUOTE)}"`;
}

/** Signs as evidence, newest first; what is not shown is counted. */
export function faultEvidence(faults: readonly SupplyFault[], limit = 6): readonly Evidence[] {
  const shown = faults.slice(0, limit).map(({ show }) => show());
  const rest = faults.length - shown.length;
  return rest === 0 ? shown : [...shown, { where: 'Further signs of the last hour', value: `${rest} more` }];
}

/** Pods that wait for an address on a node that is not full, where nothing recent says why. */
function unexplainedPods(
  facts: SupplyFacts,
  faults: readonly SupplyFault[],
  window: SupplyWindow,
): readonly string[] {
  const explained = new Set(faults.filter(({ kind }) => kind !== 'unexplained').map(({ node }) => node));
  const reported = new Set(faults.flatMap(({ pod }) => pod ?? []));
  const waiting = facts.pods.filter((pod) => waitsForAddress(pod) && !explained.has(pod.node));
  const full = new Set(waiting.length === 0 ? [] : fullNodes(facts, window));
  return waiting
    .filter(({ node = '' }) => !full.has(node))
    .map(({ namespace, name }) => `${namespace}/${name}`)
    .filter((pod) => window.since !== undefined || reported.has(pod));
}

/**
 * Nodes short of addresses by their condition, or by a mark on an ENI that has stood since, where no fault says why.
 * A node that carries all the pods it can says so too. Source: cluster-signals 2.9.
 */
function shortWithoutReason(
  facts: SupplyFacts,
  { faults, supplied }: Pick<KnownSupply, 'faults' | 'supplied'>,
  window: SupplyWindow,
): readonly string[] {
  const explained = new Set(faults.filter(({ kind }) => kind !== 'unexplained').map(({ node }) => node));
  const isRelieved = (node: string, at: number): boolean => (supplied.get(node) ?? 0) > at;
  const marked = (facts.terwayNodes ?? []).flatMap(({ name, interfaces }) => {
    const times = interfaces.flatMap(({ insufficientIp }) => Date.parse(insufficientIp?.at ?? ''));
    const newest = Math.max(...times.filter((time) => !Number.isNaN(time)));
    const holdsFree = interfaces.some(({ free }) => free > 0);
    return newest > 0 && !holdsFree && window.since === undefined && !isRelieved(name, newest) ? [name] : [];
  });
  const said = facts.nodes.flatMap(({ name, conditions }) => {
    const heartbeat = conditions.find(
      ({ type, status }) => type === 'SufficientIP' && status === 'False',
    )?.heartbeatAt;
    return isFresh(heartbeat, window) && !isRelieved(name, Date.parse(heartbeat ?? '')) ? [name] : [];
  });
  const short = [...new Set([...said, ...marked])].filter((node) => !explained.has(node));
  const full = new Set(short.length === 0 ? [] : fullNodes(facts, window));
  return short.filter((node) => !full.has(node));
}

const fullNodes = (facts: SupplyFacts, { identity }: SupplyWindow): readonly string[] =>
  nodeCapacities({
    nodes: facts.nodes,
    pods: facts.pods.filter((pod) => !waitsForAddress(pod)),
    terwayNodes: facts.terwayNodes,
    modeOf: eniModes(facts.nodes, facts.pods, identity.terway?.daemonSet),
    prefixMode: inPrefixMode(facts.config),
  })
    .filter(({ used, capacity }) => used >= capacity)
    .map(({ node }) => node);
