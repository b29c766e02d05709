import type { Complaint } from '../../../texts/findings/complaints.js';

/** One of the components whose logs are read while they are Ready. */
export type Speaker = 'kube-proxy' | 'Flannel' | 'Terway' | 'CoreDNS' | 'NodeLocal DNSCache';

/** What a component prints while it does not do its work, though its pod is Ready. */
interface ComplaintWording {
  /** Absent = any of them: what the Kubernetes client that they share prints. */
  readonly of?: Speaker;
  readonly tells: Complaint;
  /** Releases whose source was seen to print it, the first and the last of them. */
  readonly releases: string;
  /** Linear. */
  readonly pattern: RegExp;
  /** So many lines in the window before it is told; absent = one. */
  readonly least?: number;
  /** Printed once and true as long as the container runs: its age says nothing. */
  readonly once?: true;
}

/**
 * The first that fits counts. Sources: k8s.io/client-go tools/cache/reflector.go; kubernetes pkg/proxy/{iptables,ipvs,nftables}/
 * proxier.go, pkg/proxy/ipvs/ipset.go, pkg/proxy/conntrack (before: pkg/util/conntrack); flannel-io/flannel
 * pkg/trafficmngr (before: network/iptables.go), pkg/backend, pkg/subnet; AliyunContainerService/terway pkg/eni, pkg/factory,
 * deviceplugin; coredns plugin/{errors,kubernetes,reload,forward}; kubernetes/dns cmd/node-cache/app.
 */
export const complaintWordings: readonly ComplaintWording[] = [
  {
    tells: 'cannot-list',
    releases: 'client-go of 1.14 to 1.36',
    pattern:
      /failed to list \*?[\w.]{1,100}: |failed to watch \*[\w.]{1,100}: (?:unknown|.{0,300}forbidden)/i,
  },
  {
    of: 'kube-proxy',
    tells: 'no-iptables',
    releases: '1.14 to 1.36',
    pattern:
      /failed to execute iptables-(?:restore|save)|failed to ensure (?:that )?.{0,60}\bchain\b|could not get iptables version/i,
  },
  {
    of: 'kube-proxy',
    tells: 'no-ipvs',
    releases: '1.14 to 1.36',
    pattern: /can't use (?:the )?ipvs proxier|can't determine whether to use ipvs proxy/i,
    once: true,
  },
  {
    of: 'kube-proxy',
    tells: 'no-ipvs',
    releases: '1.14 to 1.36',
    pattern:
      /failed to (?:create dummy interface|make sure (?:existence of )?ip ?set|sync (?:endpoint for )?service\b|add IPVS (?:service|server|destination)|list IPVS (?:services|destinations)|bind service address)/i,
  },
  {
    of: 'kube-proxy',
    tells: 'no-nftables',
    releases: '1.29 to 1.36',
    pattern: /nftables sync failed|failed to run nft|failed to list nftables (?:chains|sets|maps)/i,
  },
  {
    of: 'kube-proxy',
    tells: 'no-conntrack',
    releases: '1.14 to 1.31',
    pattern: /error looking for path of conntrack/i,
    once: true,
  },
  {
    of: 'kube-proxy',
    tells: 'no-conntrack',
    releases: '1.14 to 1.36',
    pattern:
      /failed to (?:delete (?:stale service|(?:stale )?endpoint)|flush endpoint|clear|list|delete) .{0,60}\b(?:conntrack|connections?)\b/i,
  },
  {
    of: 'Flannel',
    tells: 'no-iptables',
    releases: '0.9 to 0.27',
    pattern: /failed to ensure ip6?tables rules/i,
  },
  {
    of: 'Flannel',
    tells: 'no-iptables',
    releases: '0.9 to 0.27',
    pattern: /failed to (?:setup ip6?tables|bootstrap ip6?tables|setup masq rules)|nftables: couldn't setup/i,
    once: true,
  },
  {
    of: 'Flannel',
    tells: 'no-routes',
    releases: '0.9 to 0.27',
    pattern:
      /error (?:adding|recovering) (?:v6 )?route to|failed to (?:add (?:v6 )?vxlanRoute|recreate vxlan)|add(?:v6)?(?:arp|fdb) failed/i,
  },
  {
    of: 'Flannel',
    tells: 'no-leases',
    releases: '0.7 to 0.27',
    pattern: /subnet watch failed|could not watch leases|error renewing lease/i,
  },
  {
    of: 'Terway',
    tells: 'no-interfaces',
    releases: '1.7 to 1.17',
    pattern: /failed to sync eni\b|metadata: error get|local delegate init failed|sync pool error/i,
  },
  {
    of: 'Terway',
    tells: 'no-addresses',
    releases: '1.7 to 1.17',
    pattern: /\bcreate eni failed|assign ipv[46] failed|ENI attach failed|attach task (?:failed|timeout)/i,
  },
  {
    of: 'Terway',
    tells: 'no-device-plugin',
    releases: '1.0 to 1.17',
    pattern: /could not register device plugin|error (?:start device plugin server|send device informance)/i,
  },
  {
    of: 'CoreDNS',
    tells: 'corefile-refused',
    releases: '1.3 to 1.13',
    pattern: /corefile parse failed|corefile changed but reload failed/i,
  },
  {
    of: 'CoreDNS',
    tells: 'api-unsynced',
    releases: '1.7 to 1.13',
    pattern: /starting server with unsynced kubernetes api/i,
  },
  {
    tells: 'no-upstream',
    releases: 'CoreDNS 1.3 to 1.13',
    pattern:
      /plugin\/errors: .{0,300}(?:i\/o timeout|connection refused|no route to host|network is unreachable|no healthy upstream|unreachable backend|no upstream host)/i,
    least: 3,
  },
  {
    of: 'NodeLocal DNSCache',
    tells: 'no-interception',
    releases: '1.15 to 1.26',
    pattern:
      /error (?:checking\/adding|adding) iptables rule|failed to add non-existent interface|error checking dummy device/i,
  },
  {
    of: 'NodeLocal DNSCache',
    tells: 'corefile-refused',
    releases: '1.15 to 1.26',
    pattern:
      /failed to (?:sync .{0,200}config directory|trigger CoreDNS reload|read node-cache coreFile|write config file)|corefile parse failed/i,
  },
];

const LONGEST = 2_000;

/** What a line tells of its component's work; undefined = nothing that is known. */
export const complaintIn = (speaker: Speaker, line: string): ComplaintWording | undefined =>
  complaintWordings.find(
    ({ of = speaker, pattern }) => of === speaker && pattern.test(line.slice(0, LONGEST)),
  );
