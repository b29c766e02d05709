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
  const symptoms = await gatherSymptoms(
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
      'none that ends by itself',
      {
        owner: 'terway-eniip',
        lines: [1, 2, 3, 4].map(
          (n) => [n * 20, `${HEAD}"get pod failed" err="pods \\"web-${n}\\" not found"`] as const,
        ),
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
