import { unlessAbsent } from '../../cluster/absent.js';
import { flag } from '../../cluster/fields.js';
import type { ClusterReader, RbacRule } from '../../cluster/ports.js';
import { type EventView, events } from '../../cluster/views/event.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import { type PodView, pods } from '../../cluster/views/pod.js';
import { type TerwayNodeView, terwayNodes } from '../../cluster/views/terway/terway-node.js';
import { isOfPodKind } from '../about-pod.js';
import { instanceOf, isNetworkedNode } from '../node-kinds.js';
import { type LogSample, sampleLogs } from '../sample-logs.js';
import { type AllocationFault, eventFault } from './allocation-faults.js';
import { type DynamicConfig, dynamicConfigReads, gatherDynamicConfigs } from './dynamic-configs.js';
import {
  gatherTerwayConfig,
  isCrdMode,
  type TerwayConfig,
  terwayConfigReads,
  terwayNodeReads,
} from './terway-config.js';
import { holdsAddress, isTerwayPod } from './terway-pods.js';

const SAMPLED_PODS = 5;
const TAIL_LINES = 200;

/** What shows whether Terway can give pods addresses. */
export interface SupplyFacts {
  readonly config: TerwayConfig;
  readonly dynamic: readonly DynamicConfig[];
  readonly nodes: readonly NodeView[];
  /** ECS instances of all nodes, whatever their network. */
  readonly instances: ReadonlySet<string>;
  readonly pods: readonly PodView[];
  readonly failures: readonly { readonly event: EventView; readonly kind: AllocationFault }[];
  readonly successes: readonly EventView[];
  /** Node by `<namespace>/<name>`, of the pods that the events are about. */
  readonly nodeOfPod: ReadonlyMap<string, string>;
  /** undefined = the API group is not installed. */
  readonly terwayNodes: readonly TerwayNodeView[] | undefined;
  /** Terway's own log, where it calls the cloud itself; in CRD mode it does not. */
  readonly logs: LogSample | undefined;
}

export const supplyReads: readonly RbacRule[] = [
  ...terwayConfigReads,
  ...dynamicConfigReads,
  ...terwayNodeReads,
  { group: '', resource: 'nodes', verbs: ['list'] },
  { group: '', resource: 'pods', verbs: ['list'] },
  { group: '', resource: 'events', verbs: ['list'] },
  { group: '', resource: 'pods/log', verbs: ['get'], namespace: 'kube-system' },
];

export async function gatherSupply(reader: ClusterReader): Promise<SupplyFacts> {
  const [config, list, all, seen, resources] = await Promise.all([
    gatherTerwayConfig(reader),
    reader.list(nodes),
    reader.list(pods),
    reader.list(events),
    unlessAbsent(reader.list(terwayNodes)),
  ]);
  const networked = list.filter(isNetworkedNode);
  const successes = seen.filter(({ reason }) => reason === ALLOCATED);
  const failures = seen.flatMap((event) => {
    const kind = event.reason === ALLOCATED ? undefined : eventFault(event);
    return kind === undefined ? [] : [{ event, kind }];
  });
  const [dynamic, logs] = await Promise.all([
    gatherDynamicConfigs(reader, networked),
    isCrdMode(config.daemon) ? undefined : readTerwayLogs(reader, networked, all),
  ]);
  return {
    config,
    dynamic,
    nodes: networked,
    instances: new Set(list.flatMap((node) => instanceOf(node) ?? [])),
    pods: all,
    failures,
    successes,
    nodeOfPod: nodesOfPods([...successes, ...failures.map(({ event }) => event)], all),
    terwayNodes: resources,
    logs,
  };
}

/** Few events are kept and pods are many, so only names that occur are looked up. */
function nodesOfPods(kept: readonly EventView[], all: readonly PodView[]): ReadonlyMap<string, string> {
  const named = new Set(kept.flatMap((event) => (isOfPodKind(event) ? event.about.name : [])));
  const placed = all.filter(({ name, node }) => node !== undefined && named.has(name));
  return new Map(placed.map(({ namespace, name, node = '' }) => [`${namespace}/${name}`, node]));
}

export const ALLOCATED = 'AllocIPSucceed';

/** Nodes in trouble first: a sample spread over all nodes of a large cluster would hardly meet them. */
async function readTerwayLogs(
  reader: ClusterReader,
  list: readonly NodeView[],
  all: readonly PodView[],
): Promise<LogSample> {
  const short = new Set(list.filter(isShort).map(({ name }) => name));
  for (const { node } of all.filter(waitsForAddress)) short.add(node ?? '');
  const own = all.filter(isTerwayPod);
  const troubled = own.filter(({ node }) => short.has(node ?? ''));
  const sample = await sampleLogs(reader, troubled.length > 0 ? troubled : own, {
    container: 'terway',
    pods: SAMPLED_PODS,
    tailLines: TAIL_LINES,
    timestamps: true,
  });
  return { ...sample, of: own.length };
}

const isShort = ({ conditions }: NodeView): boolean =>
  conditions.some(({ type, status }) => type === 'SufficientIP' && status === 'False');

/** Placed on a node, and still without an address; volumes and images are waited for as well, so this alone proves nothing. */
export const waitsForAddress = (pod: PodView): boolean =>
  holdsAddress(pod) && pod.node !== undefined && pod.ips.length === 0 && !pod.deleting;

export const inPrefixMode = ({ daemon }: TerwayConfig): boolean => flag(daemon, 'enable_ip_prefix') === true;
