import type { MessageTemplate } from '../../judging/define-check.js';

/** What only the cloud can bring about the pod vSwitches. */
export const countMessages = {
  countedEmpty: {
    severity: 'problem',
    text: 'No pod vSwitch of zone {zone} has a free address ({vSwitches}; counted {at}), and {pods} {pods:pod waits|pods wait} there. Add a vSwitch of the same zone.',
    explains: ['pod-waiting', 'warning'],
    mends: 'pod vSwitches',
  },
  vSwitchGone: {
    severity: 'problem',
    text: 'Pod vSwitch {vSwitch} of zone {zone} does not exist in the account (any more): Terway gets no ENI there. Take it out of {configMap}, or name the one that was meant.',
    explains: ['pod-waiting', 'warning'],
    mends: 'pod vSwitches',
  },
  otherVpc: {
    severity: 'problem',
    text: 'Pod vSwitch {vSwitch} of zone {zone} is in VPC {found}, and the cluster is in {vpc}: no ENI of a node can be made there.',
    explains: ['pod-waiting', 'warning'],
    mends: 'pod vSwitches',
  },
  otherZone: {
    severity: 'problem',
    text: 'Pod vSwitch {vSwitch} stands under zone {zone} in {configMap}, and is in zone {found}: no ENI of a node in {zone} can be made there.',
    explains: ['pod-waiting', 'warning'],
    mends: 'pod vSwitches',
  },
  countedLow: {
    severity: 'advice',
    text: 'vSwitch {vSwitch} (zone {zone}) has {free} free {free:address|addresses} (counted {at}): the next pods take them from another pod vSwitch of the zone, or wait.',
  },
  roomAgain: {
    severity: 'advice',
    text: 'vSwitch {vSwitch} had no free address at {since}, and has {free} now (counted {at}). Terway tries again by itself.',
  },
} as const satisfies Record<string, MessageTemplate>;

export const countDecides = [
  'countedEmpty',
  'vSwitchGone',
  'otherVpc',
  'otherZone',
  'countedLow',
  'roomAgain',
] as const;
