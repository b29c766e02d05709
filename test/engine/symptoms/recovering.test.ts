import { describe, expect, it } from '@jest/globals';
import { checks } from '../../../src/checks/index.js';
import { renderReport } from '../../../src/cli/terminal/render-report.js';
import type { Json, JsonObject } from '../../../src/cluster/ports.js';
import type { Finding } from '../../../src/checks/judging/define-check.js';
import { createCheckReport } from '../../../src/engine/checking/check-report.js';
import { type CheckRun, checkRunSchema } from '../../../src/engine/checking/check-run.js';
import { runOutcome } from '../../../src/engine/checking/run-outcome.js';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.js';
import { verdictOf } from '../../../src/engine/diagnosis/verdict-of.js';
import { resultView } from '../../../src/slack/checks/views/result.js';
import { verdictWords } from '../../../src/texts/verdict.js';
import { fixture, node } from '../../support/kube-objects.js';
import { plainText } from '../../support/read-message.js';
import { judged } from '../../support/scenario-bases.js';

/** NOW of these tests is 03:00; the fix restarted Flannel on n1 at 02:57. */
const MENDED = '2026-11-24T02:57:00Z';

function pod(name: string, { namespace = 'shop', owner = '', status = {} }: PodShape): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      uid: `uid-${name}`,
      creationTimestamp: '2026-11-24T02:30:00Z',
      ownerReferences: owner === '' ? [] : [{ kind: 'DaemonSet', name: owner, controller: true }],
    },
    spec: {
      nodeName: 'n1',
      containers: [{ name: 'main', image: 'registry/flannel:v0.15.1.23-33d25c1-aliyun' }],
    },
    status,
  };
}
interface PodShape {
  readonly namespace?: string;
  readonly owner?: string;
  readonly status?: { readonly [key: string]: Json };
}

const flannelPod = ({ startedAt = MENDED, restarts = 0, ready = 'True' } = {}): JsonObject =>
  pod('kube-flannel-ds-x', {
    namespace: 'kube-system',
    owner: 'kube-flannel-ds',
    status: {
      phase: 'Running',
      podIP: '10.0.0.1',
      conditions: [{ type: 'Ready', status: ready }],
      containerStatuses: [
        { name: 'main', ready: ready === 'True', restartCount: restarts, state: { running: { startedAt } } },
      ],
    },
  });

const waiting = pod('web', { status: { phase: 'Pending' } });
const event = (at: string, more: { readonly [key: string]: Json } = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: `web.${at}`, namespace: 'shop' },
  involvedObject: { kind: 'Pod', namespace: 'shop', name: 'web', uid: 'uid-web' },
  type: 'Warning',
  reason: 'FailedCreatePodSandBox',
  message: 'Failed to create pod sandbox: network plugin is not ready: cni config uninitialized',
  source: { component: 'kubelet' },
  lastTimestamp: at,
  ...more,
});
const before = event('2026-11-24T02:56:40Z');
const set = fixture('06-daemonset-kube-flannel-ds');

