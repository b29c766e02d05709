/**
 * What the groups of one end do with a packet. A rule: `<direction> <priority> <policy> <protocol> <ports> <far end> [near
 * block]`; `list:` before ports = a port list. Of the packet: protocol and port, address here, address and groups there.
 */
export interface RuleRow {
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly type?: 'normal' | 'enterprise' | string;
  /** Of single groups. */
  readonly types?: Readonly<Record<string, string>>;
  /** InnerAccessPolicy, by group; absent = Accept. */
  readonly inner?: Readonly<Record<string, 'Accept' | 'Drop' | undefined>>;
  /** Absent = ingress. */
  readonly direction?: 'ingress' | 'egress';
  readonly packet?: string;
  readonly here?: string;
  readonly there?: string;
  /** `untold` = the cloud does not say. */
  readonly thereIn?: readonly string[] | 'untold';
  /** Groups whose rules were not read. */
  readonly unread?: readonly string[];
  /** `Accept sg-a 1`: policy, group and priority of the rule; `Drop default`; `Accept members sg-a`; `open …`. */
  readonly says: string;
}

export const basicDefaults: Readonly<Record<string, RuleRow>> = {
  'keeps out what no rule is about': { groups: { 'sg-a': [] }, says: 'Drop default' },
  'lets out what no rule is about': { groups: { 'sg-a': [] }, direction: 'egress', says: 'Accept default' },
  'does not take an egress rule for an ingress one': {
    groups: { 'sg-a': ['egress 1 Accept ALL -1/-1 0.0.0.0/0'] },
    says: 'Drop default',
  },
  'does not take an ingress rule for an egress one': {
    groups: { 'sg-a': ['ingress 1 Drop ALL -1/-1 0.0.0.0/0'] },
    direction: 'egress',
    says: 'Accept default',
  },
  'keeps out IPv6 that no rule is about': {
    groups: { 'sg-a': ['ingress 1 Accept ALL -1/-1 0.0.0.0/0'] },
    here: '2408:4005::7',
    there: '2408:4005::12',
    says: 'Drop default',
  },
};

export const advancedDefaults: Readonly<Record<string, RuleRow>> = {
  'keeps out what no rule is about': { type: 'enterprise', groups: { 'sg-e': [] }, says: 'Drop default' },
  'does not let out what no rule is about': {
    type: 'enterprise',
    groups: { 'sg-e': [] },
    direction: 'egress',
    says: 'Drop default',
  },
  'lets out what a rule accepts': {
    type: 'enterprise',
    groups: { 'sg-e': ['egress 1 Accept ALL -1/-1 0.0.0.0/0'] },
    direction: 'egress',
    says: 'Accept sg-e 1',
  },
  'keeps its members apart': {
    type: 'enterprise',
    groups: { 'sg-e': [] },
    thereIn: ['sg-e'],
    says: 'Drop default',
  },
  'keeps its members apart whatever InnerAccessPolicy says': {
    type: 'enterprise',
    inner: { 'sg-e': 'Accept' },
    groups: { 'sg-e': [] },
    thereIn: ['sg-e'],
    says: 'Drop default',
  },
  'accepts by a rule for its own block': {
    type: 'enterprise',
    groups: { 'sg-e': ['ingress 5 Accept TCP 443/443 10.0.0.0/16'] },
    thereIn: ['sg-e'],
    says: 'Accept sg-e 5',
  },
  'weighs Drop and Accept by priority like a basic one': {
    type: 'enterprise',
    groups: { 'sg-e': ['ingress 2 Accept ALL -1/-1 0.0.0.0/0', 'ingress 1 Drop TCP 443/443 10.0.40.0/24'] },
    says: 'Drop sg-e 1',
  },
  'adds up the rules of two': {
    type: 'enterprise',
    groups: { 'sg-e': [], 'sg-f': ['ingress 1 Accept TCP 443/443 10.0.40.0/24'] },
    says: 'Accept sg-f 1',
  },
};

