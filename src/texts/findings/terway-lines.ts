import { does, type Line, many } from './words.js';

export const terwayLines: Readonly<Record<string, Line>> = {
  'terway-eni-mode.changed': ({ node }) => `ENI mode of ${node} was changed: Terway cannot start there`,
  'terway-eni-mode.mixedPool': ({ pool }) => `Node pool ${pool} mixes exclusive and shared ENI nodes`,
  'terway-acceleration.unreadable': ({ key }) =>
    `${key} in eni-config is not readable: no CNI config for nodes`,
  'terway-acceleration.differs': ({ count, effective, configured }) =>
    `${many(count, 'node')} ${does(count, 'uses', 'use')} ${effective}, configured is ${configured}`,
  'vswitch-addresses-exhausted.exhausted': ({ vSwitch }) => `vSwitch ${vSwitch} has no free address`,
  'vswitch-addresses-exhausted.exhaustedBesideOthers': ({ vSwitch, nodes }) =>
    `vSwitch ${vSwitch} is empty, and ${many(nodes, 'node')} ${does(nodes, 'uses', 'use')} no other`,
  'vswitch-addresses-exhausted.dedicatedExhausted': ({ vSwitch, configMap }) =>
    `vSwitch ${vSwitch} of ${configMap} has no free address`,
  'vswitch-addresses-exhausted.unlistedExhausted': ({ vSwitch }) =>
    `vSwitch ${vSwitch} is empty, and no longer configured`,
  'vswitch-addresses-exhausted.countedEmpty': ({ zone, pods }) =>
    `No pod vSwitch of ${zone} has a free address: ${many(pods, 'pod')} waiting`,
  'vswitch-addresses-exhausted.vSwitchGone': ({ vSwitch }) =>
    `Pod vSwitch ${vSwitch} does not exist any more`,
  'vswitch-addresses-exhausted.otherVpc': ({ vSwitch }) => `Pod vSwitch ${vSwitch} is in another VPC`,
  'vswitch-addresses-exhausted.otherZone': ({ vSwitch, found }) =>
    `Pod vSwitch ${vSwitch} is in another zone: ${found}`,
  'snat-facts.noSnat': ({ vSwitch }) => `Pods of ${vSwitch} have no Internet: no SNAT entry covers them`,
  'snat-facts.noRoute': ({ vSwitch }) => `Pods of ${vSwitch} have no Internet: no default route`,
  'eni-quota-exhausted.oldInterfaces': ({ nodes }) =>
    `${many(nodes, 'node')} full of ENIs on empty vSwitches: rotate ${does(nodes, 'it', 'them')}`,
  'eni-quota-exhausted.limit': ({ nodes }) => `The cloud refuses ${many(nodes, 'node')} a further ENI`,
  'eni-quota-exhausted.securityGroupFull': ({ nodes }) =>
    `A security group is full: ${many(nodes, 'node')} ${does(nodes, 'gets', 'get')} no new address`,
  'eni-quota-exhausted.denied': () => 'Terway may not call the cloud (Forbidden.RAM): look at its RAM role',
  'eni-quota-exhausted.metadataSilent': ({ nodes }) =>
    `The metadata service does not answer Terway on ${many(nodes, 'node')}`,
  'pod-ip-outside-vswitch.zoneWithout': ({ zone }) =>
    `Zone ${zone} has no pod vSwitch: pods use the node’s own`,
  'pod-ip-outside-vswitch.zoneFails': ({ zone }) => `Zone ${zone} has no pod vSwitch: pods get no address`,
  'pod-ip-outside-vswitch.foreignInterfaces': ({ pods, vSwitch }) =>
    `${many(pods, 'pod')} with addresses of ${vSwitch}, which is not configured`,
  'terway-pods-not-ready.notReady': ({ count, total }) =>
    `${count} of ${many(total, 'Terway pod')} not ready`,
  'terway-pods-not-ready.initFailed': ({ count, cause }) =>
    `${many(count, 'Terway pod')} cannot start: ${cause}`,
  'terway-pods-not-ready.missing': ({ desired, present }) =>
    `Terway runs on ${present} of ${many(desired, 'node')}`,
  'terway-pods-not-ready.olderThanConfig': ({ count, total }) =>
    `${count} of ${many(total, 'Terway pod')} ${does(count, 'runs', 'run')} an old eni-config`,
  'terway-pods-not-ready.configUnreadable': () => 'eni-config is not valid JSON: Terway will not start again',
  'terway-pod-capacity.full': ({ nodes, waiting }) =>
    `${many(nodes, 'node')} out of pod addresses, ${many(waiting, 'pod')} waiting`,
  'terway-pod-capacity.notPlaced': ({ pods }) =>
    `${many(pods, 'pod')} not scheduled: no node has room for their network`,
  'terway-in-cluster-load-balancing.misplaced': () => 'in_cluster_loadbalance is in the wrong place: ignored',
  'terway-in-cluster-load-balancing.invalid': ({ value }) =>
    `in_cluster_loadbalance is "${value}": only "true" works`,
  'network-policy-latency.misplaced': () => 'disable_network_policy is in the wrong place: ignored',
  'network-policy-latency.slowAllocation': ({ median }) =>
    `Half of the new pods wait ${median} s for an address`,
  'fixed-address-nodes.configMissing': ({ configMap, nodes }) =>
    `ConfigMap ${configMap} of ${many(nodes, 'node')} does not exist`,
  'fixed-address-nodes.configUnreadable': ({ configMap }) =>
    `ConfigMap ${configMap} has no readable eni_conf`,
  'fixed-address-nodes.zoneMissing': ({ configMap, zone }) =>
    `ConfigMap ${configMap} has no vSwitch for ${zone}`,
  'fixed-address-nodes.notRestarted': ({ configMap, nodes }) =>
    `${configMap} not in effect on ${many(nodes, 'node')}: Terway is older`,
  'fixed-address-nodes.notApplied': ({ configMap, nodes }) =>
    `${many(nodes, 'node')} of ${configMap} ${does(nodes, 'works', 'work')} with other vSwitches`,
  'fixed-address-nodes.oldInterfaces': ({ configMap, nodes }) =>
    `${many(nodes, 'node')} of ${configMap} ${does(nodes, 'has', 'have')} ENIs on other vSwitches`,
  'eip-blocks-upgrade.enabled': () => 'Terway’s EIP feature is on: the upgrade to 1.7.0 will fail',
  'mac-not-found.lasting': ({ pods, node }) =>
    `Network card missing on ${node}: ${many(pods, 'pod')} failing`,
};
