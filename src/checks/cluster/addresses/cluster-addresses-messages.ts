import type { MessageTemplate } from '../../judging/define-check.js';
import { vpcBlockMessages } from './vpc-blocks.js';

export const clusterAddressesMessages = {
  ...vpcBlockMessages,
  overlap: {
    severity: 'problem',
    text: '{first} and {second} overlap. {remedy}',
  },
  nodeInside: {
    severity: 'problem',
    text: '{nodes} node {nodes:address lies|addresses lie} inside {range}, so traffic to {nodes:it|them} goes astray. {remedy}',
  },
  podRangesSpent: {
    severity: 'problem',
    text: 'The Pod CIDR {range} has {left} node {left:range|ranges} of /{mask} left of {total}; a further node gets none. The Pod CIDR cannot be changed.',
  },
  podRangesLow: {
    severity: 'advice',
    text: 'The Pod CIDR {range} has {left} node {left:range|ranges} of /{mask} left of {total}.',
  },
  notReady: {
    severity: 'advice',
    text: 'ServiceCIDR {name} ({ranges}) is not Ready, so new Services get no address of it: {reason}',
  },
  routesNearQuota: {
    severity: 'advice',
    text: '{nodes} Flannel {nodes:node needs|nodes need} a VPC route each; a route table holds {quota} custom {quota:entry|entries} unless the quota was raised.',
  },
} as const satisfies Record<string, MessageTemplate>;