export const priorities: Readonly<Record<string, RuleRow>> = {
  'the smaller number goes first: Drop': {
    groups: { 'sg-a': ['ingress 2 Accept ALL -1/-1 0.0.0.0/0', 'ingress 1 Drop ALL -1/-1 0.0.0.0/0'] },
    says: 'Drop sg-a 1',
  },
  'the smaller number goes first: Accept': {
    groups: { 'sg-a': ['ingress 2 Drop ALL -1/-1 0.0.0.0/0', 'ingress 1 Accept ALL -1/-1 0.0.0.0/0'] },
    says: 'Accept sg-a 1',
  },
  'numbers are numbers, not texts': {
    groups: { 'sg-a': ['ingress 10 Drop ALL -1/-1 0.0.0.0/0', 'ingress 9 Accept ALL -1/-1 0.0.0.0/0'] },
    says: 'Accept sg-a 9',
  },
  'priority 100 goes last': {
    groups: { 'sg-a': ['ingress 100 Drop ALL -1/-1 0.0.0.0/0', 'ingress 99 Accept ALL -1/-1 0.0.0.0/0'] },
    says: 'Accept sg-a 99',
  },
  'at one number Drop goes before Accept': {
    groups: { 'sg-a': ['ingress 1 Accept ALL -1/-1 0.0.0.0/0', 'ingress 1 Drop ALL -1/-1 0.0.0.0/0'] },
    says: 'Drop sg-a 1',
  },
  'at one number Drop goes before Accept, in whichever order they are listed': {
    groups: { 'sg-a': ['ingress 1 Drop ALL -1/-1 0.0.0.0/0', 'ingress 1 Accept ALL -1/-1 0.0.0.0/0'] },
    says: 'Drop sg-a 1',
  },
  'a narrower block is no reason to go first': {
    groups: { 'sg-a': ['ingress 1 Drop ALL -1/-1 10.0.0.0/8', 'ingress 2 Accept ALL -1/-1 10.0.40.12'] },
    says: 'Drop sg-a 1',
  },
  'a first rule that is about something else decides nothing': {
    groups: { 'sg-a': ['ingress 1 Drop ALL -1/-1 10.9.0.0/16', 'ingress 50 Accept TCP 443/443 10.0.0.0/16'] },
    says: 'Accept sg-a 50',
  },
  'egress has its own order': {
    groups: {
      'sg-a': [
        'egress 3 Accept ALL -1/-1 0.0.0.0/0',
        'egress 2 Drop TCP 443/443 10.0.40.0/24',
        'ingress 1 Accept ALL -1/-1 0.0.0.0/0',
      ],
    },
    direction: 'egress',
    says: 'Drop sg-a 2',
  },
};

export const manyGroups: Readonly<Record<string, RuleRow>> = {
  'rules of all groups are one list': {
    groups: {
      'sg-a': ['ingress 2 Accept ALL -1/-1 0.0.0.0/0'],
      'sg-b': ['ingress 1 Drop ALL -1/-1 0.0.0.0/0'],
    },
    says: 'Drop sg-b 1',
  },
  'one group that accepts is enough where the other has no rule': {
    groups: { 'sg-a': [], 'sg-b': ['ingress 7 Accept TCP 443/443 10.0.40.0/24'] },
    says: 'Accept sg-b 7',
  },
  'at one number a Drop of the other group goes first': {
    groups: {
      'sg-a': ['ingress 1 Accept TCP 443/443 10.0.40.0/24'],
      'sg-b': ['ingress 1 Drop TCP 443/443 10.0.40.0/24'],
    },
    says: 'Drop sg-b 1',
  },
  'basic and advanced ones on one interface are not known to go together': {
    types: { 'sg-b': 'enterprise' },
    groups: { 'sg-a': ['ingress 1 Accept ALL -1/-1 0.0.0.0/0'], 'sg-b': [] },
    says: 'open type sg-b',
  },
  'a type that nobody knows decides nothing': {
    type: 'managed',
    groups: { 'sg-a': ['ingress 1 Accept ALL -1/-1 0.0.0.0/0'] },
    says: 'open type sg-a',
  },
  'a type that is not told decides nothing': { type: '', groups: { 'sg-a': [] }, says: 'open type sg-a' },
  'an interface without a group decides nothing': { groups: {}, says: 'open no-groups' },
};

