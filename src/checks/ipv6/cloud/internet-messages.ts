import type { MessageTemplate } from '../../judging/define-check.js';

const OUT = 'ipv6-no-outbound-internet';

/** What only the cloud can bring about IPv6 and the Internet. */
export const internetMessages = {
  noGateway: {
    severity: 'problem',
    text: '{count} {count:pod is|pods are} annotated for IPv6 to the Internet ({pods}), and VPC {vpc} has no IPv6 gateway: nothing goes out or comes in over IPv6. Create one in the VPC console.',
    intent: OUT,
  },
  gatewayLocked: {
    severity: 'problem',
    text: 'IPv6 gateway {gateway} of VPC {vpc} is locked ({status}): nothing goes out or comes in over IPv6 until the account has settled that.',
    intent: OUT,
  },
  noBandwidth: {
    severity: 'problem',
    text: '{count} {count:pod is|pods are} annotated for IPv6 to the Internet, and {count:its address has|their addresses have} no Internet bandwidth in the account ({pods}): {count:it is|they are} reached inside the VPC alone. See whether ack-extend-network-controller runs, or enable bandwidth for the address at IPv6 gateway {gateway}.',
  },
  bandwidthLocked: {
    severity: 'problem',
    text: 'The Internet bandwidth of {count} IPv6 {count:address|addresses} of pods is locked ({status}): {pods}.',
  },
  egressRule: {
    severity: 'problem',
    text: '{count} {count:pod asks|pods ask} for IPv6 Internet bandwidth and not for egress-only, and {count:its address has|their addresses have} an egress-only rule at IPv6 gateway {gateway} ({pods}): the Internet cannot reach {count:it|them}. Delete the rule, unless it is meant.',
  },
  notEnforced: {
    severity: 'problem',
    text: '{count} {count:pod is|pods are} marked egress-only ({pods}), and {count:its address has|their addresses have} Internet bandwidth and no egress-only rule at IPv6 gateway {gateway}: the Internet can reach {count:it|them}.',
  },
  ruleUnasked: {
    severity: 'advice',
    text: '{count} {count:pod has|pods have} an egress-only rule at IPv6 gateway {gateway} that no annotation asks for ({pods}): the Internet cannot reach {count:it|them} over IPv6. Where that is meant, nothing is wrong.',
  },
  privateOnly: {
    severity: 'advice',
    text: 'No pod is annotated for IPv6 to the Internet, and the {count} {count:address|addresses} looked up {count:has|have} no Internet bandwidth ({pods}): IPv6 works inside the VPC alone. Where that is meant, nothing is wrong.',
  },
  vpcOnly: {
    severity: 'advice',
    text: 'VPC {vpc} has no IPv6 gateway: IPv6 works inside the VPC alone. Where that is meant, nothing is wrong.',
    intent: OUT,
  },
} as const satisfies Record<string, MessageTemplate>;

export const internetDecides = [
  'noGateway',
  'gatewayLocked',
  'noBandwidth',
  'bandwidthLocked',
  'egressRule',
  'notEnforced',
  'ruleUnasked',
  'privateOnly',
  'vpcOnly',
] as const;
