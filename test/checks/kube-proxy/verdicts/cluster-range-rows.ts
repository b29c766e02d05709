import type { VerdictRow } from './verdict-row.js';

const VALIDATION = (minor: number) => `pkg/proxy/apis/config/validation/validation.go, release-1.${minor}`;
const frame = (text: string): string => `failed validate: KubeProxyConfiguration.${text}`;
const DUAL = '(e.g. 10.100.0.0/16,fde4:8dba:82e1::/48)';
const PAIR = 'clusterCIDR: 10.0.0.0/8,fd00::/48';

/** clusterCIDR: how many ranges, of which families, by release and gate. */
export const clusterRangeRows: readonly VerdictRow[] = [
  [14, 'clusterCIDR: 10.0.0.0/8', 'accepted', VALIDATION(14)],
  [14, 'clusterCIDR: ""', 'accepted', VALIDATION(14)],
  [31, 'clusterCIDR: ""', 'accepted', VALIDATION(31)],
  [
    14,
    'clusterCIDR: 10.0.0.0',
    'refused',
    VALIDATION(14),
    frame('ClusterCIDR: Invalid value: "10.0.0.0": must be a valid CIDR block (e.g. 10.100.0.0/16)'),
  ],
  [
    17,
    'clusterCIDR: 10.0.0.0',
    'refused',
    VALIDATION(17),
    frame(
      'ClusterCIDR: Invalid value: "10.0.0.0": must be a valid CIDR block (e.g. 10.100.0.0/16 or FD02::0:0:0/96)',
    ),
  ],
  [
    30,
    'clusterCIDR: 10.0.0.0',
    'refused',
    VALIDATION(30),
    frame(
      'ClusterCIDR: Invalid value: "10.0.0.0": must be a valid CIDR block (e.g. 10.100.0.0/16 or fde4:8dba:82e1::/48)',
    ),
  ],
  [
    31,
    'clusterCIDR: 10.0.0.0',
    'refused',
    VALIDATION(31),
    frame(
      'DetectLocalConfiguration.ClusterCIDRs[0]: Invalid value: "10.0.0.0": must be a valid CIDR block (e.g. 10.100.0.0/16 or fde4:8dba:82e1::/48)',
    ),
  ],
  [14, PAIR, 'refused', VALIDATION(14)],
  [16, PAIR, 'refused', VALIDATION(16)],
  [16, `featureGates:\n  IPv6DualStack: true\n${PAIR}`, 'accepted', VALIDATION(16)],
  [
    18,
    PAIR,
    'refused',
    VALIDATION(18),
    frame(
      'ClusterCIDR: Invalid value: "10.0.0.0/8,fd00::/48": only one CIDR allowed (e.g. 10.100.0.0/16 or fde4:8dba:82e1::/48)',
    ),
  ],
  [20, `featureGates:\n  IPv6DualStack: true\n${PAIR}`, 'accepted', VALIDATION(20)],
  [20, `featureGates:\n  AllAlpha: true\n${PAIR}`, 'accepted', VALIDATION(20)],
  [21, PAIR, 'accepted', VALIDATION(21)],
  [22, `featureGates:\n  IPv6DualStack: false\n${PAIR}`, 'refused', VALIDATION(22)],
  [23, PAIR, 'accepted', VALIDATION(23)],
  [36, PAIR, 'accepted', VALIDATION(36)],
  [
    30,
    'clusterCIDR: 10.0.0.0/8,172.16.0.0/12',
    'refused',
    VALIDATION(30),
    frame(`ClusterCIDR: Invalid value: "10.0.0.0/8,172.16.0.0/12": must be a valid DualStack CIDR ${DUAL}`),
  ],
  [
    30,
    'clusterCIDR: 10.0.0.0/8, fd00::/48',
    'refused',
    VALIDATION(30),
    frame(`ClusterCIDR: Invalid value: "10.0.0.0/8, fd00::/48": must be a valid DualStack CIDR ${DUAL}`),
  ],
  [
    30,
    'clusterCIDR: 10.0.0.0/8,fd00::/48,172.16.0.0/12',
    'refused',
    VALIDATION(30),
    frame(
      `ClusterCIDR: Invalid value: "10.0.0.0/8,fd00::/48,172.16.0.0/12": only one CIDR allowed or a valid DualStack CIDR ${DUAL}`,
    ),
  ],
  [
    33,
    'clusterCIDR: 10.0.0.0/8,172.16.0.0/12',
    'refused',
    VALIDATION(33),
    frame(
      'DetectLocalConfiguration.ClusterCIDRs: Invalid value: []string{"10.0.0.0/8", "172.16.0.0/12"}: must be a either a single CIDR or dual-stack pair of CIDRs (e.g. [10.100.0.0/16, fde4:8dba:82e1::/48]',
    ),
  ],
  [
    34,
    'clusterCIDR: 10.0.0.0/8,172.16.0.0/12',
    'refused',
    'k8s.io/apimachinery pkg/util/validation/field/errors.go, release-1.34',
    frame(
      'DetectLocalConfiguration.ClusterCIDRs: Invalid value: ["10.0.0.0/8","172.16.0.0/12"]: must be a either a single CIDR or dual-stack pair of CIDRs (e.g. [10.100.0.0/16, fde4:8dba:82e1::/48]',
    ),
  ],
  [31, 'clusterCIDR: nonsense\ndetectLocalMode: NodeCIDR', 'accepted', VALIDATION(31)],
  [30, 'clusterCIDR: nonsense\ndetectLocalMode: NodeCIDR', 'refused', VALIDATION(30)],
  [31, 'clusterCIDR: nonsense\ndetectLocalMode: ClusterCIDR', 'refused', VALIDATION(31)],
];