export const members: Readonly<Record<string, RuleRow>> = {
  'reach each other in a basic group': {
    groups: { 'sg-a': [] },
    thereIn: ['sg-a'],
    says: 'Accept members sg-a',
  },
  'reach each other whatever a rule drops': {
    groups: { 'sg-a': ['ingress 1 Drop ALL -1/-1 0.0.0.0/0'] },
    thereIn: ['sg-a'],
    says: 'Accept members sg-a',
  },
  'reach each other on their way out as well': {
    groups: { 'sg-a': ['egress 1 Drop ALL -1/-1 0.0.0.0/0'] },
    direction: 'egress',
    thereIn: ['sg-a'],
    says: 'Accept members sg-a',
  },
  'are kept apart where the group isolates them': {
    inner: { 'sg-a': 'Drop' },
    groups: { 'sg-a': [] },
    thereIn: ['sg-a'],
    says: 'Drop default',
  },
  'reach each other in an isolating group by a rule': {
    inner: { 'sg-a': 'Drop' },
    groups: { 'sg-a': ['ingress 1 Accept ALL -1/-1 sg-a'] },
    thereIn: ['sg-a'],
    says: 'Accept sg-a 1',
  },
  'need one group in common, not all': {
    groups: { 'sg-a': [], 'sg-b': [] },
    thereIn: ['sg-b', 'sg-c'],
    says: 'Accept members sg-b',
  },
  'of two common groups one that lets them is enough': {
    inner: { 'sg-a': 'Drop' },
    groups: { 'sg-a': [], 'sg-b': [] },
    thereIn: ['sg-a', 'sg-b'],
    says: 'Accept members sg-b',
  },
  'are not those of another group': { groups: { 'sg-a': [] }, thereIn: ['sg-b'], says: 'Drop default' },
  'are open where the group does not tell, and no rule accepts': {
    inner: { 'sg-a': undefined },
    groups: { 'sg-a': [] },
    thereIn: ['sg-a'],
    says: 'open members sg-a',
  },
  'need not be told where a rule accepts anyway': {
    inner: { 'sg-a': undefined },
    groups: { 'sg-a': ['ingress 1 Accept ALL -1/-1 0.0.0.0/0'] },
    thereIn: ['sg-a'],
    says: 'Accept sg-a 1',
  },
  'need not be told where the other end is none': {
    inner: { 'sg-a': undefined },
    groups: { 'sg-a': [] },
    says: 'Drop default',
  },
};

export const farEnds: Readonly<Record<string, RuleRow>> = {
  'a single address stands without a mask': {
    groups: { 'sg-a': ['ingress 1 Accept TCP 443/443 10.0.40.12'] },
    says: 'Accept sg-a 1',
  },
  'the first address of a block is in it': {
    groups: { 'sg-a': ['ingress 1 Accept TCP 443/443 10.0.40.12/30'] },
    says: 'Accept sg-a 1',
  },
  'the address after a block is not': {
    groups: { 'sg-a': ['ingress 1 Accept TCP 443/443 10.0.40.8/30'] },
    says: 'Drop default',
  },
  'a block with host bits counts by its mask': {
    groups: { 'sg-a': ['ingress 1 Accept TCP 443/443 10.0.40.99/24'] },
    says: 'Accept sg-a 1',
  },
  'what is no block may be anything': {
    groups: { 'sg-a': ['ingress 1 Accept TCP 443/443 10.0.40.300'] },
    says: 'open rule sg-a 1',
  },
  'a group stands for the interfaces in it': {
    groups: { 'sg-a': ['ingress 1 Accept TCP 443/443 sg-pods'] },
    thereIn: ['sg-pods'],
    says: 'Accept sg-a 1',
  },
  'a group does not stand for an address that is no interface’s, as Flannel’s pods have': {
    groups: { 'sg-a': ['ingress 1 Accept TCP 443/443 sg-pods'] },
    thereIn: [],
    says: 'Drop default',
  },
  'a group drops its own': {
    groups: { 'sg-a': ['ingress 1 Drop ALL -1/-1 sg-pods', 'ingress 2 Accept ALL -1/-1 0.0.0.0/0'] },
    thereIn: ['sg-pods'],
    says: 'Drop sg-a 1',
  },
  'a group that drops leaves others alone': {
    groups: { 'sg-a': ['ingress 1 Drop ALL -1/-1 sg-pods', 'ingress 2 Accept ALL -1/-1 0.0.0.0/0'] },
    thereIn: ['sg-else'],
    says: 'Accept sg-a 2',
  },
  'on the way out the destination counts': {
    groups: { 'sg-a': ['egress 1 Drop TCP 443/443 sg-db'] },
    direction: 'egress',
    thereIn: ['sg-db'],
    says: 'Drop sg-a 1',
  },
  'a rule that tells no far end may be about it': {
    groups: { 'sg-a': ['ingress 1 Accept TCP 443/443 -'] },
    says: 'open rule sg-a 1',
  },
  'the near block of a rule with five parts narrows it': {
    groups: { 'sg-a': ['ingress 1 Accept TCP 443/443 0.0.0.0/0 10.0.3.9'] },
    says: 'Drop default',
  },
  'the near block of a rule with five parts holds it': {
    groups: { 'sg-a': ['ingress 1 Accept TCP 443/443 0.0.0.0/0 10.0.3.0/24'] },
    says: 'Accept sg-a 1',
  },
};