/** What the fix was made for, as the run before told it. */
const fixed = (more: Partial<NonNullable<Finding['explains']>> = {}): Finding => ({
  id: 'flannel-cni-version.missing',
  check: 'flannel-cni-version',
  severity: 'problem',
  message: 'cniVersion is missing.',
  data: {},
  about: { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-flannel-cfg' },
  evidence: [],
  explains: {
    kinds: ['node-not-ready', 'pod-waiting', 'component-down', 'warning'],
    nodes: ['n1'],
    mends: 'plugin config',
    ...more,
  },
});
const fix = (at = MENDED, finding = fixed()) => [{ at: new Date(at), findings: [finding] }];

const runAfter = (mended: ReturnType<typeof fix>, ...objects: readonly JsonObject[]): Promise<CheckRun> =>
  judged({ objects: [set, ...objects] }, { checks, symptoms: 'whole', mended });
const run = (...objects: readonly JsonObject[]): Promise<CheckRun> => runAfter(fix(), ...objects);
const waits = ({ symptoms }: CheckRun): boolean =>
  (symptoms ?? []).some(({ kind, about }) => kind === 'pod-waiting' && about.name === 'web');
const stuck = (of: CheckRun) => of.checks.find(({ id }) => id === 'pods-stuck-creating');

describe('a pod that waits for the next try of its sandbox after a fix', () => {
  it('is recovering, with since when, and neither a symptom nor clear', async () => {
    const found = await run(node('n1'), flannelPod(), waiting, before);
    expect(found.recovering).toEqual([
      {
        about: { kind: 'Pod', namespace: 'shop', name: 'web' },
        node: 'n1',
        words: expect.stringContaining('cni config uninitialized'),
        since: MENDED,
      },
    ]);
    expect(waits(found)).toBe(false);
    expect(stuck(found)).toMatchObject({ outcome: 'unknown', unknown: { code: 'check.recovering' } });
    expect(checkRunSchema.parse(JSON.parse(JSON.stringify(found))).recovering).toHaveLength(1);
  });

  it('is recovering too where the kubelet has yet to see the network of its node', async () => {
    const notReady = node('n1', {
      ready: 'False',
      readyMessage: 'container runtime network not ready: cni plugin not initialized',
    });
    const found = await run(notReady, flannelPod(), waiting, before);
    expect(found.recovering?.map(({ about }) => about.name)).toEqual(['n1', 'web']);
  });

  it.each<[string, readonly JsonObject[], ReturnType<typeof fix>?]>([
    ['has been fixed by nobody', [node('n1'), flannelPod(), waiting, before], []],
    [
      'is none of what the fix was made for',
      [node('n1'), flannelPod(), waiting, before],
      fix(MENDED, fixed({ kinds: ['node-without-route'] })),
    ],
    ['failed again', [node('n1'), flannelPod(), waiting, before, event('2026-11-24T02:57:30Z')]],
    ['failed at that very second', [node('n1'), flannelPod(), waiting, event(MENDED)]],
    [
      'waits longer than a kubelet takes',
      [node('n1'), flannelPod({ startedAt: '2026-11-24T02:53:30Z' }), waiting, event('2026-11-24T02:53:00Z')],
      fix('2026-11-24T02:53:30Z'),
    ],
    ['never said why it failed', [node('n1'), flannelPod(), waiting]],
    [
      'waits on a node that has become not Ready since',
      [
        node('n1', {
          ready: 'False',
          readyMessage: 'container runtime network not ready: cni plugin not initialized',
          readySince: '2026-11-24T02:58:00Z',
        }),
        flannelPod(),
        waiting,
        before,
      ],
    ],
    ['waits for a plugin that is not Ready', [node('n1'), flannelPod({ ready: 'False' }), waiting, before]],
    [
      'waits for a plugin that restarts by itself',
      [node('n1'), flannelPod({ restarts: 2 }), waiting, before],
    ],
    [
      'waits on a node that nothing was done on',
      [node('n1'), node('n2'), flannelPod(), waiting, before],
      fix(MENDED, fixed({ nodes: ['n2'] })),
    ],
    [
      'waits on a node that warns since',
      [
        node('n1'),
        flannelPod(),
        waiting,
        before,
        event('2026-11-24T02:58:00Z', {
          metadata: { name: 'n1.alloc', namespace: 'default' },
          involvedObject: { kind: 'Node', name: 'n1' },
          reason: 'AllocIPFailed',
          message: 'no IP addresses available',
        }),
      ],
    ],
  ])('is a symptom where it %s', async (_what, objects, mended = fix()) => {
    const found = await runAfter(mended, ...objects);
    expect({ recovering: found.recovering, waits: waits(found) }).toEqual({ recovering: [], waits: true });
  });

  it('is told as such in a terminal and in Slack, and never called healthy', async () => {
    const found = await run(node('n1'), flannelPod(), waiting, before);
    const own = { ...found, checks: found.checks.filter(({ id }) => id === 'pods-stuck-creating') };
    expect(runOutcome(own.checks, 0)).toBe('recovering');
    const text = renderReport(
      createCheckReport(own, []),
      verdictWords(verdictOf(own, diagnose(own), { muted: 0 })),
    );
    expect(text).toContain('cluster-x: nothing else found, 1 symptom recovering;');
    expect(text).toContain(`~ Pod shop/web: a fix of what it showed ended at ${MENDED}`);
    const { first } = resultView({
      runId: 'r1',
      run: own,
      requestedBy: 'U0ANA',
      muted: [],
      refusals: [],
      offers: [],
      entries: new Map(),
      blind: 0,
    });
    expect(first.text).toContain('cluster-x: nothing else found, 1 symptom recovering');
    expect(plainText({ blocks: first.blocks })).toMatch(/1 symptom recovering since .*: shop\/web/);
  });
});

describe('what else a fix ended', () => {
  const routeFails = (at: string): JsonObject =>
    event(at, {
      metadata: { name: `n1.${at}`, namespace: 'default' },
      involvedObject: { kind: 'Node', name: 'n1' },
      reason: 'CreateRouteFailed',
      message: 'Error creating route: quota',
      source: { component: 'route-controller' },
    });
  const lacksConfig = node('n1', {
    ready: 'False',
    readyMessage: 'container runtime network not ready: cni plugin not initialized',
  });

  it.each<[string, readonly JsonObject[], ReturnType<typeof fix>, 'recovering' | 'a symptom' | 'gone']>([
    ['a warning from before it', [node('n1'), routeFails('2026-11-24T02:56:00Z')], fix(), 'recovering'],
    ['a warning since', [node('n1'), routeFails('2026-11-24T02:58:00Z')], fix(), 'a symptom'],
    [
      'a warning from before it, where the fix is past its minutes',
      [node('n1'), routeFails('2026-11-24T02:45:00Z')],
      fix('2026-11-24T02:50:00Z'),
      'gone',
    ],
    [
      'a warning of a node that the fix was not for',
      [node('n1'), routeFails('2026-11-24T02:56:00Z')],
      fix(MENDED, fixed({ nodes: ['n2'] })),
      'a symptom',
    ],
    ['a node whose kubelet has not looked again', [lacksConfig], fix(), 'recovering'],
    ['a node that has had its minutes', [lacksConfig], fix('2026-11-24T02:52:00Z'), 'a symptom'],
  ])('%s is told as it is', async (_what, objects, mended, expected) => {
    const { recovering = [], symptoms = [] } = await runAfter(mended, flannelPod(), ...objects);
    const is = (told: readonly { readonly about: { readonly name: string } }[]): boolean =>
      told.some(({ about }) => about.name === 'n1');
    expect(is(recovering) ? 'recovering' : is(symptoms) ? 'a symptom' : 'gone').toBe(expected);
  });
});
