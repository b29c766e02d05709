import { logWordings } from '../../../checks/kube-proxy/logs/log-wordings.js';
import type { Complaint } from '../../../texts/findings/complaints.js';

/** One of the components whose logs are read while they are Ready. */
export type Speaker = 'kube-proxy' | 'Flannel' | 'Terway' | 'CoreDNS' | 'NodeLocal DNSCache';

/** Releases whose source was seen to print it, the first and the last of them. */
type Releases = readonly [first: string, last: string];

/** What a component prints while it does not do its work, though its pod is Ready. */
export interface ComplaintWording {
  readonly tells: Complaint;
  readonly by: Readonly<Partial<Record<Speaker, Releases>>>;
  /** Linear. */
  readonly pattern: RegExp;
  /** So many lines in the window before it is told; absent = one. */
  readonly least?: number;
  /** Of `least` lines no two may show the same in its group; one that it does not fit counts for itself. */
  readonly apart?: RegExp;
  /** How soon it is printed again while it goes on; absent = within some minutes. */
  readonly againMs?: number;
  /** Printed once, and true until a line ends it or the container does: its age says nothing. */
  readonly once?: true;
  /** What is printed later when it is over; with a group, over for the lines that hold what the group shows. */
  readonly endedBy?: RegExp;
  /** It is about one other node, so over when that node is gone (`peer-of.ts`). */
  readonly ofPeer?: true;
}

