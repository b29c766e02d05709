import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { gatherSymptoms } from '../../../src/engine/symptoms/gather-symptoms.js';
import { daemonSet, node } from '../../support/kube-objects.js';
import { event, pod } from '../../support/kube-pods.js';
import { readerOf } from '../../support/reader-of.js';

const NOW = new Date('2026-11-24T03:00:00Z');
const NO_CNI =
  'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized';

async function seen(objects: readonly JsonObject[], logs: Readonly<Record<string, string>> = {}) {
  const { symptoms } = await gatherSymptoms(readerOf({ objects, logs }), NOW);
  return symptoms.map(({ kind, about, words }) => `${kind} ${about.name}: ${words}`);
}

const waiting = (name: string) =>
  pod(name, { phase: 'Pending', ready: false, node: 'n1', startTime: '2026-11-24T02:30:00Z' });
const crashing = (name: string, owner: string, status: Readonly<Record<string, unknown>>) =>
  pod(name, {
    namespace: 'kube-system',
    owner,
    node: 'n1',
    ready: false,
    containerStatuses: [{ name: 'main', ready: false, ...status } as JsonObject],
  });
const unscheduled = (name: string, refusal: string): JsonObject => {
  const made = pod(name, { phase: 'Pending', ready: false });
  const message = `0/3 nodes are available: 3 ${refusal}.`;
  const told = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message };
  return {
    ...made,
    metadata: { ...(made.metadata as JsonObject), creationTimestamp: '2026-11-24T02:30:00Z' },
    status: { phase: 'Pending', conditions: [told] },
  };
};
const JUST_NOW = '2026-11-24T02:59:00Z';
const said = (kind: string, name: string, more: Partial<Parameters<typeof event>[0]>) =>
  event({ kind, name, reason: 'FailedCreatePodSandBox', message: 'no', namespace: 'default', ...more });

const componentOn = (owner: string, on: string): JsonObject =>
  pod(`${owner}-${on}`, { namespace: 'kube-system', owner, node: on });
const joining = (name: string): JsonObject => {
  const made = node(name);
  return { ...made, metadata: { ...(made.metadata as JsonObject), creationTimestamp: JUST_NOW } };
};

const wantedNowhere = (name: string): JsonObject => ({
  ...daemonSet(name, 'r/x:1'),
  status: { desiredNumberScheduled: 0, numberReady: 0, observedGeneration: 1 },
});

