import { describe, expect, it } from '@jest/globals';
import { logWordings } from '../../../../src/checks/kube-proxy/logs/log-wordings.js';
import { isAtLeast, parseVersion, type Version } from '../../../../src/cluster/identity/versions.js';
import { complaintIn } from '../../../../src/engine/symptoms/logs/complaint-in.js';
import { complaintWordings, type Speaker } from '../../../../src/engine/symptoms/logs/complaint-wordings.js';
import type { Complaint } from '../../../../src/texts/findings/complaints.js';

const FORBIDDEN =
  'services is forbidden: User "system:kube-proxy" cannot list resource "services" in API group "" at the cluster scope';
const REFUSED =
  'Get "https://10.0.0.1:6443/api/v1/services": dial tcp 10.0.0.1:6443: connect: connection refused';

/** Lines as releases print them. */
const lines: readonly (readonly [Speaker, string, string, Complaint | undefined])[] = [
  // client-go
  [
    'kube-proxy',
    '1.14',
    `E1124 02:58:00.1 1 reflector.go:125] k8s.io/client-go/informers/factory.go:133: Failed to list *v1.Service: ${FORBIDDEN}`,
    'cannot-list',
  ],
  [
    'kube-proxy',
    '1.20',
    `E1124 02:58:00.1 1 reflector.go:138] k8s.io/client-go/informers/factory.go:134: Failed to watch *v1beta1.EndpointSlice: failed to list *v1beta1.EndpointSlice: ${REFUSED}`,
    'cannot-list',
  ],
  [
    'kube-proxy',
    '1.26',
    'E1124 02:58:00.1 1 reflector.go:140] vendor/k8s.io/client-go/informers/factory.go:150: Failed to watch *v1.EndpointSlice: unknown (get endpointslices.discovery.k8s.io)',
    'cannot-list',
  ],
  [
    'kube-proxy',
    '1.31',
    `E1124 02:58:00.1 1 reflector.go:158] "Unhandled Error" err="k8s.io/client-go/informers/factory.go:160: Failed to watch *v1.Service: failed to list *v1.Service: ${FORBIDDEN}" logger="UnhandledError"`,
    'cannot-list',
  ],
  [
    'kube-proxy',
    '1.34',
    `E1124 02:58:00.1 1 reflector.go:205] "Failed to watch" err="failed to list *v1.Service: ${FORBIDDEN}" logger="UnhandledError" reflector="k8s.io/client-go/informers/factory.go:160" type="*v1.Service"`,
    'cannot-list',
  ],
  [
    'Flannel',
    '0.15',
    'E1124 02:58:00.1 1 reflector.go:127] github.com/flannel-io/flannel/subnet/kube/kube.go:403: Failed to list *v1.Node: nodes is forbidden: User "system:serviceaccount:kube-system:flannel" cannot list resource "nodes"',
    'cannot-list',
  ],
  [
    'CoreDNS',
    '1.9',
    `[INFO] plugin/kubernetes: pkg/mod/k8s.io/client-go@v0.23.4/tools/cache/reflector.go:167: failed to list *v1.Namespace: ${REFUSED}`,
    'cannot-list',
  ],
  [
    'kube-proxy',
    '1.26',
    'W1124 02:58:00.1 1 reflector.go:347] vendor/k8s.io/client-go/informers/factory.go:150: watch of *v1.Service ended with: too old resource version: 1 (2)',
    undefined,
  ],
  // kube-proxy
  [
    'kube-proxy',
    '1.14',
    'E1124 02:58:00.1 1 proxier.go:1402] Failed to execute iptables-restore: exit status 1 (iptables-restore: line 86 failed',
    'no-iptables',
  ],
  [
    'kube-proxy',
    '1.20',
    'E1124 02:58:00.1 1 proxier.go:825] Failed to ensure that filter chain KUBE-EXTERNAL-SERVICES exists: error creating chain "KUBE-EXTERNAL-SERVICES": exit status 3',
    'no-iptables',
  ],
  [
    'kube-proxy',
    '1.24',
    'E1124 02:58:00.1 1 proxier.go:853] "Failed to ensure chain jumps" err="error checking rule: exit status 4" table=filter srcChain=INPUT dstChain=KUBE-NODEPORTS',
    'no-iptables',
  ],
  [
    'kube-proxy',
    '1.29',
    'E1124 02:58:00.1 1 proxier.go:1564] "Failed to execute iptables-restore" err=<',
    'no-iptables',
  ],
  [
    'kube-proxy',
    '1.20',
    "W1124 02:58:00.1 1 server_others.go:270] Can't use the IPVS proxier: error getting ipset version, error: executable file not found in $PATH",
    'no-ipvs',
  ],
  [
    'kube-proxy',
    '1.16',
    'E1124 02:58:00.1 1 ipset.go:175] Failed to make sure ip set: &{{KUBE-CLUSTER-IP hash:ip,port inet}} exist, error: error creating ipset',
    'no-ipvs',
  ],
  [
    'kube-proxy',
    '1.24',
    'E1124 02:58:00.1 1 proxier.go:1050] "Failed to create dummy interface" err="operation not permitted" interface="kube-ipvs0"',
    'no-ipvs',
  ],
  [
    'kube-proxy',
    '1.31',
    'E1124 02:58:00.1 1 proxier.go:1196] "Failed to sync service" err="operation not permitted" servicePortName="shop/api" virtualServer="10.0.1.1:80/TCP"',
    'no-ipvs',
  ],
  [
    'kube-proxy',
    '1.31',
    'E1124 02:58:00.1 1 proxier.go:1833] "nftables sync failed" err="signal: segmentation fault (core dumped)" ipFamily="IPv4"',
    'no-nftables',
  ],
  [
    'kube-proxy',
    '1.14',
    'E1124 02:58:00.1 1 proxier.go:721] Failed to delete stale service IP 10.0.0.10 connections, error: error deleting connection tracking state for UDP service IP: 10.0.0.10, error: error looking for path of conntrack: exec: "conntrack": executable file not found in $PATH',
    'no-conntrack',
  ],
  [
    'kube-proxy',
    '1.28',
    'E1124 02:58:00.1 1 cleanup.go:70] "Failed to delete stale service connections" err="conntrack command returned: \\"operation not permitted\\"" IP="10.0.0.10"',
    'no-conntrack',
  ],
  [
    'kube-proxy',
    '1.32',
    'E1124 02:58:00.1 1 cleanup.go:55] "Failed to list conntrack entries" err="operation not permitted"',
    'no-conntrack',
  ],
  [
    'kube-proxy',
    '1.32',
    'E1124 02:58:00.1 1 cleanup.go:55] "Failed to list conntrack entries" err="interrupted system call"',
    undefined,
  ],
  [
    'kube-proxy',
    '1.33',
    'E1124 02:58:00.1 1 cleanup.go:56] "received a partial result, continuing to clean with partial result" err="results may be incomplete or inconsistent"',
    undefined,
  ],
  [
    'kube-proxy',
    '1.34',
    'E1124 02:58:00.1 1 reflector.go:205] "Failed to watch" err="failed to list *v1.Service: Get \\"https://10.0.0.1:6443/api\\": http2: client connection lost"',
    undefined,
  ],
  [
    'kube-proxy',
    '1.31',
    'I1124 02:58:00.1 1 proxier.go:799] "SyncProxyRules complete" elapsed="39ms"',
    undefined,
  ],
  ['kube-proxy', '1.31', 'I1124 02:58:00.1 1 server_linux.go:243] "Using ipvs Proxier"', undefined],
  // Flannel
  [
    'Flannel',
    '0.11',
    'E1124 02:58:00.1 1 iptables.go:115] Failed to ensure iptables rules: Error checking rule existence: failed to check rule existence: running [/sbin/iptables -t filter -C FORWARD]: exit status 3',
    'no-iptables',
  ],
  [
    'Flannel',
    '0.15',
    'E1124 02:58:00.1 1 iptables.go:98] Failed to setup IPTables. iptables binary was not found: exec: "iptables": executable file not found in $PATH',
    'no-iptables',
  ],
  [
    'Flannel',
    '0.26',
    "E1124 02:58:00.1 1 nftables.go:110] nftables: couldn't setup forward rules: netlink: operation not permitted",
    'no-iptables',
  ],
  [
    'Flannel',
    '0.15',
    'E1124 02:58:00.1 1 route_network.go:114] Error adding route to {Ifindex: 2 Dst: 10.244.1.0/24 Gw: 192.168.0.2}: network is unreachable',
    'no-routes',
  ],
  [
    'Flannel',
    '0.15',
    'E1124 02:58:00.1 1 vxlan_network.go:158] AddFDB failed: no buffer space available',
    'no-routes',
  ],
  [
    'Flannel',
    '0.10',
    'E1124 02:58:00.1 1 watch.go:43] Watch subnets: Subnet watch failed: client: etcd cluster is unavailable',
    'no-leases',
  ],
  [
    'Flannel',
    '0.15',
    'E1124 02:58:00.1 1 vxlan_network.go:199] failed to add vxlanRoute (10.244.1.0/24 -> 10.244.1.0): network is down',
    'no-routes',
  ],
  [
    'Flannel',
    '0.15',
    'E1124 02:58:00.1 1 vxlan_network.go:222] AddV6ARP failed: invalid argument',
    'no-routes',
  ],
  [
    'Flannel',
    '0.28',
    'E1124 02:58:00.1 1 vxlan_network.go:223] failed to create vxlan device: no such device',
    'no-routes',
  ],
  [
    'Flannel',
    '0.28',
    'E1124 02:58:00.1 1 vxlan_network.go:107] failed to recreate vxlan: context canceled, stopping vxlan recreate',
    undefined,
  ],
  [
    'Flannel',
    '0.22',
    'E1124 02:58:00.1 1 subnet.go:144] could not watch leases: etcdserver: no leader',
    'no-leases',
  ],
  [
    'Flannel',
    '0.9',
    'E1124 02:58:00.1 1 main.go:382] Error renewing lease (trying again in 1 min): etcdserver: request timed out',
    'no-renewal',
  ],
  [
    'Flannel',
    '0.15',
    'I1124 02:58:00.1 1 main.go:317] Wrote subnet file to /run/flannel/subnet.env',
    undefined,
  ],
  // Terway
  [
    'Terway',
    '1.15',
    'E1124 02:58:00.1 1 local.go:365] "failed to sync eni" err="metadata: status code 404"',
    'no-interfaces',
  ],
  [
    'Terway',
    '1.9',
    'E1124 02:58:00.1 1 aliyun.go:194] metadata: error get eni private ip: dial tcp 100.100.100.200:80: i/o timeout',
    'no-interfaces',
  ],
  [
    'Terway',
    '1.15',
    'E1124 02:58:00.1 1 local.go:700] "create eni failed" err="errCode: Forbidden.RAM, msg: User not authorized"',
    'no-addresses',
  ],
  [
    'Terway',
    '1.10',
    'E1124 02:58:00.1 1 eni.go:334] Could not register device plugin: rpc error: code = Unavailable',
    'no-device-plugin',
  ],
  [
    'Terway',
    '1.10',
    'E1124 02:58:00.1 1 eni.go:124] error start device plugin server, accept unix: use of closed network connection',
    'no-device-plugin',
  ],
  ['Terway', '1.15', 'I1124 02:58:00.1 1 local.go:697] "create eni" eni="eni-1"', undefined],
  // CoreDNS, NodeLocal DNSCache
  [
    'CoreDNS',
    '1.11',
    "[WARNING] Corefile parse failed: /etc/coredns/Corefile:7 - Error during parsing: Unknown directive 'forwrd'",
    'corefile-refused',
  ],
  [
    'CoreDNS',
    '1.9',
    '[ERROR] Corefile changed but reload failed: starting with listener file descriptors: listen tcp :53: bind: address already in use',
    'corefile-refused',
  ],
  ['CoreDNS', '1.9', '[WARNING] plugin/kubernetes: starting server with unsynced Kubernetes API', undefined],
  [
    'CoreDNS',
    '1.9',
    '[ERROR] SIGUSR1: /etc/coredns/Corefile:3 - Error during parsing: Unknown directive "forwrd"',
    'corefile-refused',
  ],
  [
    'CoreDNS',
    '1.9',
    '[ERROR] plugin/errors: 2 4217890231.99182. HINFO: read udp 10.0.0.5:40612->100.100.2.136:53: i/o timeout',
    undefined,
  ],
  [
    'CoreDNS',
    '1.13',
    "[ERROR] plugin/errors: 41 errors like '^.* i/o timeout$' occurred in last 30s",
    'no-upstream',
  ],
  [
    'CoreDNS',
    '1.9',
    '[ERROR] plugin/errors: 2 api.example.com. A: read udp 10.0.0.5:40612->100.100.2.136:53: i/o timeout',
    'no-upstream',
  ],
  [
    'NodeLocal DNSCache',
    '1.15',
    '[ERROR] plugin/errors: 2 api.shop.svc.cluster.local. A: dial tcp 192.168.0.10:53: connect: connection refused',
    'no-upstream',
  ],
  ['CoreDNS', '1.9', '[ERROR] plugin/errors: 2 api.example.com. A: NXDOMAIN', undefined],
  [
    'CoreDNS',
    '1.9',
    '[INFO] 10.0.0.9:41312 - 7 "A IN api.shop.svc.cluster.local. udp 46 false 512" NOERROR qr,aa,rd 90 0.0001s',
    undefined,
  ],
  [
    'NodeLocal DNSCache',
    '1.21',
    '[ERROR] Error checking/adding iptables rule {raw OUTPUT [-p tcp -d 169.254.20.10 --dport 53 -j NOTRACK]}, error - exit status 4',
    'no-interception',
  ],
  [
    'NodeLocal DNSCache',
    '1.15',
    '[ERROR] Error checking dummy device nodelocaldns - operation not permitted',
    'no-interception',
  ],
  [
    'NodeLocal DNSCache',
    '1.21',
    '[ERROR] Failed to read node-cache coreFile /etc/coredns/Corefile.base - no such file or directory',
    'corefile-refused',
  ],
  ['NodeLocal DNSCache', '1.21', '[ERROR] Invalid config: invalid nameserver: "10.0.0"', 'corefile-refused'],
  [
    'NodeLocal DNSCache',
    '1.21',
    '[ERROR] Failed to trigger CoreDNS reload: os: process already finished',
    'corefile-refused',
  ],
  [
    'NodeLocal DNSCache',
    '1.21',
    '[ERROR] Failed to sync kube-dns config directory /etc/kube-dns, err: permission denied',
    'corefile-refused',
  ],
];

