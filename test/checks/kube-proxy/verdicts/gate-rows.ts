import type { VerdictRow } from './verdict-row.js';

const GATES = (minor: number) => `pkg/features/kube_features.go, release-1.${minor}`;
const FEATUREGATE = 'k8s.io/component-base featuregate/feature_gate.go';
const gate = (line: string): string => `featureGates:\n  ${line}`;
const unknown = (name: string): string => `failed complete: unrecognized feature gate: ${name}`;
const locked = (name: string, to: boolean): string =>
  `failed complete: cannot set feature gate ${name} to ${!to}, feature is locked to ${to}`;

/** Gates: each at the releases where it came, was locked, was removed. */
export const gateRows: readonly VerdictRow[] = [
  [31, 'featureGates: null', 'accepted', FEATUREGATE],
  [31, 'featureGates: {}', 'accepted', FEATUREGATE],
  [14, gate('MountPropagation: true'), 'refused', GATES(14), unknown('MountPropagation')],
  [14, gate('PersistentLocalVolumes: true'), 'accepted', GATES(14)],
  [16, gate('PersistentLocalVolumes: false'), 'refused', GATES(16), locked('PersistentLocalVolumes', true)],
  [17, gate('PersistentLocalVolumes: true'), 'refused', GATES(17), unknown('PersistentLocalVolumes')],
  [15, gate('IPv6DualStack: true'), 'refused', GATES(15)],
  [16, gate('IPv6DualStack: true'), 'accepted', GATES(16)],
  [22, gate('IPv6DualStack: false'), 'accepted', GATES(22)],
  [23, gate('IPv6DualStack: false'), 'refused', GATES(23), locked('IPv6DualStack', true)],
  [24, gate('IPv6DualStack: true'), 'accepted', GATES(24)],
  [24, gate('IPv6DualStack: false'), 'refused', GATES(24), locked('IPv6DualStack', true)],
  [25, gate('IPv6DualStack: true'), 'refused', GATES(25), unknown('IPv6DualStack')],
  [20, `${gate('IPv6DualStack: true')}\n  EndpointSlice: false`, 'refused', 'validation.go, release-1.20'],
  [
    21,
    `${gate('IPv6DualStack: true')}\n  EndpointSlice: false`,
    'refused',
    GATES(21),
    locked('EndpointSlice', true),
  ],
  [18, gate('EndpointSliceProxying: true'), 'accepted', GATES(18)],
  [21, gate('EndpointSliceProxying: false'), 'accepted', GATES(21)],
  [22, gate('EndpointSliceProxying: false'), 'refused', GATES(22), locked('EndpointSliceProxying', true)],
  [25, gate('EndpointSliceProxying: true'), 'refused', GATES(25)],
  [28, gate('NFTablesProxyMode: true'), 'refused', GATES(28), unknown('NFTablesProxyMode')],
  [29, gate('NFTablesProxyMode: true'), 'accepted', GATES(29)],
  [33, gate('NFTablesProxyMode: false'), 'refused', GATES(33), locked('NFTablesProxyMode', true)],
  [16, gate('AllBeta: true'), 'refused', FEATUREGATE, unknown('AllBeta')],
  [17, gate('AllBeta: true'), 'accepted', FEATUREGATE],
  [36, gate('AllAlpha: true'), 'accepted', FEATUREGATE],
  [26, gate('ComponentSLIs: true'), 'accepted', 'k8s.io/component-base metrics/features, release-1.26'],
  [25, gate('ComponentSLIs: true'), 'refused', 'k8s.io/component-base metrics/features, release-1.25'],
  [26, gate('ContextualLogging: true'), 'refused', 'cmd/kube-proxy/app/server.go, release-1.26'],
  [27, gate('ContextualLogging: true'), 'accepted', 'cmd/kube-proxy/app/server.go, release-1.27'],
  [31, gate('FasterThanLight: true'), 'refused', FEATUREGATE, unknown('FasterThanLight')],
  [31, gate('nftablesproxymode: true'), 'refused', FEATUREGATE, unknown('nftablesproxymode')],
  [31, gate('__proto__: true'), 'refused', FEATUREGATE],
  [31, gate('NFTablesProxyMode: "true"'), 'refused', 'sigs.k8s.io/json, release-1.31'],
  [31, gate('NFTablesProxyMode: yes'), 'accepted', 'sigs.k8s.io/yaml reads YAML 1.1'],
  [
    27,
    gate('UnauthenticatedHTTP2DOSMitigation: true'),
    'not judged',
    'kube_features.go of 1.27.1 and 1.27.15 differ',
  ],
  [31, gate('UnauthenticatedHTTP2DOSMitigation: true'), 'accepted', GATES(31)],
  [34, `${gate('DynamicResourceAllocation: true')}\n  DRAAdminAccess: true`, 'accepted', GATES(34)],
  [
    35,
    gate('GangScheduling: true'),
    'refused',
    GATES(35),
    'failed complete: GangScheduling is enabled, but depends on features that are disabled: [GenericWorkload]',
  ],
  [35, `${gate('GangScheduling: true')}\n  GenericWorkload: true`, 'accepted', GATES(35)],
  // A gate hides every wrong value: they are looked at later.
  [
    31,
    `oomScoreAdj: 2000\n${gate('FasterThanLight: true')}`,
    'refused',
    'cmd/kube-proxy/app/server.go, release-1.31',
    unknown('FasterThanLight'),
  ],
  [37, gate('NFTablesProxyMode: true'), 'not judged', 'newer than what was read'],
  [13, gate('IPv6DualStack: true'), 'not judged', 'older than what was read'],
  [37, 'healthzBindAddress: ":::10256"', 'refused', 'validation.go, the same in every release read'],
  [37, 'detectLocalMode: Nonsense', 'not judged', 'newer than what was read'],
  [37, 'fieldOfTomorrow: 1', 'not judged', 'newer than what was read'],
];
