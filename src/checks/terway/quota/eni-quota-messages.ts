import type { MessageTemplate } from '../../judging/define-check.js';
import { interfaceMessages } from '../cloud/judge-interfaces.js';

export const eniQuotaMessages = {
  ...interfaceMessages,
  oldInterfaces: {
    severity: 'problem',
    text: '{nodes} {nodes:node has used up its|nodes have used up their} ENI quota on vSwitches without free addresses ({old}), so {added} cannot take effect there. Rotate {nodes:this node|these nodes}: {names}.',
    explains: ['pod-waiting', 'warning'],
    mends: 'ENIs of the node',
    proof: 'state',
  },
  limit: {
    severity: 'problem',
    text: 'The cloud refuses a further ENI on {nodes} {nodes:node|nodes} (EniPerInstanceLimitExceeded): {names}. The pods there get addresses of the ENIs that are attached, or none.',
    explains: ['pod-waiting', 'warning'],
    mends: 'ENIs of the node',
  },
  securityGroupFull: {
    severity: 'problem',
    text: 'A security group takes no further ENI (SecurityGroupInstanceLimitExceed), so {nodes} {nodes:node gets|nodes get} no new addresses: {names}.',
    explains: ['pod-waiting', 'warning'],
    mends: 'security group',
  },
  denied: {
    severity: 'problem',
    text: 'Terway may not call the cloud API (Forbidden.RAM), so {nodes} {nodes:node gets|nodes get} no new ENIs or addresses: {names}. Look at the RAM role of Terway.',
    explains: ['pod-waiting', 'warning'],
    mends: 'cloud permission',
  },
  metadataSilent: {
    severity: 'problem',
    text: 'The metadata service of the instance (100.100.100.200) does not answer Terway on {nodes} {nodes:node, so it gets|nodes, so they get} no new ENIs or addresses: {names}. Look at what blocks that address there: routes, iptables, security software.',
    intent: null,
    explains: ['pod-waiting', 'warning'],
    mends: 'way to the metadata service',
  },
  suspected: {
    severity: 'advice',
    text: '{nodes} {nodes:node finds|nodes find} vSwitch {old} empty although {other} of the same zone is configured: either Terway there was not restarted after the change, or {nodes:its|their} ENI quota is used up.',
  },
} as const satisfies Record<string, MessageTemplate>;