const isWithin = (release: string, [first, last]: readonly [string, string]): boolean => {
  const version = parseVersion(release) as Version;
  return isAtLeast(version, first) && isAtLeast(parseVersion(last) as Version, release);
};

describe('a line of a log', () => {
  it.each(lines)('of %s %s: %s', (speaker, release, line, tells) => {
    const wording = complaintIn(speaker, line);
    expect(wording?.tells).toBe(tells);
    if (wording !== undefined) expect(isWithin(release, wording.by[speaker] ?? ['', ''])).toBe(true);
  });

  it('stands above for every wording, or beside the wordings of kube-proxy that the checks know', () => {
    const known = new Set(logWordings.map(({ pattern }) => pattern));
    const used = new Set(lines.map(([speaker, , line]) => complaintIn(speaker, line)));
    const left = complaintWordings.filter((wording) => !used.has(wording) && !known.has(wording.pattern));
    expect(left.map(({ tells, pattern }) => `${tells} ${pattern.source}`)).toEqual([]);
  });

  it('that the checks of kube-proxy know as a refusal of IPVS is a complaint of one that is Ready', () => {
    const refusals = logWordings.filter(({ tells }) => tells === 'no-ipvs').map(({ pattern }) => pattern);
    const own = complaintWordings.filter(({ tells, once }) => tells === 'no-ipvs' && once === true);
    expect(own.map(({ pattern }) => pattern)).toEqual(refusals);
  });

  it('of one component tells nothing when another prints it', () => {
    const own = 'E1124 02:58:00.1 1 iptables.go:115] Failed to ensure iptables rules: exit status 3';
    expect(complaintIn('Flannel', own)?.tells).toBe('no-iptables');
    expect(complaintIn('CoreDNS', own)).toBeUndefined();
  });
});