export const prefixLists: Readonly<Record<string, RuleRow>> = {
  'that might accept what is dropped by default leave it open': {
    groups: { 'sg-a': ['ingress 1 Accept TCP 443/443 pl-x'] },
    says: 'open rule sg-a 1',
  },
  'that might drop what a later rule accepts leave it open': {
    groups: { 'sg-a': ['ingress 1 Drop TCP 443/443 pl-x', 'ingress 2 Accept ALL -1/-1 0.0.0.0/0'] },
    says: 'open rule sg-a 1',
  },
  'do not matter where the later rule says the same': {
    groups: { 'sg-a': ['ingress 1 Accept TCP 443/443 pl-x', 'ingress 2 Accept ALL -1/-1 0.0.0.0/0'] },
    says: 'Accept sg-a 2',
  },
  'do not matter where the default says the same': {
    groups: { 'sg-a': ['ingress 1 Drop TCP 443/443 pl-x'] },
    says: 'Drop default',
  },
  'do not matter behind the rule that decides': {
    groups: { 'sg-a': ['ingress 1 Accept TCP 443/443 10.0.40.0/24', 'ingress 2 Drop TCP 443/443 pl-x'] },
    says: 'Accept sg-a 1',
  },
  'at the number of the Accept rule, a Drop goes before it and leaves it open': {
    groups: { 'sg-a': ['ingress 1 Accept TCP 443/443 10.0.40.0/24', 'ingress 1 Drop TCP 443/443 pl-x'] },
    says: 'open rule sg-a 1',
  },
  'at the number of the Drop rule, an Accept goes behind it': {
    groups: { 'sg-a': ['ingress 1 Drop TCP 443/443 10.0.40.0/24', 'ingress 1 Accept TCP 443/443 pl-x'] },
    says: 'Drop sg-a 1',
  },
  'of another port do not matter': {
    groups: { 'sg-a': ['ingress 1 Accept TCP 22/22 pl-x'] },
    says: 'Drop default',
  },
  'do not matter between members': {
    groups: { 'sg-a': ['ingress 1 Drop ALL -1/-1 pl-x'] },
    thereIn: ['sg-a'],
    says: 'Accept members sg-a',
  },
  'of an advanced group on the way out leave it open': {
    type: 'enterprise',
    groups: { 'sg-e': ['egress 1 Accept ALL -1/-1 pl-x'] },
    direction: 'egress',
    says: 'open rule sg-e 1',
  },
};

