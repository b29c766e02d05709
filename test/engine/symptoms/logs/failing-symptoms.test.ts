import { describe, expect, it } from '@jest/globals';
import type { JsonObject, PodLogRequest } from '../../../../src/cluster/ports.js';
import { gatherSymptoms } from '../../../../src/engine/symptoms/gather-symptoms.js';
import { node } from '../../../support/kube-objects.js';
import { pod } from '../../../support/kube-pods.js';
import { readerOf } from '../../../support/reader-of.js';

const NOW = new Date('2026-11-24T03:00:00Z');
const ago = (seconds: number): string => new Date(NOW.getTime() - seconds * 1000).toISOString();
const HEAD = 'E1124 02:58:00.000000       1 x.go:1] ';

interface Said {
  readonly owner?: string;
  readonly ready?: boolean;
  /** Seconds ago, and the line. */
  readonly lines: readonly (readonly [number, string])[];
}

async function told({ owner = 'kube-proxy-worker', ready = true, lines }: Said) {
  const objects = [node('n1'), pod('p', { namespace: 'kube-system', owner, node: 'n1', ready })];
  const { symptoms } = await gatherSymptoms(
    readerOf({
      objects,
      logs: { 'p/main': lines.map(([, line]) => line).join('\n') },
      saidAt: { 'p/main': lines.map(([seconds]) => ago(seconds)) },
    }),
    NOW,
  );
  return symptoms
    .filter(({ kind }) => kind === 'component-failing')
    .map(({ about, words, adds }) => `${about.name}: ${words} ${adds}`);
}

const RULES = 'Changes since do not reach the iptables rules of that node.';
const restore = (text = 'exit status 1'): string => `${HEAD}Failed to execute iptables-restore: ${text}`;
const timeout = (name: string): string =>
  `[ERROR] plugin/errors: 2 ${name}. A: read udp 1->2:53: i/o timeout`;
const unknown = (id: number): string => `${HEAD}"Frobnicating the node failed" err="code ${id}"`;
const list = (what: string): string => `${HEAD}failed to list *v1.${what}: services is forbidden`;
const REPEATS = 'It prints that again and again; acknet does not know what follows.';
const LONG_AGO = 400_000;

