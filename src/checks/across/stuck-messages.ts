import type { MessageTemplate } from '../judging/define-check.js';

/** One a cause that keeps pods from being created. */
export const stuckMessages = {
  vSwitchEmpty: {
    severity: 'problem',
    text: '{count} {count:pod waits|pods wait} because a vSwitch has no free address{detail}: {pods} (up to {minutes} min).',
    intent: 'vswitch-ip-exhausted',
    explains: ['pod-waiting', 'warning'],
  },
  vSwitchRoomAgain: {
    severity: 'problem',
    text: '{count} {count:pod still waits|pods still wait}, though the vSwitch that had no address for {count:it|them} has room again ({room} free, counted {at}): {pods} (up to {minutes} min). An empty vSwitch is not why any more; Terway tries again by itself.',
    intent: 'vswitch-expanded-still-no-ip',
    explains: ['pod-waiting', 'warning'],
  },
  eniQuota: {
    severity: 'problem',
    text: '{count} {count:pod waits because its|pods wait because their} node cannot take another ENI: {pods} (up to {minutes} min, on {nodes}).',
    intent: 'vswitch-expanded-still-no-ip',
    explains: ['pod-waiting', 'warning'],
  },
  zoneWithout: {
    severity: 'problem',
    text: '{count} {count:pod waits|pods wait} because no pod vSwitch is configured for the zone of {count:its|their} node: {pods} (up to {minutes} min, on {nodes}).',
    intent: 'pod-ip-outside-vswitch',
    explains: ['pod-waiting', 'warning'],
  },
  cloudRefused: {
    severity: 'problem',
    text: '{count} {count:pod waits|pods wait} because the cloud refuses Terway an address (a full security group, or a missing permission): {pods} (up to {minutes} min).',
    intent: null,
    explains: ['pod-waiting', 'warning'],
  },
  cloudSilent: {
    severity: 'problem',
    text: '{count} {count:pod waits|pods wait} because the metadata service of {count:its|their} instance (100.100.100.200) does not answer Terway: {pods} (up to {minutes} min, on {nodes}).',
    intent: null,
    explains: ['pod-waiting', 'warning'],
  },
  macNotFound: {
    severity: 'problem',
    text: '{count} {count:pod waits because its|pods wait because their} network card does not appear on the node (can’t found dev by mac): {pods} (up to {minutes} min, on {nodes}).',
    intent: 'terway-mac-not-found',
    explains: ['pod-waiting', 'warning'],
  },
  nodeFull: {
    severity: 'problem',
    text: '{count} {count:pod waits on a node that carries|pods wait on nodes that carry} as many pods as {count:it has|they have} addresses for: {pods} (up to {minutes} min, on {nodes}).',
    intent: 'terway-pod-capacity',
    explains: ['pod-waiting', 'warning'],
  },
  noAddress: {
    severity: 'problem',
    text: '{count} {count:pod gets|pods get} no address from Terway, for a reason that acknet does not know: {pods} (up to {minutes} min, on {nodes}). {says} An empty vSwitch and the ENI limit are the usual causes.',
    intent: 'vswitch-ip-exhausted',
    explains: ['pod-waiting', 'warning'],
  },
  flannelLeak: {
    severity: 'problem',
    text: '{count} {count:pod waits|pods wait} for an address that pods long gone still hold: {pods} (up to {minutes} min, on {nodes}).',
    intent: 'flannel-no-ip-available',
    explains: ['pod-waiting', 'warning'],
  },
  flannelFull: {
    severity: 'problem',
    text: '{count} {count:pod waits on a node|pods wait on nodes} whose pod range is really used up: {pods} (up to {minutes} min, on {nodes}).',
    intent: 'flannel-pod-cidr-exhausted',
    explains: ['pod-waiting', 'warning'],
  },
  flannelNoAddress: {
    severity: 'problem',
    text: '{count} {count:pod waits for an address of its|pods wait for an address of their} node’s range, and whether it is used up or leaked cannot be told: {pods} (up to {minutes} min, on {nodes}).',
    intent: 'flannel-no-ip-available',
    explains: ['pod-waiting', 'warning'],
  },
  flannelNotReady: {
    severity: 'problem',
    text: '{count} {count:pod waits because the network of its|pods wait because the network of their} node is not ready: {pods} (up to {minutes} min, on {nodes}). Look at Flannel there, and at its cniVersion.',
    intent: 'flannel-cni-version',
    explains: ['pod-waiting', 'warning'],
  },
  terwayNotReady: {
    severity: 'problem',
    text: '{count} {count:pod waits because the network of its|pods wait because the network of their} node is not ready: {pods} (up to {minutes} min, on {nodes}). Look at the Terway pods there.',
    intent: 'terway-pod-lifecycle',
    explains: ['pod-waiting', 'warning'],
  },
  waitsForRoute: {
    severity: 'problem',
    text: '{count} {count:pod is|pods are} not scheduled because nodes have no route for pods (taint network-unavailable): {pods} (up to {minutes} min).',
    intent: 'node-network-unavailable',
    explains: ['pod-waiting', 'warning'],
  },
  noEniLeft: {
    severity: 'problem',
    text: '{count} {count:pod is|pods are} not scheduled because nodes have no room for another pod’s network: {pods} (up to {minutes} min).',
    intent: 'terway-pod-capacity',
    explains: ['pod-waiting', 'warning'],
  },
  waitsForNode: {
    severity: 'problem',
    text: '{count} {count:pod is|pods are} not scheduled, and nodes whose network has not come up are a reason the scheduler names ({taints}): {pods} (up to {minutes} min).',
    intent: null,
    explains: ['pod-waiting', 'warning'],
  },
  hostPortTaken: {
    severity: 'problem',
    text: '{count} {count:pod is|pods are} not scheduled, as a host port that {count:it asks|they ask} for is taken on every node that is left: {pods} (up to {minutes} min). No two pods of a node can have the same one.',
    intent: 'hostport-support',
    explains: ['pod-waiting', 'warning'],
  },
  other: {
    severity: 'problem',
    text: '{count} {count:pod waits|pods wait} to be created, and acknet knows no cause: {pods} (up to {minutes} min). {says} It may or may not be the network.',
    intent: null,
    explains: ['pod-waiting', 'warning'],
  },
  unschedulable: {
    severity: 'advice',
    text: '{count} {count:pod is|pods are} not scheduled, for a reason outside the network: {pods} (up to {minutes} min).',
    intent: null,
  },
  pluginFails: {
    severity: 'problem',
    text: '{count} {count:pod waits|pods wait} because a CNI plugin fails, for a reason that acknet does not know: {pods} (up to {minutes} min, on {nodes}). {says}',
    intent: null,
    explains: ['pod-waiting', 'warning'],
  },
  nodeDown: {
    severity: 'advice',
    text: '{count} {count:pod waits on a node that is|pods wait on nodes that are} not Ready, for a reason outside the network: {pods} (up to {minutes} min, on {nodes}).',
    intent: null,
  },
  notNetwork: {
    severity: 'advice',
    text: '{count} {count:pod is|pods are} Pending for a reason outside the network (images, volumes, the container runtime, init containers): {pods} (up to {minutes} min).',
    intent: null,
  },
} as const satisfies Record<string, MessageTemplate>;