const anyClient: ComplaintWording['by'] = {
  'kube-proxy': ['1.14', '1.36'],
  Flannel: ['0.9', '0.28'],
  Terway: ['1.0', '1.17'],
  CoreDNS: ['1.3', '1.13'],
  'NodeLocal DNSCache': ['1.15', '1.26'],
};
const RELOADED = /\[INFO\] Reloading complete/;
/** Terway looks every 30 seconds whether its socket is gone, and ends where it cannot register anew. */
const REGISTERED_ANEW = /device plugin socket \S{1,200} removed, restarting/;
/** A lease that comes shows that leases are watched. */
const LEASE_CAME = /Batch elem \[|Subnet (?:added|removed): |Received Subnet Event/;

/** Why kube-proxy cannot use IPVS is what the checks of kube-proxy know. */
const ipvsRefusals = logWordings
  .filter(({ tells }) => tells === 'no-ipvs')
  .map(
    ({ from, to, pattern }): ComplaintWording => ({
      tells: 'no-ipvs',
      by: { 'kube-proxy': [`1.${from}`, `1.${to}`] },
      pattern,
      once: true,
    }),
  );

/**
 * The first that fits counts. Sources: k8s.io/client-go tools/cache/reflector.go; kubernetes pkg/proxy/{iptables,ipvs,nftables}/
 * proxier.go, pkg/proxy/ipvs/ipset.go, pkg/proxy/conntrack (before: pkg/util/conntrack); flannel-io/flannel
 * pkg/trafficmngr (before: network/iptables.go), pkg/backend, pkg/subnet (before 0.22: subnet/watch.go); AliyunContainerService/terway
 * pkg/eni, pkg/factory, deviceplugin; coredns plugin/{errors,kubernetes,reload,forward}; coredns/caddy sigtrap_posix.go;
 * kubernetes/dns cmd/node-cache/app.
 */
export const complaintWordings: readonly ComplaintWording[] = [
  {
    // The client doubles its waits up to 30 seconds, and adds up to as much by chance.
    tells: 'cannot-list',
    by: anyClient,
    pattern:
      /failed to list \*?[\w.]{1,100}: |failed to watch \*[\w.]{1,100}: (?:unknown|.{0,300}forbidden)/i,
    least: 2,
    againMs: 90_000,
  },
  {
    tells: 'no-iptables',
    by: { 'kube-proxy': ['1.14', '1.36'] },
    pattern:
      /failed to execute iptables-(?:restore|save)|failed to ensure (?:that )?.{0,60}\bchain\b|could not get iptables version/i,
  },
  ...ipvsRefusals,
  {
    tells: 'no-ipvs',
    by: { 'kube-proxy': ['1.14', '1.36'] },
    pattern:
      /failed to (?:create dummy interface|make sure (?:existence of )?ip ?set|sync (?:endpoint for )?service\b|add IPVS (?:service|server|destination)|list IPVS (?:services|destinations)|bind service address)/i,
  },
  {
    tells: 'no-nftables',
    by: { 'kube-proxy': ['1.29', '1.36'] },
    pattern: /nftables sync failed|failed to run nft|failed to list nftables (?:chains|sets|maps)/i,
  },
  {
    tells: 'no-conntrack',
    by: { 'kube-proxy': ['1.14', '1.31'] },
    pattern: /error looking for path of conntrack/i,
    once: true,
  },
  {
    tells: 'no-conntrack',
    by: { 'kube-proxy': ['1.14', '1.36'] },
    pattern:
      /failed to (?:delete (?:stale service|(?:stale )?endpoint)|flush endpoint|clear|list|delete) .{0,60}\b(?:conntrack|connections?)\b/i,
  },
  {
    // Tried again every few seconds by the next wording, whatever became of it here.
    tells: 'no-iptables',
    by: { Flannel: ['0.9', '0.28'] },
    pattern: /failed to (?:ensure|bootstrap) ip6?tables/i,
  },
  {
    tells: 'no-iptables',
    by: { Flannel: ['0.9', '0.28'] },
    pattern: /failed to setup (?:ip6?tables|masq rules)|nftables: couldn't setup/i,
    once: true,
  },
  {
    tells: 'no-routes',
    by: { Flannel: ['0.9', '0.28'] },
    pattern: /error (?:adding|recovering) (?:v6 )?route to/i,
    once: true,
    endedBy: /(?:Route recovered|Subnet removed:) (\S{1,100})/,
    ofPeer: true,
  },
  {
    tells: 'no-routes',
    by: { Flannel: ['0.9', '0.28'] },
    pattern: /failed to add (?:v6 )?vxlanRoute|add(?:v6)?(?:arp|fdb) failed/i,
    once: true,
    ofPeer: true,
  },
  {
    tells: 'no-routes',
    by: { Flannel: ['0.27.4', '0.28'] },
    pattern: /failed to (?:recreate vxlan|(?:create|configure) vxlan device)/i,
    endedBy: /VXLAN device \S{1,20} recreated successfully/,
  },
  {
    tells: 'no-leases',
    by: { Flannel: ['0.7', '0.28'] },
    pattern: /subnet watch failed|could not watch leases/i,
    once: true,
    endedBy: LEASE_CAME,
  },
  {
    tells: 'no-renewal',
    by: { Flannel: ['0.7', '0.28'] },
    pattern: /error renewing lease/i,
  },
  {
    tells: 'no-interfaces',
    by: { Terway: ['1.7', '1.17'] },
    pattern: /failed to sync eni\b|metadata: error get|local delegate init failed|sync pool error/i,
  },
  {
    tells: 'no-addresses',
    by: { Terway: ['1.7', '1.17'] },
    pattern: /\bcreate eni failed|assign ipv[46] failed|ENI attach failed|attach task (?:failed|timeout)/i,
  },
  {
    tells: 'no-device-plugin',
    by: { Terway: ['1.0', '1.17'] },
    pattern: /could not register device plugin|error send device informance/i,
    endedBy: REGISTERED_ANEW,
  },
  {
    tells: 'no-device-plugin',
    by: { Terway: ['1.0', '1.17'] },
    pattern: /error start device plugin server/i,
    once: true,
    endedBy: REGISTERED_ANEW,
  },
  {
    // At every look, twice a minute. Where the Corefile is put back as it was, nothing tells of it.
    tells: 'corefile-refused',
    by: { CoreDNS: ['1.3', '1.13'], 'NodeLocal DNSCache': ['1.15', '1.26'] },
    pattern: /corefile parse failed/i,
    endedBy: RELOADED,
  },
  {
    tells: 'corefile-refused',
    by: { CoreDNS: ['1.3', '1.13'], 'NodeLocal DNSCache': ['1.15', '1.26'] },
    pattern: /corefile changed but reload failed|\[ERROR\] SIGUSR1: /i,
    once: true,
    endedBy: RELOADED,
  },
  {
    tells: 'no-upstream',
    by: { CoreDNS: ['1.3', '1.13'], 'NodeLocal DNSCache': ['1.15', '1.26'] },
    pattern:
      /plugin\/errors: .{0,300}(?:i\/o timeout|connection refused|no route to host|network is unreachable|no healthy upstream|unreachable backend|no upstream host)/i,
    least: 3,
    apart: /plugin\/errors: \d{1,5} (\S{0,260}\.) /,
  },
  {
    tells: 'no-interception',
    by: { 'NodeLocal DNSCache': ['1.15', '1.26'] },
    pattern:
      /error (?:checking\/adding|adding) iptables rule|failed to add non-existent interface|error checking dummy device/i,
  },
  {
    // It looks at its ConfigMaps when they change, not again.
    tells: 'corefile-refused',
    by: { 'NodeLocal DNSCache': ['1.15', '1.26'] },
    pattern: /failed to (?:read node-cache coreFile|write config file)|\] Invalid config: /i,
    once: true,
    endedBy: /Updated Corefile with \d/,
  },
  {
    tells: 'corefile-refused',
    by: { 'NodeLocal DNSCache': ['1.15', '1.26'] },
    pattern: /failed to trigger CoreDNS reload/i,
    once: true,
    endedBy: RELOADED,
  },
  {
    tells: 'corefile-refused',
    by: { 'NodeLocal DNSCache': ['1.15', '1.26'] },
    pattern: /failed to sync .{0,200}config directory/i,
    once: true,
  },
];