describe('of a component that is Ready is told', () => {
  it.each<[string, Said, readonly string[]]>([
    [
      'what it says it fails at, without what its logger puts before it',
      { lines: [[120, restore()]] },
      [`p: Failed to execute iptables-restore: exit status 1 ${RULES}`],
    ],
    [
      'the reason as well where it is a block of lines (klog of 1.24 on)',
      {
        lines: [
          [60, `${HEAD}"Failed to execute iptables-restore" err=<`],
          [60, '\tline 86 failed'],
          [60, ' >'],
        ],
      },
      [`p: "Failed to execute iptables-restore" err=< line 86 failed > ${RULES}`],
    ],
    [
      'nothing that it has not said again for minutes: it tries twice a minute',
      { lines: [[360, restore()]] },
      [],
    ],
    [
      'the newest of several',
      {
        lines: [
          [90, restore('exit status 2')],
          [30, restore('exit status 4')],
        ],
      },
      [`p: Failed to execute iptables-restore: exit status 4 ${RULES}`],
    ],
    [
      'what it says once, however long ago',
      {
        owner: 'kube-flannel-ds',
        lines: [
          [400_000, `${HEAD}Failed to setup IPTables. iptables binary was not found: exec: "iptables"`],
        ],
      },
      [`p: Failed to setup IPTables. iptables binary was not found: exec: "iptables" ${RULES}`],
    ],
    [
      'no single query that timed out',
      {
        owner: 'coredns',
        lines: [
          [200, timeout('a')],
          [10, timeout('b')],
        ],
      },
      [],
    ],
    [
      'queries that time out again and again',
      {
        owner: 'coredns',
        lines: [
          [200, timeout('a')],
          [100, timeout('b')],
          [10, timeout('c')],
        ],
      },
      ['p: plugin/errors: 2 c. A: read udp 1->2:53: i/o timeout Names that it forwards are not resolved.'],
    ],
    [
      'no error that nobody knows, where it came once or twice',
      {
        lines: [
          [200, unknown(1)],
          [20, unknown(2)],
        ],
      },
      [],
    ],
    [
      'one that it repeats',
      {
        lines: [
          [200, unknown(1)],
          [100, unknown(2)],
          [20, unknown(3)],
        ],
      },
      [
        'p: "Frobnicating the node failed" err="code 3" It prints that again and again; acknet does not know what follows.',
      ],
    ],
    [
      'each of two that differ by their quoted message alone, where both are repeated',
      {
        lines: [60, 50, 40].flatMap((n) => [
          [n, `${HEAD}"Attach failed" err="code ${n}"`] as const,
          [n - 5, `${HEAD}"Detach refused" err="code ${n}"`] as const,
        ]),
      },
      [`p: "Detach refused" err="code 40" ${REPEATS}`],
    ],
    [
      'none, where three different ones came once each',
      {
        lines: [
          [60, `${HEAD}"Attach failed" err="code 1"`],
          [40, `${HEAD}"Detach refused" err="code 2"`],
          [20, `${HEAD}"Cannot go on" err="code 3"`],
        ],
      },
      [],
    ],
    [
      'no line that is no error',
      {
        lines: [1, 2, 3, 4].map(
          (n) => [n * 20, `I1124 02:58:00.000000       1 x.go:1] could not be calmer ${n}`] as const,
        ),
      },
      [],
    ],
    [
      'nothing here of one that is not Ready: that is a symptom already',
      { ready: false, lines: [[20, restore()]] },
      [],
    ],
    ['nothing of what is no part of the network', { owner: 'metrics-server', lines: [[20, restore()]] }, []],
  ])('%s', async (_what, said, expected) => {
    expect(await told(said)).toEqual(expected);
  });

  it.each<[string, string, string]>([
    ['Corefile', 'coredns', '[ERROR] plugin/reload: Corefile changed but reload failed: listen tcp :53'],
    ['Corefile, by a signal', 'node-local-dns', '[ERROR] SIGUSR1: Unknown directive "forwrd"'],
    ['node-cache file', 'node-local-dns', '[ERROR] Failed to read node-cache coreFile /etc/x - no such file'],
    ['config directory', 'node-local-dns', '[ERROR] Failed to sync kube-dns config directory /etc/x, err: y'],
    ['config', 'node-local-dns', '[ERROR] Invalid config: invalid nameserver: "10.0.0"'],
    ['leases', 'kube-flannel-ds', `${HEAD}Subnet watch failed: etcdserver: no leader`],
    ['all leases', 'kube-flannel-ds', `${HEAD}could not watch leases: etcdserver: no leader`],
    ['bridge entry', 'kube-flannel-ds', `${HEAD}AddFDB failed: no buffer space available`],
    ['neighbour', 'kube-flannel-ds', `${HEAD}AddARP failed: invalid argument`],
    ['VXLAN route', 'kube-flannel-ds', `${HEAD}failed to add vxlanRoute (10.0.0.0/24 -> 10.0.0.0): down`],
    ['route', 'kube-flannel-ds', `${HEAD}Error adding route to {Dst: 10.0.1.0/24 Gw: 10.1.1.1}: unreachable`],
    ['device plugin', 'terway-eniip', `${HEAD}error start device plugin server, accept unix: closed`],
    ['conntrack', 'kube-proxy', `${HEAD}error looking for path of conntrack: not found in $PATH`],
    ['reload', 'node-local-dns', '[ERROR] Failed to trigger CoreDNS reload: x'],
    ['IPVS', 'kube-proxy', `${HEAD}"Can't use the IPVS proxier" err="no ipset"`],
  ])(
    'what is said once of a %s, however long ago and whatever else was said since',
    async (_of, owner, line) => {
      const lines = [
        [LONG_AGO, line],
        [20, 'I1124 02:58:00.000000       1 x.go:1] all is calm'],
      ] as const;
      expect(await told({ owner, lines })).toHaveLength(1);
    },
  );

  it.each<[string, string, string, string]>([
    ['coredns', 'reload failed', 'Corefile changed but reload failed: x', '[INFO] Reloading complete'],
    ['coredns', 'parse failed', '[WARNING] Corefile parse failed: x', '[INFO] Reloading complete'],
    ['node-local-dns', 'trigger', '[ERROR] Failed to trigger CoreDNS reload: x', '[INFO] Reloading complete'],
    [
      'terway-eniip',
      'server',
      `${HEAD}error start device plugin server, x`,
      'I1124 1 x.go:1] device plugin socket /var/lib/kubelet/x.sock removed, restarting.',
    ],
    ['node-local-dns', 'signal', '[ERROR] SIGUSR1: x', '[INFO] Reloading complete'],
    [
      'node-local-dns',
      'file',
      '[ERROR] Failed to write config file /etc/coredns/Corefile - err x',
      '[INFO] Updated Corefile with 0 custom stubdomains and upstream servers /etc/resolv.conf',
    ],
    ['kube-flannel-ds', 'leases', `${HEAD}Subnet watch failed: x`, 'I1124 1 x.go:1] Batch elem [0] is { … }'],
    [
      'kube-flannel-ds',
      'route',
      `${HEAD}Error adding route to {Ifindex: 2 Dst: 10.244.1.0/24}: x`,
      'I1124 1 x.go:1] Route recovered 10.244.1.0/24 : 192.168.0.2',
    ],
    [
      'kube-flannel-ds',
      'node that is gone',
      `${HEAD}Error adding route to {Ifindex: 2 Dst: 10.244.1.0/24}: x`,
      'I1124 1 x.go:1] Subnet removed: 10.244.1.0/24',
    ],
    [
      'kube-flannel-ds',
      'VXLAN',
      `${HEAD}failed to create vxlan device: x`,
      'I1124 1 x.go:1] VXLAN device flannel.1 recreated successfully',
    ],
    [
      'terway-eniip',
      'registration',
      `${HEAD}Could not register device plugin: x`,
      'I1124 1 x.go:1] device plugin socket /var/lib/kubelet/x.sock removed, restarting.',
    ],
  ])(
    'nothing of %s (%s) that a later line ends, and what it says again after',
    async (owner, _of, line, end) => {
      expect(await told({ owner, lines: [[60, line]] })).toHaveLength(1);
      const ended = [
        [60, line],
        [50, end],
      ] as const;
      expect(await told({ owner, lines: ended })).toEqual([]);
      expect(await told({ owner, lines: [...ended, [40, line]] })).toHaveLength(1);
    },
  );

  it('the route that is not there, where another one came back', async () => {
    const route = (net: string): string => `${HEAD}Error adding route to {Ifindex: 2 Dst: ${net}}: down`;
    const lines = [
      [900, route('10.244.1.0/24')],
      [890, route('10.244.2.0/24')],
      [880, 'I1124 1 x.go:1] Route recovered 10.244.2.0/24 : 192.168.0.2'],
    ] as const;
    expect(await told({ owner: 'kube-flannel-ds', lines })).toEqual([
      'p: Error adding route to {Ifindex: 2 Dst: 10.244.1.0/24}: down Pods of that node do not reach those of the nodes it names.',
    ]);
  });

  it.each<[string, boolean, readonly (readonly [number, string])[]]>([
    ['one listing that failed', false, [[20, list('Service')]]],
    [
      'listings that fail',
      true,
      [
        [60, list('Service')],
        [20, list('Service')],
      ],
    ],
    [
      'listings that failed until two minutes ago: the client tries every minute',
      false,
      [
        [180, list('Service')],
        [150, list('Service')],
        [120, list('Service')],
      ],
    ],
  ])('by kube-proxy of %s: %s', async (_what, is, lines) => {
    expect(await told({ lines })).toHaveLength(is ? 1 : 0);
  });

  it.each<[string, boolean, readonly string[]]>([
    ['one name that is asked for again and again', false, ['a', 'a', 'A', 'a', 'a']],
    ['two names', false, ['a', 'b', 'A', 'B']],
    ['several names', true, ['a', 'b', 'c']],
  ])('by CoreDNS of %s without an answer: %s', async (_what, is, names) => {
    const lines = names.map((name, index) => [100 - index, timeout(name)] as const);
    expect(await told({ owner: 'coredns', lines })).toHaveLength(is ? 1 : 0);
  });

  it('nothing by CoreDNS of its own probe for loops', async () => {
    const lines = [1, 2, 3, 4].map(
      (n) => [n * 10, `[ERROR] plugin/errors: 2 ${n}.${n}9. HINFO: read udp 1->2:53: i/o timeout`] as const,
    );
    expect(await told({ owner: 'coredns', lines: lines.toReversed() })).toEqual([]);
  });

  it.each<[string, boolean, (n: number) => string]>([
    ['an object that was deleted', false, (n) => `"get pod failed" err="pods \\"web-${n}\\" not found"`],
    [
      'an object of Terway that was deleted',
      false,
      (n) => `nodes.network.alibabacloud.com "n${n}" not found`,
    ],
    [
      'an object that somebody else changed',
      false,
      (n) => `"update ${n}" err="the object has been modified"`,
    ],
    ['a listing that was interrupted', false, (n) => `"list ${n}" err="interrupted system call"`],
    [
      'a listing that is taken as it is',
      false,
      (n) => `"list ${n}" err="results may be incomplete or inconsistent"`,
    ],
    ['a listing that is continued', false, (n) => `"received a partial result, continuing" err="${n}"`],
    ['a watch that begins anew', false, (n) => `watch ended with: too old resource version: ${n}`],
    ['who leads', false, (n) => `"leader election lost" id="${n}"`],
    [
      'a connection that was renewed',
      false,
      () => 'failed to list *v1.Service: http2: client connection lost',
    ],
    [
      'a program that is not there',
      true,
      (n) => `"run ${n}" err="exec: ipset: executable file not found in $PATH"`,
    ],
    ['a card that is not there', true, (n) => `"set up ${n}" err="Link not found"`],
    ['a route that is not there', true, (n) => `"ensure ${n}" err="default route notfound"`],
  ])('of an error that is repeated about %s: %s', async (_what, is, rest) => {
    const lines = [4, 3, 2, 1].map((n) => [n * 20, `${HEAD}${rest(n)}`] as const);
    expect(await told({ owner: 'terway-eniip', lines })).toHaveLength(is ? 1 : 0);
  });

  it('the Deployment that it is of, so that a finding of that one accounts for it', async () => {
    const objects = [
      node('n1'),
      pod('p', {
        namespace: 'kube-system',
        owner: 'coredns-6d9f7c5b48',
        ownerKind: 'ReplicaSet',
        node: 'n1',
      }),
    ];
    const logs = { 'p/main': '[ERROR] Corefile changed but reload failed: x' };
    const { symptoms } = await gatherSymptoms(readerOf({ objects, logs }), NOW);
    expect(symptoms.map(({ workload }) => workload)).toEqual(['coredns']);
  });
});

