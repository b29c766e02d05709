import type { VerdictRow } from './verdict-row.js';

const SCHEME = (minor: number) => `pkg/proxy/apis/config/scheme/scheme.go, release-1.${minor}`;
const FIELDS = (minor: number) => `k8s.io/kube-proxy config/v1alpha1/types.go, release-1.${minor}`;
const VALIDATION = (minor: number) => `pkg/proxy/apis/config/validation/validation.go, release-1.${minor}`;
const GATES = (minor: number) => `pkg/features/kube_features.go, release-1.${minor}`;
const DURATION = 'k8s.io/apimachinery pkg/apis/meta/v1/duration.go, and Go time.ParseDuration';
const gates = (...lines: readonly string[]): string => `featureGates:\n  ${lines.join('\n  ')}`;

/** How the document is read, and what several of its parts do together. */
export const documentRows: readonly VerdictRow[] = [
  // The last of two keys counts, so what it says is what is judged.
  [36, 'mode: ipvs\nmode: IPVS', 'refused', SCHEME(36)],
  [36, 'mode: IPVS\nmode: ipvs', 'ignored', SCHEME(36)],
  [16, 'bindAddress: x\nbindAddress: 0.0.0.0', 'ignored', SCHEME(16)],
  [31, 'kind: KubeletConfiguration', 'refused', SCHEME(31)],
  [31, 'apiVersion: kubeproxy.config.k8s.io/v1beta1', 'refused', SCHEME(31)],
  [14, 'apiVersion: kubeproxy.config.k8s.io/v1', 'refused', SCHEME(14)],
  [31, gates('NFTablesProxyMode: "true"', 'NFTablesProxyMode: true'), 'ignored', SCHEME(31)],
  [36, 'Mode: ipvs', 'ignored', SCHEME(36)],
  [14, 'bindaddress: nonsense', 'ignored', SCHEME(14)],
  [31, 'logging:\n  sanitization: true', 'ignored', FIELDS(31)],
  [31, 'ipvs: ""', 'refused', 'sigs.k8s.io/json, release-1.31'],
  [31, 'ipvs: {}', 'accepted', SCHEME(31)],
  [31, 'bindAddress: [::]', 'refused', 'sigs.k8s.io/json, release-1.31'],
  [31, 'showHiddenMetricsForVersion: 1.30', 'refused', 'sigs.k8s.io/json, release-1.31'],
  [31, 'oomScoreAdj: 5.5', 'refused', 'sigs.k8s.io/json, release-1.31'],
  [31, 'clientConnection:\n  qps: -1', 'accepted', VALIDATION(31)],
  [31, 'clientConnection:\n  qps: "50"', 'refused', 'sigs.k8s.io/json, release-1.31'],
  [31, 'conntrack:\n  tcpEstablishedTimeout: 1h30m', 'accepted', DURATION],
  [31, 'conntrack:\n  tcpEstablishedTimeout: .5s', 'accepted', DURATION],
  [31, 'conntrack:\n  tcpEstablishedTimeout: +5s', 'accepted', DURATION],
  [31, 'conntrack:\n  tcpEstablishedTimeout: 1h 30m', 'refused', DURATION],
  [31, 'conntrack:\n  tcpEstablishedTimeout: 2562048h', 'refused', DURATION],
  [28, 'conntrack:\n  tcpBeLiberal: true', 'ignored', FIELDS(28)],
  [29, 'conntrack:\n  tcpBeLiberal: true', 'accepted', FIELDS(29)],
  [30, 'windowsRunAsService: true', 'ignored', FIELDS(30)],
  [31, 'windowsRunAsService: true', 'accepted', FIELDS(31)],
  [26, 'mode: kernelspace', 'refused', VALIDATION(26)],
  [31, 'healthzBindAddress: "[fe80::1%eth0]:10256"', 'refused', VALIDATION(31)],
  [31, 'metricsBindAddress: "[::1]"', 'refused', VALIDATION(31)],
  [14, 'metricsBindAddress: "[::1]"', 'refused', VALIDATION(14)],
  [31, 'nodePortAddresses: [primary, primary]', 'refused', VALIDATION(31)],
  [31, 'nodePortAddresses: ["fe80::1%eth0/64"]', 'refused', VALIDATION(31)],
  [31, 'nodePortAddresses: ["fd00::/129"]', 'refused', VALIDATION(31)],
  [31, 'nodePortAddresses: [""]', 'refused', VALIDATION(31)],
  [31, 'nodePortAddresses: ["::/0", 0.0.0.0/0]', 'accepted', VALIDATION(31)],
  [20, gates('SupportIPVSProxyMode: true'), 'refused', GATES(20)],
  [19, gates('SupportIPVSProxyMode: false'), 'accepted', GATES(19)],
  [22, gates('ServiceTopology: true'), 'refused', GATES(22)],
  [33, gates('TopologyAwareHints: false'), 'refused', GATES(33)],
  [36, gates('TopologyAwareHints: true'), 'refused', GATES(36)],
  [34, gates('WinDSR: false'), 'refused', GATES(34)],
  [33, gates('WinDSR: false'), 'accepted', GATES(33)],
  [28, gates('ServiceInternalTrafficPolicy: true'), 'refused', GATES(28)],
  [35, gates('AllAlpha: true', 'NFTablesProxyMode: false'), 'refused', GATES(35)],
];