export const ports: Readonly<Record<string, RuleRow>> = {
  'the first of a range is in it': {
    groups: { 'sg-a': ['ingress 1 Accept TCP 443/500 10.0.40.0/24'] },
    says: 'Accept sg-a 1',
  },
  'the last of a range is in it': {
    groups: { 'sg-a': ['ingress 1 Accept TCP 80/443 10.0.40.0/24'] },
    says: 'Accept sg-a 1',
  },
  'one beyond a range is not': {
    groups: { 'sg-a': ['ingress 1 Accept TCP 1/442 10.0.40.0/24'] },
    says: 'Drop default',
  },
  '1/65535 is every one': {
    groups: { 'sg-a': ['ingress 1 Accept TCP 1/65535 10.0.40.0/24'] },
    says: 'Accept sg-a 1',
  },
  '-1/-1 is every one': {
    groups: { 'sg-a': ['ingress 1 Accept TCP -1/-1 10.0.40.0/24'] },
    says: 'Accept sg-a 1',
  },
  'a list of ports may hold it': {
    groups: { 'sg-a': ['ingress 1 Accept TCP list:prl-x 10.0.40.0/24'] },
    says: 'open rule sg-a 1',
  },
  'a range that nobody can read may hold it': {
    groups: { 'sg-a': ['ingress 1 Accept TCP 443-500 10.0.40.0/24'] },
    says: 'open rule sg-a 1',
  },
  'a rule bound to the port it starts from may be about it': {
    groups: { 'sg-a': ['ingress 1 Accept TCP 443/443@1024/2048 10.0.40.0/24'] },
    says: 'open rule sg-a 1',
  },
  'a rule open to any port it starts from is about it': {
    groups: { 'sg-a': ['ingress 1 Accept TCP 443/443@1/65535 10.0.40.0/24'] },
    says: 'Accept sg-a 1',
  },
};

export const protocols: Readonly<Record<string, RuleRow>> = {
  'UDP is not TCP': {
    groups: { 'sg-a': ['ingress 1 Accept UDP 1/65535 0.0.0.0/0'] },
    says: 'Drop default',
  },
  'UDP of the port is about UDP': {
    packet: 'udp 53',
    groups: { 'sg-a': ['ingress 1 Accept UDP 53/53 0.0.0.0/0'] },
    says: 'Accept sg-a 1',
  },
  'names count in any case': {
    groups: { 'sg-a': ['ingress 1 Accept tcp 443/443 0.0.0.0/0'] },
    says: 'Accept sg-a 1',
  },
  'a ping needs ICMP: TCP alone does not answer it': {
    packet: 'icmp',
    groups: { 'sg-a': ['ingress 1 Accept TCP 1/65535 0.0.0.0/0'] },
    says: 'Drop default',
  },
  'a ping is let in by ICMP': {
    packet: 'icmp',
    groups: { 'sg-a': ['ingress 1 Accept ICMP -1/-1 0.0.0.0/0'] },
    says: 'Accept sg-a 1',
  },
  'ALL is every one': {
    packet: 'icmp',
    groups: { 'sg-a': ['ingress 1 Drop ALL -1/-1 0.0.0.0/0', 'ingress 2 Accept ICMP -1/-1 0.0.0.0/0'] },
    says: 'Drop sg-a 1',
  },
  'GRE is another': { groups: { 'sg-a': ['ingress 1 Accept GRE -1/-1 0.0.0.0/0'] }, says: 'Drop default' },
  'one that nobody knows may be it': {
    groups: { 'sg-a': ['ingress 1 Accept QUIC -1/-1 0.0.0.0/0'] },
    says: 'open rule sg-a 1',
  },
};

const six = { here: '2408:4005:3a1::7', there: '2408:4005:3a1::12' };

