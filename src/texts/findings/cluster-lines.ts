import { does, type Line, many } from './words.js';

const wait = (count: string | number | undefined): string =>
  `${many(count, 'pod')} ${does(count, 'waits', 'wait')}`;

/** What no plugin decides: pods that wait, addresses, names, host ports. */
export const clusterLines: Readonly<Record<string, Line>> = {
  'pods-stuck-creating.vSwitchEmpty': ({ count }) => `${wait(count)}: the vSwitch has no free address`,
  'pods-stuck-creating.vSwitchRoomAgain': ({ count }) => `${wait(count)}, though the vSwitch has room again`,
  'pods-stuck-creating.eniQuota': ({ count }) => `${wait(count)}: the node takes no further ENI`,
  'pods-stuck-creating.zoneWithout': ({ count }) => `${wait(count)}: no pod vSwitch in the node’s zone`,
  'pods-stuck-creating.cloudRefused': ({ count }) => `${wait(count)}: the cloud refuses them an address`,
  'pods-stuck-creating.cloudSilent': ({ count }) => `${wait(count)}: the metadata service does not answer`,
  'pods-stuck-creating.macNotFound': ({ count }) => `${wait(count)}: the network card does not appear`,
  'pods-stuck-creating.nodeFull': ({ count }) => `${wait(count)}: the node has no address left for pods`,
  'pods-stuck-creating.noAddress': ({ count }) => `${wait(count)} for an address of Terway, cause unknown`,
  'pods-stuck-creating.flannelLeak': ({ count }) => `${wait(count)}: addresses leaked on the node`,
  'pods-stuck-creating.flannelFull': ({ count }) => `${wait(count)}: the node’s pod range is used up`,
  'pods-stuck-creating.flannelNoAddress': ({ count }) =>
    `${wait(count)} for an address: range full or leaked`,
  'pods-stuck-creating.flannelNotReady': ({ count }) => `${wait(count)}: no network on the node (Flannel)`,
  'pods-stuck-creating.terwayNotReady': ({ count }) => `${wait(count)}: no network on the node (Terway)`,
  'pods-stuck-creating.waitsForRoute': ({ count }) => `${wait(count)}: the nodes have no route for pods`,
  'pods-stuck-creating.noEniLeft': ({ count }) => `${wait(count)}: no node has room for their network`,
  'pods-stuck-creating.waitsForNode': ({ count }) => `${wait(count)}: no network on the nodes left`,
  'pods-stuck-creating.hostPortTaken': ({ count }) => `${wait(count)}: a host port is taken on every node`,
  'pods-stuck-creating.pluginFails': ({ count }) => `${wait(count)}: a CNI plugin fails`,
  'pods-stuck-creating.other': ({ count }) => `${wait(count)} to be created, cause unknown`,

  'network-plugin.thirdParty': ({ daemonSet }) =>
    `${daemonSet} is a network plugin that ACK does not support`,
  'network-plugin.two': () => 'Terway and Flannel both run here: one must go',
  'cluster-addresses.overlap': ({ first, second }) => `${first} and ${second} overlap`,
  'cluster-addresses.vpcOverlap': ({ range, block }) => `${range} and ${block} of the VPC overlap`,
  'cluster-addresses.nodeInside': ({ nodes, range }) =>
    `${many(nodes, 'node address', 'node addresses')} inside ${range}: traffic goes astray`,
  'cluster-addresses.podRangesSpent': ({ range }) => `Pod CIDR ${range} is used up: a new node gets no range`,
  'cluster-domain.forwarded': ({ zone }) => `CoreDNS forwards ${zone}, which overlaps the cluster’s domain`,
  'cluster-domain.none': () => 'CoreDNS answers no Service names: its kubernetes plugin is gone',
  'host-port.terwayWithout': ({ ports, workload }) => `Host port ${ports} of ${workload}: Terway serves none`,
  'host-port.notOnExclusive': ({ ports, workload }) =>
    `Host port ${ports} of ${workload}: not served on exclusive ENI nodes`,
  'host-port.chainIgnored': ({ ports, workload, version }) =>
    `Host port ${ports} of ${workload}: Terway ${version} ignores portmap`,
  'host-port.flannelWithout': ({ ports, workload }) =>
    `Host port ${ports} of ${workload}: Flannel has no portmap`,
  'security-groups.dropped': ({ end, traffic }) => `Security group of ${end} drops ${traffic}`,
  'security-groups.notRunning': ({ instance, status }) => `${instance} is ${status}, not Running`,
};
