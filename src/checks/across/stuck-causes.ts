import { lacksCniConfig } from '../../cluster/cni-wordings.js';
import { type ClusterIdentity, isCertainly, type PluginName } from '../../cluster/identity/identity.js';
import type { EventView } from '../../cluster/views/event.js';
import type { PodView } from '../../cluster/views/pod.js';
import { noAddress } from '../flannel/host-local-wordings.js';
import { type AllocationFault, allocationFault } from '../terway/allocation-faults.js';
import { isUnscheduled } from './stuck-pods.js';
import { type NetworkRefusal, unscheduledFor } from './unscheduled-for.js';

/** What keeps a pod from being created; `other` = nothing that acknet recognises. */
type StuckCause =
  | 'vSwitchEmpty'
  | 'vSwitchRoomAgain'
  | 'eniQuota'
  | 'zoneWithout'
  | 'cloudRefused'
  | 'cloudSilent'
  | 'macNotFound'
  | 'nodeFull'
  | 'noAddress'
  | 'flannelLeak'
  | 'flannelFull'
  | 'flannelNoAddress'
  | 'flannelNotReady'
  | 'terwayNotReady'
  | NetworkRefusal
  | 'unschedulable'
  | 'notNetwork'
  | 'nodeDown'
  | 'pluginFails'
  | 'other';

export interface Surroundings {
  readonly plugin: ClusterIdentity['plugin'];
  /** Recent events about one pod, newest first. */
  readonly eventsOf: (pod: PodView) => readonly EventView[];
  /** Recent events about a node, newest first. */
  readonly eventsAt: (node: string) => readonly EventView[];
  /** Nodes that are not Ready for another reason than their network: nothing starts there. */
  readonly down: ReadonlySet<string>;
  /** Whether a node is not Ready for want of its network. */
  readonly networkDown: boolean;
  /** Nodes that carry as many pods as Terway has addresses for. */
  readonly full: ReadonlySet<string>;
  /** Flannel nodes without an address to give: true = really full, false = addresses are leaked. */
  readonly short: ReadonlyMap<string, boolean>;
}

export interface Explanation {
  readonly cause: StuckCause;
  /** The event that says so. */
  readonly event?: EventView | undefined;
}

const terwayCauses: Readonly<Record<Exclude<AllocationFault, 'unexplained'>, StuckCause>> = {
  'vswitch-empty': 'vSwitchEmpty',
  'eni-quota': 'eniQuota',
  'no-zone-vswitch': 'zoneWithout',
  'security-group-full': 'cloudRefused',
  'not-permitted': 'cloudRefused',
  'mac-not-found': 'macNotFound',
  'metadata-silent': 'cloudSilent',
};

const NOT_READY = /network is not ready/i;
const TERWAY_DOWN = /eni\.socket/;
const NOT_NETWORK_REASON =
  /^(FailedMount|FailedAttachVolume|Pulling|BackOff|ErrImageNeverPull|InspectFailed)$/;
const NOT_NETWORK =
  /pull(?:ing)? image|ErrImagePull|ImagePullBackOff|^Error: (?:secret|configmap|couldn't find key)/i;

/** How the runtime fails before it asks for a network, or after it has one. Source: containerd, internal/cri/server/sandbox_run.go. */
const RUNTIME =
  /OCI runtime create failed|failed to create containerd task|failed to start sandbox task|failed to get sandbox image|failed to get sandbox runtime|no runtime for "[^"]{1,60}" is configured|RuntimeHandler "[^"]{1,60}" not supported|failed to find runtime handler/i;

type Told = Pick<EventView, 'reason' | 'message'>;

const MOUNT = /^Failed(?:Mount|AttachVolume)$/;
/** Of Go's net and net/http packages: whoever mounts did not get through to whom it asks. */
const UNREACHED = /dial tcp |TLS handshake timeout|Client\.Timeout exceeded|no route to host/;

/** A volume that fails because the API server, or the storage's own, is not reached: that may well be the network. */
export const isUnreachedVolume = ({ reason, message }: Told): boolean =>
  MOUNT.test(reason) && UNREACHED.test(message);

/** An image, a volume or a Secret is what is missing, or the container runtime itself fails. */
export const waitsForOtherThing = (event: Told): boolean =>
  !isUnreachedVolume(event) &&
  (NOT_NETWORK_REASON.test(event.reason) || NOT_NETWORK.test(event.message) || RUNTIME.test(event.message));

/** It warns of a pod for one reason: that it cannot give it its address or its ENI. Source: terway daemon, pkg/controller/pod. */
const TERWAY_SOURCE = /^terway/;

/** What a runtime says where a CNI plugin did not do its part. Sources: containerd, sandbox_run.go; dockershim, network/plugins.go; CNI, pkg/invoke. */
const PLUGIN_FAILS =
  /failed to (?:setup|set up) (?:network for sandbox|sandbox container)|networkPlugin cni failed|plugin type="[^"]{1,60}" failed|failed to find plugin "/;
