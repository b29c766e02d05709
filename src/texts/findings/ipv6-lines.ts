import { type Line, many } from './words.js';

export const ipv6Lines: Readonly<Record<string, Line>> = {
  'dual-stack-nodes.terwaySingleStack': () => 'Terway gives IPv4 only, though the cluster is dual stack',
  'dual-stack-nodes.badStack': ({ value }) => `ip_stack "${value}" is refused: Terway does not start`,
  'dual-stack-nodes.unsuited': ({ count, type }) =>
    `No IPv6 for pods on ${many(count, 'node')} of type ${type}`,
  'dual-stack-nodes.off': ({ count }) => `Terway gives no IPv6 address on ${many(count, 'node')}`,
  'dual-stack-pods.none': () => 'No pod has an IPv6 address, though the cluster is dual stack',
  'dual-stack-pods.noneOnNode': ({ count }) => `No pod on ${many(count, 'node')} has an IPv6 address`,
  'dual-stack-pods.some': ({ count, total }) =>
    `${count} of ${many(total, 'pod')} with IPv4 only: recreate them`,
  'dual-stack-services.unmet': ({ service }) => `Service ${service} asks for both families, has one`,
  'ipv6-endpoints.noEndpoint': ({ service }) => `Service ${service} has no IPv6 endpoint`,
  'ipv6-endpoints.fewer': ({ service }) => `Service ${service}: some pods without IPv6 address`,
  'ipv6-endpoints.others': ({ count }) => `${many(count, 'more Service')} with fewer IPv6 endpoints`,
  'ipv6-internet-facts.noGateway': ({ count }) =>
    `${many(count, 'pod')} for IPv6 Internet, VPC without gateway`,
  'ipv6-internet-facts.gatewayLocked': ({ status }) => `The VPC’s IPv6 gateway is locked (${status})`,
  'ipv6-internet-facts.noBandwidth': ({ count }) =>
    `${many(count, 'pod')} for IPv6 Internet, without bandwidth`,
  'ipv6-internet-facts.bandwidthLocked': ({ count, status }) =>
    `IPv6 bandwidth of ${many(count, 'pod')} is locked (${status})`,
  'ipv6-internet-facts.egressRule': ({ count }) =>
    `An egress-only rule keeps the Internet from ${many(count, 'pod')}`,
  'ipv6-internet-facts.notEnforced': ({ count }) =>
    `The Internet reaches ${many(count, 'pod')} marked egress-only`,
  'ipv6-internet-facts.noAddress': ({ count }) =>
    `${many(count, 'pod')} with IPv6 bandwidth, but no IPv6 address`,
};