export const ipv6: Readonly<Record<string, RuleRow>> = {
  'is let in by a block that holds it': {
    ...six,
    groups: { 'sg-a': ['ingress 1 Accept TCP 443/443 2408:4005:3a1::/48'] },
    says: 'Accept sg-a 1',
  },
  'is let in by ::/0': {
    ...six,
    groups: { 'sg-a': ['ingress 1 Accept ALL -1/-1 ::/0'] },
    says: 'Accept sg-a 1',
  },
  'is not in another block': {
    ...six,
    groups: { 'sg-a': ['ingress 1 Accept TCP 443/443 2408:4005:3a2::/48'] },
    says: 'Drop default',
  },
  'is written in many ways': {
    ...six,
    groups: { 'sg-a': ['ingress 1 Accept TCP 443/443 2408:4005:03A1:0:0:0:0:12'] },
    says: 'Accept sg-a 1',
  },
  'is not meant by ::/0 where the packet is IPv4': {
    groups: { 'sg-a': ['ingress 1 Accept ALL -1/-1 ::/0'] },
    says: 'Drop default',
  },
  'is pinged by ICMPv6': {
    ...six,
    packet: 'icmp',
    groups: { 'sg-a': ['ingress 1 Accept ICMPv6 -1/-1 ::/0'] },
    says: 'Accept sg-a 1',
  },
  'may be pinged by ICMP: that is not documented': {
    ...six,
    packet: 'icmp',
    groups: { 'sg-a': ['ingress 1 Accept ICMP -1/-1 ::/0'] },
    says: 'open rule sg-a 1',
  },
  'has no part in ICMPv6 where the packet is IPv4': {
    packet: 'icmp',
    groups: { 'sg-a': ['ingress 1 Accept ICMPv6 -1/-1 0.0.0.0/0'] },
    says: 'Drop default',
  },
  'knows groups': {
    ...six,
    groups: { 'sg-a': ['ingress 1 Accept TCP 443/443 sg-pods'] },
    thereIn: ['sg-pods'],
    says: 'Accept sg-a 1',
  },
  'is dropped on its way out by a block': {
    ...six,
    direction: 'egress',
    groups: { 'sg-a': ['egress 1 Drop ALL -1/-1 ::/0'] },
    says: 'Drop sg-a 1',
  },
};

const accepting = ['ingress 1 Accept ALL -1/-1 0.0.0.0/0'];
const dropping = ['ingress 1 Drop ALL -1/-1 0.0.0.0/0'];

export const unreadGroups: Readonly<Record<string, RuleRow>> = {
  'is no group without rules on the way in': {
    groups: { 'sg-a': [] },
    unread: ['sg-a'],
    says: 'open unread sg-a',
  },
  'is no group without rules on the way out': {
    groups: { 'sg-a': [] },
    unread: ['sg-a'],
    direction: 'egress',
    says: 'open unread sg-a',
  },
  'is no advanced group without rules': {
    type: 'enterprise',
    groups: { 'sg-e': [] },
    unread: ['sg-e'],
    says: 'open unread sg-e',
  },
  'leaves open what a group beside it accepts': {
    groups: { 'sg-a': accepting, 'sg-b': [] },
    unread: ['sg-b'],
    says: 'open unread sg-b',
  },
  'leaves open what a group beside it drops': {
    groups: { 'sg-a': dropping, 'sg-b': [] },
    unread: ['sg-b'],
    says: 'open unread sg-b',
  },
  'leaves open what its members do': {
    groups: { 'sg-a': [] },
    unread: ['sg-a'],
    thereIn: ['sg-a'],
    says: 'open unread sg-a',
  },
};

export const untoldGroupsThere: Readonly<Record<string, RuleRow>> = {
  'may be the one that a rule accepts': {
    type: 'enterprise',
    groups: { 'sg-a': ['ingress 1 Accept ALL -1/-1 sg-pods'] },
    thereIn: 'untold',
    says: 'open rule sg-a 1',
  },
  'may be the one that a rule drops': {
    groups: { 'sg-a': ['ingress 1 Drop ALL -1/-1 sg-pods', 'ingress 2 Accept ALL -1/-1 0.0.0.0/0'] },
    inner: { 'sg-a': 'Drop' },
    thereIn: 'untold',
    says: 'open rule sg-a 1',
  },
  'may be this one, whose members reach each other': {
    groups: { 'sg-a': [] },
    thereIn: 'untold',
    says: 'open other-end sg-a',
  },
  'may be this one, and it may let members reach each other': {
    groups: { 'sg-a': [] },
    inner: { 'sg-a': undefined },
    thereIn: 'untold',
    says: 'open other-end sg-a',
  },
  'do not matter where members are kept apart and no rule names a group': {
    groups: { 'sg-a': ['ingress 1 Drop ALL -1/-1 0.0.0.0/0'] },
    inner: { 'sg-a': 'Drop' },
    thereIn: 'untold',
    says: 'Drop sg-a 1',
  },
  'do not matter where it is accepted anyway': {
    groups: { 'sg-a': accepting },
    thereIn: 'untold',
    says: 'Accept sg-a 1',
  },
  'do not matter to an advanced group whose rules name none': {
    type: 'enterprise',
    groups: { 'sg-e': [] },
    thereIn: 'untold',
    says: 'Drop default',
  },
};