/** Flannel's CNI plugin reads what flanneld writes once it runs. Source: flannel-io/cni-plugin, flannel.go. */
const FLANNEL_DOWN = /loadFlannelSubnetEnv failed/;

/** Why this pod waits, from the newest event that names a cause. Source: cluster-signals 2.9 to 2.12, 3.3, 4.1. */
export function explain(pod: PodView, around: Surroundings): Explanation {
  if (isUnscheduled(pod)) return { cause: schedulingCause(pod.unschedulable ?? '', around) };
  const own = around.eventsOf(pod).filter(({ type, reason }) => type !== 'Normal' || reason === 'Pulling');
  const told = own.map((event) => ({ event, cause: causeOf(event, pod, around) }));
  const found = told.find(({ cause }) => cause !== undefined && cause !== 'noAddress');
  const unreached = own.find(isUnreachedVolume);
  // That a mount timed out follows from what kept it from the start.
  if (unreached !== undefined && (found === undefined || found.cause === 'notNetwork'))
    return { cause: 'other', event: unreached };
  if (found?.cause !== undefined) return { cause: found.cause, event: found.event };

  const vague = told.find(({ cause }) => cause === 'noAddress');
  if (vague !== undefined) return fromNode(pod, vague.event, around);
  // With an address the network has done its part.
  if (pod.ips.length > 0) return { cause: 'notNetwork', event: own[0] };
  if (around.down.has(pod.node ?? '')) return { cause: 'nodeDown', event: own[0] };
  const failing = own.find(({ message }) => PLUGIN_FAILS.test(message));
  return failing === undefined ? { cause: 'other', event: own[0] } : { cause: 'pluginFails', event: failing };
}

/** Which plugin to look at; where it is not known, nothing is blamed. */
const notReadyCauses: Readonly<Record<PluginName, StuckCause>> = {
  flannel: 'flannelNotReady',
  terway: 'terwayNotReady',
  'terway+flannel': 'other',
  none: 'other',
};

function causeOf(event: EventView, pod: PodView, around: Surroundings): StuckCause | undefined {
  const { message, reason } = event;
  if (noAddress(message) !== undefined) return flannelCause(around.short.get(pod.node ?? ''));
  if (reason === 'NetworkNotReady' || NOT_READY.test(message) || lacksCniConfig(message))
    return around.plugin.known ? notReadyCauses[around.plugin.name] : 'other';
  if (TERWAY_DOWN.test(message)) return 'terwayNotReady';
  if (FLANNEL_DOWN.test(message)) return 'flannelNotReady';
  const fault = allocationFault(message);
  if (fault !== undefined) return fault === 'unexplained' ? 'noAddress' : terwayCauses[fault];
  if (waitsForOtherThing(event)) return 'notNetwork';
  return TERWAY_SOURCE.test(event.source) ? 'noAddress' : undefined;
}

const flannelCause = (full: boolean | undefined): StuckCause =>
  full === undefined ? 'flannelNoAddress' : full ? 'flannelFull' : 'flannelLeak';

/** Terway's events of the node may say what the pod's does not; else a full node explains it. */
function fromNode(pod: PodView, event: EventView, around: Surroundings): Explanation {
  const node = pod.node ?? '';
  for (const candidate of around.eventsAt(node)) {
    const fault = allocationFault(candidate.message);
    if (fault !== undefined && fault !== 'unexplained')
      return { cause: terwayCauses[fault], event: candidate };
  }
  return { cause: around.full.has(node) ? 'nodeFull' : 'noAddress', event };
}

function schedulingCause(message: string, { plugin, networkDown }: Surroundings): StuckCause {
  const refusal = unscheduledFor(message, networkDown);
  if (refusal !== undefined) return refusal;
  const maybeTerway = !isCertainly(plugin, 'flannel');
  return maybeTerway && /Too many pods/.test(message) ? 'noEniLeft' : 'unschedulable';
}
