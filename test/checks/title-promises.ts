import type { SymptomKind } from '../../src/checks/judging/define-check.js';

interface Denial {
  readonly lines?: RegExp;
  readonly kinds?: readonly SymptomKind[];
  /** Of the symptom, with the name of its object. */
  readonly words?: RegExp;
}

/** What a clear title promises, and what would break that promise. */
export const denials: readonly (readonly [string, Denial])[] = [
  ['Every node has its route', { kinds: ['node-without-route'], lines: /has no route/ }],
  ['No pod waits for its network', { kinds: ['pod-waiting'] }],
  [
    'Every node has a usable CNI config of Flannel',
    { kinds: ['node-not-ready'], words: /cni (?:config|plugin)|cniVersion/i },
  ],
  [
    'Flannel runs on every node',
    {
      kinds: ['component-down'],
      words: /^kube-flannel/,
      lines: /Flannel pods (?:are not ready|cannot start)/,
    },
  ],
  [
    'Terway runs, or is about to, on every node',
    {
      kinds: ['component-down'],
      words: /^terway-eni/,
      lines: /Terway pods (?:are not ready|cannot start) \(/,
    },
  ],
  ['kube-proxy runs in the mode', { kinds: ['component-down'], words: /^kube-proxy/ }],
  [
    'No pod vSwitch is out of addresses',
    { lines: /vSwitch \S+ .*has no free address left|No pod vSwitch of zone/ },
  ],
  [
    'No node is kept from ENIs',
    {
      lines:
        /ENI quota on|refuses a further ENI|takes no further ENI|may not call the cloud API|cannot take another ENI/,
    },
  ],
  ['Pod addresses come from the configured vSwitches', { lines: /No pod vSwitch is configured for zone/ }],
  [
    'Network cards that Terway attached appear',
    {
      lines: /network card does not appear/,
      kinds: ['pod-waiting', 'warning'],
      words: /can.t found dev by mac/,
    },
  ],
  ['Node pod ranges have room', { lines: /has no pod (?:address left|range \()|range is really used up/ }],
  ['No pod fails for an address', { lines: /held by pods that are gone|pods long gone still hold/ }],
  ['One network plugin is installed', { lines: /Terway and Flannel both run|no network plugin/i }],
  ['kube-proxy takes its configuration', { lines: /does not start with: |kube-proxy exits at every start/ }],
  [
    'Every node can give its pods IPv6',
    { lines: /get no IPv6 address|gives (?:no IPv6|pods IPv4) addresses/ },
  ],
  ['Pods have an IPv6 address', { lines: /gives (?:no IPv6|pods IPv4) addresses/ }],
  [
    'Pods have an IPv6 address',
    { lines: /No pod on \d+ nodes? has an IPv6 address|IPv4 only, next to pods/ },
  ],
  ['The cluster domain is its own zone', { lines: /overlaps the cluster domain|answers no Service names/ }],
  ['Services have the address families they ask for', { lines: /asks for both families .* but has only/ }],
  [
    'IPv6 Services have IPv6 endpoints',
    { lines: /no IPv6 endpoint|fewer IPv6 than IPv4 endpoints|of its pods have no IPv6 address/ },
  ],
  [
    'Host ports of running pods are served',
    {
      lines: /nothing listens there|do(?:es)? not read 10-terway\.conflist/,
    },
  ],
  [
    'Nodes with a pod vSwitch of their own use it',
    { lines: /uses? the vSwitches of the whole cluster|with other vSwitches than it names/ },
  ],
  [
    'No node turns down the IPVS algorithm',
    { lines: /kernel module of the IPVS algorithm|to \S+, an algorithm that/ },
  ],
  [
    'The cloud controller knows which route table',
    { lines: /VPC has several route tables|finds no route table/ },
  ],
  ["Terway's old EIP feature does not stand", { lines: /EIP feature is switched on/ }],
  ['Address ranges do not collide', { lines: /overlap/ }],
  [
    'No node reports a full connection-tracking table',
    { kinds: ['warning'], words: /nf_conntrack: table full/ },
  ],
];

/** Titles that say what is looked at, and promise nothing. */
const NEUTRAL =
  /^(?:What|Where|Which|Whether|How|Facts|ENI mode|vSwitches that|Cloud resources|Network acceleration)\b/;
/** Titles that promise something although the check gives advice, and why that does not break the promise. */
export const kept: Readonly<Record<string, string>> = {
  'cluster-addresses': 'few ranges left are some; what lies behind the VPC is not the cluster’s',
  'conntrack-limit': 'a low limit is no report of a full table',
  'dual-stack-nodes': 'a node without an address of its own still gives pods theirs',
  'dual-stack-services': 'a Service without IPv6 did not ask for it',
  'eip-blocks-upgrade': 'a key that is left over hinders later upgrades at most',
  'eni-quota-exhausted': 'a suspicion leaves the check unknown',
  'fixed-address-nodes': 'addresses are short or shared, and still fixed',
  'flannel-address-leak': 'what can leak has not',
  'flannel-cni-version': 'what Flannel tolerates is usable',
  'flannel-pod-cidr-exhausted': 'room for more pods than are placed there is another thing',
  'flannel-version': 'an old version is one version too',
  'host-port': 'served without support is served',
  'ipv6-endpoints': 'a policy that names IPv4 only is no endpoint',
  'ipvs-scheduler': 'may lack is not turns down',
  'kube-proxy-config': 'what differs or does nothing is accepted',
  'kube-proxy-mode': 'a deprecated mode is the one asked for',
  'mac-not-found': 'the card appeared later',
  'multiple-route-tables': 'a suspicion leaves the check unknown',
  'network-plugin': 'a self-managed one is known, an old one too; none leaves the check unknown',
  'node-network-unavailable': 'a table that will be full soon has every route still',
  'pods-stuck-creating': 'what waits for another thing waits for no network',
  'terway-pods-not-ready': 'the title allows for starting',
  'vswitch-addresses-exhausted': 'the nodes have given addresses since',
};

export const promises = (title: string): boolean => !NEUTRAL.test(title);
