import { does, type Line, many } from './words.js';

export const flannelLines: Readonly<Record<string, Line>> = {
  'flannel-cni-version.missing': ({ notReady, total }) =>
    `Flannel’s config lacks cniVersion: ${notReady} of ${many(total, 'node')} without network`,
  'flannel-cni-version.waiting': ({ notReady, total }) =>
    `${notReady} of ${many(total, 'node')} without CNI config, though Flannel’s is right`,
  'flannel-cni-version.withoutFlannel': ({ notReady, total }) =>
    `${notReady} of ${many(total, 'node')} without CNI config: no Flannel pod there`,
  'flannel-cni-version.notTakenUp': ({ notReady, total }) =>
    `${notReady} of ${many(total, 'node')} without CNI config, though Flannel restarted`,
  'flannel-cni-version.unreadable': () => 'Flannel’s CNI config is not valid JSON: no node can use it',
  'flannel-hairpin.unreadable': () => 'Flannel’s CNI config is not valid JSON: no node can use it',
  'flannel-address-leak.leaked': ({ node, leaked }) =>
    `${node}: ${many(leaked, 'pod address', 'pod addresses')} leaked, none left`,
  'flannel-pod-cidr-exhausted.full': ({ node, range }) => `${node}: its pod range ${range} is used up`,
  'flannel-pod-cidr-exhausted.noRange': ({ node }) => `${node} has no pod range: pods get no address`,
  'flannel-version.mixed': ({ behind, total }) =>
    `${behind} of ${many(total, 'Flannel pod')} ${does(behind, 'runs', 'run')} another image`,
  'flannel-version.cannotStart': ({ count, total, cause }) =>
    `${count} of ${many(total, 'Flannel pod')} cannot start: ${cause}`,
  'flannel-version.notReady': ({ notReady, total }) =>
    `${notReady} of ${many(total, 'Flannel pod')} not ready`,
  'node-network-unavailable.unavailable': ({ node }) => `${node} has no route: nothing is scheduled there`,
  'node-network-unavailable.routeMissing': ({ node }) => `No VPC route leads to the pods of ${node}`,
  'node-network-unavailable.routeMissingInTable': ({ table, nodes }) =>
    `${table} has no route to the pods of ${many(nodes, 'node')}`,
  'node-network-unavailable.tableFull': ({ table, nodes }) =>
    `Route table ${table} is full: no route for ${many(nodes, 'node')}`,
  'node-network-unavailable.leftTaint': ({ node }) =>
    `${node} keeps the network taint, though its route exists`,
  'node-network-unavailable.routeErrors': ({ node }) =>
    `Route errors about ${node}, whose route still stands`,
  'multiple-route-tables.several': () => 'Several VPC route tables, none chosen: new nodes get no route',
  'multiple-route-tables.none': () => 'The VPC has no route table for the cluster: no node gets a route',
};
