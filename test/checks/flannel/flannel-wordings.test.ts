import { describe, expect, it } from '@jest/globals';
import { flannelExitIn, flannelExits } from '../../../src/checks/flannel/daemon/flannel-exits.js';
import { hostLocalWordings, noAddress } from '../../../src/checks/flannel/host-local-wordings.js';
import { cniWordings, lacksCniConfig } from '../../../src/cluster/cni-wordings.js';

const FORBIDDEN = 'error retrieving pod spec for \'kube-system/kube-flannel-ds-x\': pods "x" is forbidden';
const SILENT =
  'error retrieving pod spec for \'kube-system/kube-flannel-ds-x\': Get "https://192.168.128.1:443/api": dial tcp 192.168.128.1:443: i/o timeout';
const OUTSIDE =
  'subnet "172.31.0.0/16" specified in the flannel net config doesn\'t contain "10.9.0.0/26" PodCIDR of the "n1" node';

/** Lines as Flannel prints them: minor of 0.x, line, the part that is shown. */
const lines: readonly (readonly [number, string, string])[] = [
  [
    11,
    'E1124 02:50:01.1 1 main.go:289] Error registering network: failed to acquire lease: out of subnets',
    'failed to acquire lease: out of subnets',
  ],
  [
    15,
    'E1124 02:50:01.1 1 main.go:325] Error registering network: failed to acquire lease: node "n1" pod cidr not assigned',
    'node "n1" pod cidr not assigned',
  ],
  [
    19,
    `E1124 02:50:01.1 1 main.go:334] Error registering network: failed to acquire lease: ${OUTSIDE}`,
    OUTSIDE,
  ],
  [
    15,
    'E1124 02:50:01.1 1 main.go:325] Error registering network: failed to acquire lease: nodes "n1" is forbidden',
    'failed to acquire lease: nodes "n1" is forbidden',
  ],
  [
    13,
    'E1124 02:50:01.1 1 main.go:243] Failed to create SubnetManager: error parsing subnet config: invalid character',
    'error parsing subnet config: invalid character',
  ],
  [
    13,
    'E1124 02:50:01.1 1 main.go:243] Failed to create SubnetManager: failed to read net conf: open /etc/kube-flannel/net-conf.json: no such file',
    'failed to read net conf: open /etc/kube-flannel/net-conf.json: no such file',
  ],
  [
    13,
    'E1124 02:50:01.1 1 main.go:317] Error fetching backend: unknown backend type: vxlann',
    'unknown backend type: vxlann',
  ],
  [
    13,
    'E1124 02:50:01.1 1 main.go:272] Failed to find any valid interface to use: failed to get default interface: Unable to find default route',
    'Failed to find any valid interface to use: failed to get default interface: Unable to find default route',
  ],
  [
    13,
    'E1124 02:50:01.1 1 main.go:301] Failed to find interface to use that matches the interfaces and/or regexes provided',
    'Failed to find interface to use that matches the interfaces and/or regexes provided',
  ],
  [
    26,
    'E1124 02:50:01.1 1 main.go:292] Failed to check br_netfilter: stat /proc/sys/net/bridge/bridge-nf-call-iptables: no such file or directory',
    'Failed to check br_netfilter: stat /proc/sys/net/bridge/bridge-nf-call-iptables: no such file or directory',
  ],
  [13, `E1124 02:50:01.1 1 main.go:243] Failed to create SubnetManager: ${FORBIDDEN}`, FORBIDDEN],
  [13, `E1124 02:50:01.1 1 main.go:243] Failed to create SubnetManager: ${SILENT}`, SILENT],
  [
    13,
    'flag provided but not defined: -kube-subnet-mgrr',
    'flag provided but not defined: -kube-subnet-mgrr',
  ],
];

describe('Flannel ends', () => {
  it.each(lines)('0.%s: %s', (minor, line, part) => {
    const told = flannelExitIn(['I1124 02:50:00.1 1 main.go:205] CLI flags config', line]);
    expect(told?.part).toBe(part);
    expect(told?.exit.since).toBeLessThanOrEqual(minor);
  });

  it('has a line for each wording', () => {
    const used = new Set(lines.map(([, line]) => flannelExitIn([line])?.exit));
    expect(flannelExits.filter((exit) => !used.has(exit))).toEqual([]);
  });

  it('is told from no line of a healthy start', () => {
    expect(
      flannelExitIn(['I1124 02:50:01.1 1 main.go:317] Wrote subnet file to /run/flannel/subnet.env']),
    ).toBeUndefined();
  });
});

describe('host-local has no address', () => {
  it.each([
    [
      'range set',
      'failed to allocate for range 0: no IP addresses available in range set: 172.31.0.65-172.31.0.126',
      '172.31.0.65',
    ],
    [
      'range set',
      'no IP addresses available in range set: 2001:db8:42:2::1-2001:db8:42:2::ff',
      '2001:db8:42:2::1',
    ],
    [
      'network',
      'NetworkPlugin cni failed to set up pod "x" network: no IP addresses available in network: cb0',
      undefined,
    ],
  ])('of a %s: %s', (_kind, message, first) => {
    expect(noAddress(message)).toEqual({ first });
  });

  it('has a line for each wording, and none for another fault', () => {
    expect(hostLocalWordings).toHaveLength(2);
    expect(noAddress('failed to find plugin "flannel" in path')).toBeUndefined();
  });
});

describe('a kubelet without a CNI config', () => {
  it.each([
    [
      'docker',
      'runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:docker: network plugin is not ready: cni config uninitialized',
    ],
    [
      'containerd',
      'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized',
    ],
    [
      'cri-o',
      'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: No CNI configuration file in /etc/cni/net.d/. Has your network provider started?',
    ],
  ])('says so on %s', (runtime, message) => {
    expect(lacksCniConfig(message)).toBe(true);
    expect(
      cniWordings.filter(({ text }) => message.includes(text)).map((wording) => wording.runtime),
    ).toEqual([runtime]);
  });
});
