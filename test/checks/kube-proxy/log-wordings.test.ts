import { describe, expect, it } from '@jest/globals';
import { missingModules } from '../../../src/checks/kube-proxy/logs/kube-proxy-logs.js';
import { logWordings, type Tells, toldBy } from '../../../src/checks/kube-proxy/logs/log-wordings.js';

const MODULES =
  'IPVS proxier will not be used because the following required kernel modules are not loaded: [ip_vs_lc ip_vs]';

/** Lines as releases print them: minor, line, what it tells, the part that is shown. */
const lines: readonly (readonly [number, string, Tells | undefined, string?])[] = [
  [14, 'I0202 02:01:51.613846       1 server_others.go:148] Using iptables Proxier.', 'mode', 'iptables'],
  [20, 'I1120 03:55:42.062316       1 server_others.go:259] Using ipvs Proxier.', 'mode', 'ipvs'],
  [16, 'I1120 03:55:42.062316       1 server_others.go:152] Using userspace Proxier.', 'mode', 'userspace'],
  [22, 'I1120 03:55:42.062316       1 server_others.go:206] "Using iptables Proxier"', 'mode', 'iptables'],
  [33, 'I1120 03:55:42.062316       1 server_linux.go:259] "Using nftables Proxier"', 'mode', 'nftables'],
  [31, '{"ts":1732.1,"caller":"app/server_linux.go:243","msg":"Using ipvs Proxier","v":0}', 'mode', 'ipvs'],
  [
    14,
    `E0202 02:01:51.6 1 server_others.go:305] can't determine whether to use ipvs proxy, error: ${MODULES}`,
    'no-ipvs',
    MODULES,
  ],
  [
    18,
    "E0825 05:50:04.3 1 server_others.go:340] can't determine whether to use ipvs proxy, error: error getting ipset version, error: executable file not found in $PATH",
    'no-ipvs',
    'error getting ipset version, error: executable file not found in $PATH',
  ],
  [
    20,
    `W1120 03:55:42.06 1 server_others.go:270] Can't use the IPVS proxier: ${MODULES}`,
    'no-ipvs',
    MODULES,
  ],
  [
    24,
    `E1120 03:55:42.06 1 server_others.go:283] "Can't use the IPVS proxier" err="${MODULES}"`,
    'no-ipvs',
    MODULES,
  ],
  [
    26,
    `E1120 03:55:42.06 1 server.go:494] "Error running ProxyServer" err="can't use the IPVS proxier: ${MODULES}"`,
    'no-ipvs',
    MODULES,
  ],
  [
    30,
    'E1120 03:55:42.06 1 proxier.go:721] "Could not create dummy VS" err="no such file or directory" scheduler="lc"',
    'no-ipvs',
    'err="no such file or directory" scheduler="lc',
  ],
  [18, "I1120 03:55:42.06 1 server_others.go:1] Can't use ipvs proxier, trying iptables proxier", 'no-ipvs'],
  [
    14,
    'F1120 03:55:42.06 1 server.go:463] failed complete: unrecognized feature gate: MountPropagation',
    'bad-gate',
    'failed complete: unrecognized feature gate: MountPropagation',
  ],
  [
    25,
    'E1120 03:55:42.06 1 run.go:74] "command failed" err="failed complete: unrecognized feature gate: IPv6DualStack"',
    'bad-gate',
    'failed complete: unrecognized feature gate: IPv6DualStack',
  ],
  [
    24,
    'E1120 03:55:42.06 1 run.go:74] "command failed" err="failed complete: cannot set feature gate IPv6DualStack to false, feature is locked to true"',
    'bad-gate',
    'failed complete: cannot set feature gate IPv6DualStack to false, feature is locked to true',
  ],
  [
    36,
    'E1120 03:55:42.06 1 run.go:72] "command failed" err="failed complete: GangScheduling is enabled, but depends on features that are disabled: [GenericWorkload]"',
    'bad-gate',
    'failed complete: GangScheduling is enabled, but depends on features that are disabled: [GenericWorkload]',
  ],
  [
    31,
    'E1120 03:55:42.06 1 run.go:72] "command failed" err="failed complete: open /var/lib/kube-proxy/config.conf: no such file or directory"',
    'bad-config',
    'failed complete: open /var/lib/kube-proxy/config.conf: no such file or directory',
  ],
  [
    20,
    'F1120 03:55:42.06 1 server.go:489] failed validate: KubeProxyConfiguration.Mode.ProxyMode: Invalid value: "x": must be iptables,ipvs,userspace or blank',
    'bad-config',
    'failed validate: KubeProxyConfiguration.Mode.ProxyMode: Invalid value: "x": must be iptables,ipvs,userspace or blank',
  ],
  [
    30,
    '{"ts":1,"caller":"cli/run.go:72","msg":"command failed","err":"failed validate: KubeProxyConfiguration.BindAddress: Invalid value: \\"x\\": no"}',
    'bad-config',
    'failed validate: KubeProxyConfiguration.BindAddress: Invalid value: "x": no',
  ],
  [
    31,
    'E1120 03:55:42.06 1 run.go:72] "command failed" err="initialize logging: logging.format: Invalid value: \\"xml\\": Unsupported log format"',
    'bad-config',
    'initialize logging: logging.format: Invalid value: "xml": Unsupported log format',
  ],
  [
    23,
    'E1120 03:55:42.06 1 server.go:490] "Error running ProxyServer" err="cannot determine detect-local-mode: unknown detect-local-mode: Nonsense"',
    'bad-config',
    'cannot determine detect-local-mode: unknown detect-local-mode: Nonsense',
  ],
  [
    29,
    'E1120 03:55:42.06 1 run.go:74] "command failed" err="kube-proxy configuration is incorrect: cluster is IPv4-only but clusterCIDRs contains only IPv6 addresses"',
    'wrong-family',
    'kube-proxy configuration is incorrect: cluster is IPv4-only but clusterCIDRs contains only IPv6 addresses',
  ],
  [
    24,
    'E1120 03:55:42.06 1 run.go:74] "command failed" err="timeout waiting for PodCIDR allocation to configure detect-local-mode NodeCIDR: timed out waiting for the condition"',
    'no-range',
    'timeout waiting for PodCIDR allocation to configure detect-local-mode NodeCIDR: timed out waiting for the condition',
  ],
  [31, 'Error: unknown flag: --cleanup-ipvs', 'bad-flag', 'Error: unknown flag: --cleanup-ipvs'],
  [
    31,
    'E1120 03:55:42.06 1 run.go:72] "command failed" err="\\"kube-proxy\\" does not take any arguments, got [\\"x\\"]"',
    undefined,
  ],
  [
    31,
    'Error: "kube-proxy" does not take any arguments, got ["x"]',
    'bad-flag',
    '"kube-proxy" does not take any arguments, got ["x"]',
  ],
  [
    31,
    'E1120 03:55:42.06 1 server.go:600] "Error running ProxyServer" err="starting metrics server failed: listen tcp 127.0.0.1:10249: bind: address already in use"',
    'port-taken',
    'listen tcp 127.0.0.1:10249: bind: address already in use',
  ],
  [
    20,
    'W1120 03:55:42.06 1 server.go:1] using lenient decoding as strict decoding failed: unknown field "x"',
    undefined,
  ],
  [
    31,
    'I1120 03:55:42.06 1 server.go:1] "Using lenient decoding as strict decoding failed" err="strict decoding error: unknown field \\"x\\""',
    undefined,
  ],
  [
    24,
    'W1120 03:55:42.06 1 feature_gate.go:237] Setting GA feature gate IPv6DualStack=true. It will be removed in a future release.',
    undefined,
  ],
  [31, 'I1120 03:55:42.06 1 conntrack.go:60] "Setting nf_conntrack_max" nfConntrackMax=262144', undefined],
];

