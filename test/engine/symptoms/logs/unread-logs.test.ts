import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../src/cluster/ports.js';
import type { RunScope } from '../../../../src/engine/checking/run-scope.js';
import { examineSymptoms } from '../../../../src/engine/symptoms/examine-symptoms.js';
import { AcknetError, type ErrorCode } from '../../../../src/errors.js';
import { node } from '../../../support/kube-objects.js';
import { pod } from '../../../support/kube-pods.js';
import { readerOf } from '../../../support/reader-of.js';

const NOW = new Date('2026-11-24T03:00:00Z');
const proxy = (at: string) =>
  pod(`proxy-${at}`, { namespace: 'kube-system', owner: 'kube-proxy-worker', node: at });
const objects = ['n1', 'n2', 'n3'].flatMap((name) => [node(name), proxy(name)]);
const COMPLAINT = 'E1124 02:58:00.000000       1 x.go:1] Failed to execute iptables-restore: exit status 1';

interface Case {
  /** Why a pod's log cannot be read. */
  readonly faults?: Readonly<Record<string, ErrorCode>>;
  readonly logs?: Readonly<Record<string, string>>;
  readonly whole?: boolean;
  readonly scope?: RunScope;
  readonly further?: readonly JsonObject[];
}

/** As kube-flannel.yml puts it since v0.20. */
const upstream = pod('flannel-n1', { namespace: 'kube-flannel', owner: 'kube-flannel-ds', node: 'n1' });

async function verdictOf({ faults = {}, logs = {}, whole = true, scope, further = [] }: Case) {
  const reader = readerOf({ objects: [...objects, ...further], logs });
  const { verdict } = await examineSymptoms({
    reader: {
      ...reader,
      podLog: async (request) => {
        const code = faults[request.pod];
        if (code !== undefined) throw new AcknetError(code, `no log: ${code}`);
        return reader.podLog(request);
      },
    },
    now: NOW,
    results: [],
    whole,
    scope,
  });
  return verdict;
}

const told = ({ outcome, unknown, facts }: Awaited<ReturnType<typeof verdictOf>>) =>
  [outcome, unknown && `${unknown.code}: ${unknown.detail}`, ...facts.map(({ value }) => value)].filter(
    Boolean,
  );

describe('that everything unhealthy has a known cause', () => {
  it.each<[string, Case, readonly string[]]>([
    ['is clear where all logs were read', {}, ['clear']],
    [
      'is open where a log could not be read, and says of how many it was and why',
      { faults: { 'proxy-n2': 'cluster.failed' } },
      [
        'unknown',
        'cluster.failed: Whether Ready components do their work is open: logs read of 2 of 3 pods. no log: cluster.failed',
        'logs read of 2 of 3 pods; not of proxy-n2: no log: cluster.failed',
      ],
    ],
    [
      'hears an upstream Flannel in its own namespace',
      {
        further: [upstream],
        logs: { 'flannel-n1/main': 'E1124 02:58:00.000000       1 x.go:1] Failed to setup IPTables. x' },
      },
      ['found'],
    ],
    [
      'is open where logs may be read in kube-system alone, and says what allows it',
      { further: [upstream], faults: { 'flannel-n1': 'cluster.forbidden' } },
      [
        'unknown',
        "cluster.forbidden: Whether Ready components do their work is open: logs read of 3 of 4 pods. no log: cluster.forbidden The reader's role with `acknet rbac --log-namespaces kube-flannel` allows it.",
        'logs read of 3 of 4 pods; not of flannel-n1: no log: cluster.forbidden',
      ],
    ],
    [
      'is open where none could be read',
      {
        faults: {
          'proxy-n1': 'cluster.forbidden',
          'proxy-n2': 'cluster.forbidden',
          'proxy-n3': 'cluster.forbidden',
        },
      },
      [
        'unknown',
        'cluster.forbidden: Whether Ready components do their work is open: logs read of 0 of 3 pods. no log: cluster.forbidden',
        'logs read of 0 of 3 pods; not of proxy-n1, proxy-n2, proxy-n3: no log: cluster.forbidden',
      ],
    ],
    [
      'is clear where a pod was deleted since: there is no log to read',
      { faults: { 'proxy-n2': 'cluster.not-found' } },
      ['clear'],
    ],
    [
      'is denied where another log complains, and stays open besides',
      { faults: { 'proxy-n2': 'cluster.timed-out' }, logs: { 'proxy-n1/main': COMPLAINT } },
      [
        'found',
        'cluster.timed-out: Whether Ready components do their work is open: logs read of 2 of 3 pods. no log: cluster.timed-out',
        'logs read of 2 of 3 pods; not of proxy-n2: no log: cluster.timed-out',
      ],
    ],
    [
      'is not left open by the log of another node than the one asked about',
      { faults: { 'proxy-n2': 'cluster.failed' }, scope: { namespaces: [], node: 'n1' } },
      ['clear'],
    ],
    [
      'is left open by the log of the node asked about',
      { faults: { 'proxy-n2': 'cluster.failed' }, scope: { namespaces: [], node: 'n2' } },
      [
        'unknown',
        'cluster.failed: Whether Ready components do their work is open: logs read of 0 of 1 pod. no log: cluster.failed',
        'logs read of 0 of 1 pod; not of proxy-n2: no log: cluster.failed',
      ],
    ],
    [
      'is not what a run of few checks was asked for',
      { faults: { 'proxy-n2': 'cluster.failed' }, whole: false },
      ['clear'],
    ],
  ])('%s', async (_what, given, expected) => {
    expect(told(await verdictOf(given))).toEqual(expected);
  });
});