describe('a symptom is', () => {
  it.each<[string, readonly JsonObject[], readonly string[]]>([
    [
      'a node without a CNI config, whatever the plugin',
      [node('n1', { ready: 'False', readyMessage: NO_CNI })],
      [`node-not-ready n1: ${NO_CNI}`],
    ],
    [
      'a node that has stopped reporting',
      [node('n1', { ready: 'Unknown', readyMessage: 'Kubelet stopped posting node status.' })],
      ['node-not-ready n1: Kubelet stopped posting node status.'],
    ],
    [
      'a node on which the plugin’s DaemonSet, or kube-proxy’s, wants no pod while others have theirs',
      [
        ...[node('n1'), node('n2'), node('n3', { labels: { 'k8s.aliyun.com/no-kube-proxy': 'true' } })],
        ...[daemonSet('terway-eniip', 'r/x:1'), daemonSet('kube-proxy-worker', 'r/x:1')],
        ...['n1', 'n3'].map((on) => componentOn('terway-eniip', on)),
        componentOn('kube-proxy-worker', 'n1'),
      ],
      [
        'component-down n2: DaemonSet terway-eniip wants no pod there: its nodeSelector, affinity or tolerations do not fit the node',
        'component-down n2: DaemonSet kube-proxy-worker wants no pod there: its nodeSelector, affinity or tolerations do not fit the node',
      ],
    ],
    [
      'no node of Windows or of another plugin, and none that has just joined, for want of such a pod',
      [
        node('n1'),
        node('n2', { labels: { 'kubernetes.io/os': 'windows' } }),
        node('n3', { labels: { 'k8s.aliyun.com/ignore-by-terway': 'true' } }),
        joining('n4'),
        daemonSet('terway-eniip', 'r/x:1'),
        componentOn('terway-eniip', 'n1'),
      ],
      [],
    ],
    ['no virtual node', [node('n1', { ready: 'False', labels: { type: 'virtual-kubelet' } })], []],
    [
      'a node with the taint of a missing route',
      [
        node('n1', {
          spec: { taints: [{ key: 'node.kubernetes.io/network-unavailable', effect: 'NoSchedule' }] },
        }),
      ],
      ['node-without-route n1: node.kubernetes.io/network-unavailable:NoSchedule'],
    ],
    [
      'a pod that waits, in the words of its newest event',
      [
        waiting('web'),
        said('Pod', 'web', { message: 'older', at: '2026-11-24T02:40:00Z' }),
        said('Pod', 'web', { reason: 'PodCreateFailed', message: 'newer', at: '2026-11-24T02:55:00Z' }),
      ],
      ['pod-waiting web: newer'],
    ],
    ['a pod that waits and of which nothing is told', [waiting('web')], ['pod-waiting web: ']],
    ...[
      'node(s) had untolerated taint {node.kubernetes.io/network-unavailable: }',
      'Insufficient aliyun/eni',
      'node(s) had untolerated taint {node.cilium.io/agent-not-ready: true}',
    ].map((refusal): [string, readonly JsonObject[], readonly string[]] => [
      `a pod that the scheduler places nowhere for want of a network: ${refusal}`,
      [unscheduled('web', refusal)],
      [`pod-waiting web: 0/3 nodes are available: 3 ${refusal}.`],
    ]),
    ['no pod that is placed nowhere for another reason', [unscheduled('web', 'Insufficient memory')], []],
    [
      'no pod that waits for its node, which is one itself',
      [
        node('n1', { ready: 'Unknown', readyMessage: 'Kubelet stopped posting node status.' }),
        waiting('web'),
      ],
      ['node-not-ready n1: Kubelet stopped posting node status.'],
    ],
    [
      'no pod that waits for its image alone',
      [waiting('web'), said('Pod', 'web', { reason: 'Failed', message: 'Failed to pull image "x"' })],
      [],
    ],
    [
      'no pod that has its address',
      [
        pod('web', {
          phase: 'Pending',
          ready: false,
          ip: '10.0.0.9',
          node: 'n1',
          startTime: '2026-11-24T02:30:00Z',
        }),
      ],
      [],
    ],
    [
      'a DaemonSet of the network that lacks pods',
      [daemonSet('kube-flannel-ds-amd64', 'r/flannel:v0.11.0-amd64')],
      ['component-down kube-flannel-ds-amd64: 1 of 1 pod Ready, and fewer pods exist than are wanted'],
    ],
    [
      'a plugin that is wanted on none of the nodes',
      [node('n1'), wantedNowhere('kube-flannel-ds')],
      ['component-down kube-flannel-ds: wants a pod on no node: its nodeSelector and affinity fit none'],
    ],
    [
      'no kube-proxy that the nodes are labelled to do without, and no DaemonSet of another architecture',
      [
        node('n1', { labels: { 'k8s.aliyun.com/no-kube-proxy': 'true' } }),
        wantedNowhere('kube-proxy-worker'),
        wantedNowhere('kube-flannel-ds-arm64'),
        {
          ...wantedNowhere('kube-flannel-ds-amd64'),
          status: { desiredNumberScheduled: 1, numberReady: 1, observedGeneration: 1 },
        },
        pod('f1', { namespace: 'kube-system', owner: 'kube-flannel-ds-amd64', node: 'n1' }),
      ],
      [],
    ],
    ['no DaemonSet of anything else', [daemonSet('log-agent', 'r/agent:1')], []],
    [
      'a warning of the network about a node',
      [
        node('n1'),
        said('Node', 'n1', {
          reason: 'SomethingNew',
          source: 'route_controller',
          message: 'quota',
          at: '2026-11-24T02:58:00Z',
        }),
      ],
      ['warning n1: quota'],
    ],
    [
      'no warning that has not been repeated for long',
      [node('n1'), said('Node', 'n1', { source: 'route_controller', at: '2026-11-24T02:10:00Z' })],
      [],
    ],
    [
      'no warning of anything else about a node',
      [node('n1'), said('Node', 'n1', { reason: 'ImageGCFailed', at: '2026-11-24T02:58:00Z' })],
      [],
    ],
    [
      'a warning of the load balancer about a Service',
      [
        said('Service', 'api', {
          reason: 'SyncLoadBalancerFailed',
          source: 'service-controller',
          message: 'no quota',
          at: '2026-11-24T02:58:00Z',
        }),
      ],
      ['warning api: no quota'],
    ],
    [
      'a pod that is Ready, and whose kubelet knows no cluster DNS to give it',
      [
        pod('web', { node: 'n1', ip: '10.0.0.9' }),
        said('Pod', 'web', {
          reason: 'MissingClusterDNS',
          message: 'kubelet does not have ClusterDNS IP configured',
          at: '2026-11-24T02:58:00Z',
        }),
      ],
      ['warning web: kubelet does not have ClusterDNS IP configured'],
    ],
    [
      'nothing that was said of a pod which is Ready now, or gone',
      [
        pod('web', { node: 'n1', ip: '10.0.0.9' }),
        said('Pod', 'web', { at: '2026-11-24T02:58:00Z' }),
        said('Pod', 'gone', { at: '2026-11-24T02:58:00Z' }),
      ],
      [],
    ],
  ])('%s', async (_name, objects, expected) => {
    expect(await seen(objects)).toEqual(expected);
  });
});

describe('a component that is down', () => {
  const restarted = {
    restartCount: 7,
    state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m0s' } },
    lastState: { terminated: { exitCode: 1, reason: 'Error' } },
  };

  it('speaks in the last line of the run that ended', async () => {
    const logs = { 'p/main/previous': 'starting\nunrecognized feature gate: Foo', 'p/main': 'a new try' };
    expect(await seen([crashing('p', 'kube-proxy-worker', restarted)], logs)).toEqual([
      'component-down p: unrecognized feature gate: Foo',
    ]);
  });

  it('shows state, exit code and restarts where no log can be read', async () => {
    expect(await seen([crashing('p', 'coredns-5d78c9869d', restarted)])).toEqual([
      'component-down p: CrashLoopBackOff: back-off 5m0s; last run ended with exit code 1 (Error); 7 restarts',
    ]);
  });

  it('is no pod of another kind in kube-system', async () => {
    expect(await seen([crashing('p', 'metrics-server', restarted)])).toEqual([]);
  });
});