describe('what a line of kube-proxy tells', () => {
  it.each(lines.map((row) => ({ row, name: `1.${row[0]}: ${row[1]}` })))(
    '$name',
    ({ row: [minor, line, tells, part] }) => {
      const told = toldBy(line);
      expect(told?.tells).toBe(tells);
      if (part !== undefined) expect(told?.part).toBe(part);
      if (tells === undefined) return;
      const printed = logWordings.filter(
        ({ pattern, from, to }) => pattern.test(line) && minor >= from && minor <= to,
      );
      expect(printed.map((wording) => wording.tells)).toContain(tells);
    },
  );

  it('has a line for every wording, of a release that prints it', () => {
    const without = logWordings.filter(
      ({ pattern, from, to }) =>
        !lines.some(([minor, line]) => minor >= from && minor <= to && pattern.test(line)),
    );
    expect(without.map(({ pattern }) => pattern.source)).toEqual([]);
  });

  it('takes time linear in the line', () => {
    for (const hostile of [
      'failed complete: ',
      'listen tcp :',
      "can't use the IPVS proxier: ",
      '"',
      '\\"',
      ' ',
      '(',
      'Using ',
    ]) {
      const start = process.cpuUsage();
      toldBy(hostile.repeat(100_000));
      expect(process.cpuUsage(start).user / 1e6).toBeLessThan(2);
    }
  });

  it('names the kernel modules that are missing', () => {
    expect(missingModules(`x ${MODULES} y`)).toEqual(['ip_vs_lc', 'ip_vs']);
    expect(missingModules('no such file or directory')).toEqual([]);
  });
});