describe('the logs of Ready components', () => {
  async function asked(objects: readonly JsonObject[], on?: string): Promise<readonly PodLogRequest[]> {
    const requests: PodLogRequest[] = [];
    const reader = readerOf({ objects });
    await gatherSymptoms(
      {
        ...reader,
        podLog: (request) => {
          requests.push(request);
          return reader.podLog(request);
        },
      },
      NOW,
      { node: on },
    );
    return requests;
  }
  const cluster = (count: number): readonly JsonObject[] =>
    Array.from({ length: count }, (_, index) => [
      node(`n${index}`),
      pod(`proxy-${index}`, { namespace: 'kube-system', owner: 'kube-proxy-worker', node: `n${index}` }),
      pod(`terway-${index}`, { namespace: 'kube-system', owner: 'terway-eniip', node: `n${index}` }),
    ]).flat();

  it('are read of every node of a small cluster', async () => {
    expect(new Set((await asked(cluster(6))).map((request) => request.pod)).size).toBe(12);
  });

  it('are a bounded sample of a large one, of each component, each with a bounded tail', async () => {
    const requests = await asked(cluster(400));
    expect(requests.length).toBeLessThanOrEqual(24);
    expect(requests.filter((request) => request.pod.startsWith('proxy')).length).toBe(12);
    expect(requests.every(({ tailLines, limitBytes }) => tailLines === 200 && limitBytes === 65_536)).toBe(
      true,
    );
  });

  it('are those of the node that is asked about, and of nodes where something shows, before any other', async () => {
    expect((await asked(cluster(400), 'n399')).map((request) => request.pod)).toContain('proxy-399');
    const broken = [
      ...cluster(400),
      node('n400', { ready: 'False', readyMessage: 'cni plugin not initialized' }),
      pod('proxy-400', { namespace: 'kube-system', owner: 'kube-proxy-worker', node: 'n400' }),
    ];
    expect((await asked(broken)).map((request) => request.pod)).toContain('proxy-400');
  });

  it('are none of a node whose kubelet is silent: it would not hand them out', async () => {
    const objects = [
      node('n1', { ready: 'Unknown', readyMessage: 'Kubelet stopped posting node status.' }),
      pod('p', { namespace: 'kube-system', owner: 'kube-proxy-worker', node: 'n1' }),
    ];
    expect(await asked(objects)).toEqual([]);
  });
});
