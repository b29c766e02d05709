import { describe, expect, it } from '@jest/globals';
import type { Json, JsonObject } from '../../../src/cluster/ports.js';
import { gatherSymptoms } from '../../../src/engine/symptoms/gather-symptoms.js';
import { unexplainedFindings } from '../../../src/engine/symptoms/relating/unexplained.js';
import { daemonSet, node } from '../../support/kube-objects.js';
import { type EventShape, event, pod } from '../../support/kube-pods.js';
import { readerOf } from '../../support/reader-of.js';

const NOW = new Date('2026-11-24T03:00:00Z');
const FRESH = '2026-11-24T02:58:00Z';

async function seen(objects: readonly JsonObject[], logs: Readonly<Record<string, string>> = {}) {
  const { symptoms } = await gatherSymptoms(readerOf({ objects, logs }), NOW);
  return symptoms.map(
    ({ kind, about, words, adds }) => `${kind} ${about.name}: ${[words, adds].filter(Boolean).join(' ')}`,
  );
}

const said = (shape: Partial<EventShape>): JsonObject =>
  event({ kind: 'Node', name: 'n1', reason: 'Any', message: 'any', at: FRESH, ...shape });
const component = (name: string, owner: string, status: Readonly<Record<string, Json>>): JsonObject => {
  const made = pod(name, { namespace: 'kube-system', owner, node: 'n1', ready: false });
  return { ...made, status: { ...(made.status as JsonObject), ...status } };
};
const ofReplicaSet = (object: JsonObject, name: string, createdAt: string): JsonObject => ({
  ...object,
  metadata: {
    ...(object.metadata as JsonObject),
    creationTimestamp: createdAt,
    ownerReferences: [{ kind: 'ReplicaSet', name, controller: true }],
  },
});
const evicted = {
  phase: 'Failed',
  reason: 'Evicted',
  message: 'The node was low on resource: memory.',
  containerStatuses: [],
} as const;
const waits = (reason: string): Readonly<Record<string, Json>> => ({
  phase: 'Pending',
  containerStatuses: [{ name: 'main', ready: false, restartCount: 0, state: { waiting: { reason } } }],
});
const restarted = (finishedAt: string, restartCount = 57): Readonly<Record<string, Json>> => ({
  conditions: [{ type: 'Ready', status: 'True' }],
  containerStatuses: [
    {
      name: 'main',
      ready: true,
      restartCount,
      state: { running: { startedAt: finishedAt } },
      lastState: { terminated: { exitCode: 255, reason: 'Error', finishedAt } },
    },
  ],
});
const unknownSince = (more: readonly JsonObject[]): JsonObject => {
  const made = node('n1', { ready: 'Unknown', readyMessage: 'Kubelet stopped posting node status.' });
  const conditions = (made.status as { conditions: JsonObject[] }).conditions;
  return {
    ...made,
    status: {
      ...(made.status as JsonObject),
      conditions: [
        ...conditions.map((entry) => ({ ...entry, lastHeartbeatTime: '2026-11-24T02:09:20Z' })),
        ...more,
      ],
    },
  };
};
const condition = (type: string, status: string, more: JsonObject = {}): JsonObject => ({
  type,
  status,
  reason: type,
  message: `${type} it is`,
  ...more,
});
const withConditions = (made: JsonObject, ...more: JsonObject[]): JsonObject => ({
  ...made,
  status: {
    ...(made.status as JsonObject),
    conditions: [...(made.status as { conditions: JsonObject[] }).conditions, ...more],
  },
});

describe('of a component that does not run, what others say of it is told:', () => {
  it.each<[string, readonly JsonObject[], readonly string[], Readonly<Record<string, string>>?]>([
    [
      'a volume that it waits for (kubelet, volumemanager)',
      [
        component('p', 'coredns', waits('ContainerCreating')),
        said({
          kind: 'Pod',
          namespace: 'kube-system',
          name: 'p',
          reason: 'FailedMount',
          message: 'configmap "coredns" not found',
        }),
      ],
      ['component-down p: configmap "coredns" not found'],
    ],
    [
      'a probe (kubelet, prober)',
      [
        component('p', 'terway-eniip', {}),
        said({
          kind: 'Pod',
          namespace: 'kube-system',
          name: 'p',
          reason: 'Unhealthy',
          message: 'Readiness probe failed: dial tcp 127.0.0.1:9099: connect: connection refused',
        }),
      ],
      ['component-down p: Readiness probe failed: dial tcp 127.0.0.1:9099: connect: connection refused'],
    ],
    [
      'its own last words before those',
      [
        component('p', 'coredns', {
          containerStatuses: [
            {
              name: 'main',
              ready: false,
              restartCount: 4,
              state: { waiting: { reason: 'CrashLoopBackOff' } },
              lastState: { terminated: { exitCode: 1 } },
            },
          ],
        }),
        said({
          kind: 'Pod',
          namespace: 'kube-system',
          name: 'p',
          reason: 'BackOff',
          message: 'Back-off restarting failed container',
        }),
      ],
      ['component-down p: [FATAL] plugin/loop: Loop (127.0.0.1:5595 -> :53) detected for zone "."'],
      { 'p/main/previous': '[FATAL] plugin/loop: Loop (127.0.0.1:5595 -> :53) detected for zone "."' },
    ],
    [
      'a webhook that refuses its pods (daemon controller)',
      [
        daemonSet('kube-flannel-ds', 'r/flannel:v0.15.1.23'),
        said({
          kind: 'DaemonSet',
          namespace: 'kube-system',
          name: 'kube-flannel-ds',
          reason: 'FailedCreate',
          source: 'daemonset-controller',
          message: 'Error creating: admission webhook "x" denied the request',
        }),
      ],
      [
        'component-down kube-flannel-ds: 1 of 1 pod Ready, and fewer pods exist than are wanted; Error creating: admission webhook "x" denied the request',
      ],
    ],
    [
      'a quota that refuses a Deployment its pods (replicaset controller)',
      [
        said({
          kind: 'ReplicaSet',
          namespace: 'kube-system',
          name: 'coredns-7c4f8d',
          reason: 'FailedCreate',
          source: 'replicaset-controller',
          message: 'Error creating: exceeded quota',
        }),
      ],
      ['warning coredns-7c4f8d: Error creating: exceeded quota'],
    ],
    [
      'no quota that has let them through since',
      [
        ofReplicaSet(
          pod('p', { namespace: 'kube-system', node: 'n1' }),
          'coredns-7c4f8d',
          '2026-11-24T02:59:00Z',
        ),
        said({
          kind: 'ReplicaSet',
          namespace: 'kube-system',
          name: 'coredns-7c4f8d',
          reason: 'FailedCreate',
          source: 'replicaset-controller',
          message: 'Error creating: exceeded quota',
        }),
      ],
      [],
    ],
    [
      'nothing of a Deployment that is no part of the network',
      [
        said({
          kind: 'ReplicaSet',
          namespace: 'kube-system',
          name: 'metrics-server-5d',
          reason: 'FailedCreate',
          source: 'replicaset-controller',
        }),
      ],
      [],
    ],
    [
      'that it was evicted (kubelet, eviction manager)',
      [component('p', 'terway-eniip', evicted)],
      ['component-down p: Evicted: The node was low on resource: memory.'],
    ],
    [
      'nothing of one that was evicted and has a successor',
      [
        ofReplicaSet(component('old', '', evicted), 'coredns-7c4f8d', '2026-11-21T03:00:00Z'),
        ofReplicaSet(
          pod('new', { namespace: 'kube-system', node: 'n2' }),
          'coredns-7c4f8d',
          '2026-11-21T03:01:00Z',
        ),
      ],
      [],
    ],
    [
      'of a DaemonSet, one on another node is no successor',
      [
        component('old', 'kube-proxy-worker', evicted),
        pod('new', { namespace: 'kube-system', owner: 'kube-proxy-worker', node: 'n2' }),
      ],
      ['component-down old: Evicted: The node was low on resource: memory.'],
    ],
    [
      'that it is Ready, and ends again and again',
      [component('p', 'kube-proxy-worker', restarted(FRESH))],
      ['component-down p: open /proc/sys/net/netfilter/nf_conntrack_max: permission denied'],
      { 'p/main/previous': 'open /proc/sys/net/netfilter/nf_conntrack_max: permission denied' },
    ],
    [
      'nothing of one that restarted yesterday, or with its node',
      [
        component('p', 'kube-proxy-worker', restarted('2026-11-23T03:00:00Z')),
        component('q', 'kube-flannel-ds', restarted(FRESH, 1)),
      ],
      [],
    ],
    [
      'one under a name of somebody’s own, by its image',
      [
        {
          ...component('p', 'net-agent', waits('CrashLoopBackOff')),
          spec: { nodeName: 'n1', containers: [{ name: 'main', image: 'registry/acs/terway:v1.0.10' }] },
        },
      ],
      ['component-down p: CrashLoopBackOff'],
    ],
    [
      'one of a plugin that ACK does not support (network-plugin)',
      [component('p', 'weave-net', waits('CrashLoopBackOff')), component('q', 'canal', waits('Error'))],
      ['component-down p: CrashLoopBackOff', 'component-down q: Error'],
    ],
    [
      'a self-managed Flannel in its own namespace (kube-flannel.yml since v0.20)',
      [
        {
          ...component('p', 'kube-flannel-ds', waits('ImagePullBackOff')),
          metadata: {
            name: 'p',
            namespace: 'kube-flannel',
            ownerReferences: [{ kind: 'DaemonSet', name: 'kube-flannel-ds', controller: true }],
          },
        },
      ],
      ['component-down p: ImagePullBackOff'],
    ],
  ])('%s', async (_what, objects, expected, logs = {}) => {
    expect(await seen(objects, logs)).toEqual(expected);
  });
});

describe('of a component that ended in a namespace of its own', () => {
  const ended = {
    ...component('p', 'kube-flannel-ds', {
      containerStatuses: [
        {
          name: 'main',
          ready: false,
          restartCount: 4,
          state: { waiting: { reason: 'CrashLoopBackOff' } },
          lastState: { terminated: { exitCode: 1 } },
        },
      ],
    }),
    metadata: {
      name: 'p',
      namespace: 'kube-flannel',
      ownerReferences: [{ kind: 'DaemonSet', name: 'kube-flannel-ds', controller: true }],
    },
  };
  const told = async (more: Partial<Parameters<typeof readerOf>[0]>) =>
    (await gatherSymptoms(readerOf({ objects: [ended], ...more }), NOW)).symptoms.map(
      ({ words, adds = '' }) => `${words}. ${adds}`,
    );

  it('is told what its log says', async () => {
    const logs = { 'p/main/previous': 'Error registering network: failed to acquire lease: out of subnets' };
    expect(await told({ logs })).toEqual([
      'Error registering network: failed to acquire lease: out of subnets. ',
    ]);
  });

  it('is told that its log was not read, and what allows it', async () => {
    expect(await told({ forbidden: ['pods/log'] })).toEqual([
      "CrashLoopBackOff; last run ended with exit code 1; 4 restarts. What its log says was not read: may not get pods/log The reader's role with `acknet rbac --log-namespaces kube-flannel` allows it.",
    ]);
  });
});

describe('of many pods of a component that ended alike', () => {
  const ended = (n: number): JsonObject =>
    component(`p${n}`, 'kube-proxy-worker', {
      containerStatuses: [
        {
          name: 'main',
          ready: false,
          restartCount: 4 + n,
          state: { waiting: { reason: 'CrashLoopBackOff' } },
          lastState: { terminated: { exitCode: 1 } },
        },
      ],
    });
  const ten = Array.from({ length: 10 }, (_, n) => ended(n));
  const told = async (more: readonly JsonObject[]) => {
    const reader = readerOf({ objects: [...ten, ...more], forbidden: ['pods/log'] });
    const { symptoms } = await gatherSymptoms(reader, NOW);
    return unexplainedFindings(symptoms, symptoms).map(({ message, data }) => [
      data.count,
      message.includes('What its log says was not read'),
    ]);
  };

  it('is told once that their logs may not be read, though few were asked for', async () => {
    expect(await told([])).toEqual([[10, true]]);
  });

  it('says so of none that has no log yet', async () => {
    const pulling = Array.from({ length: 5 }, (_, n) =>
      component(`q${n}`, 'kube-proxy-worker', waits('ImagePullBackOff')),
    );
    expect(await told(pulling)).toEqual([
      [10, true],
      [5, false],
    ]);
  });
});

describe('a node is told to lack its plugin', () => {
  it('where that plugin lives in a namespace of its own', async () => {
    const set = { ...daemonSet('kube-flannel-ds', 'r/flannel:v0.26.2') };
    const objects = [
      node('n1'),
      node('n2'),
      { ...set, metadata: { ...(set.metadata as JsonObject), namespace: 'kube-flannel' } },
      pod('p', { namespace: 'kube-flannel', owner: 'kube-flannel-ds', node: 'n1' }),
    ];
    expect(await seen(objects)).toEqual([
      'component-down n2: DaemonSet kube-flannel-ds wants no pod there: its nodeSelector, affinity or tolerations do not fit the node',
    ]);
  });
});

describe('of a node is told', () => {
  const kubelet = 'Its kubelet has told nothing since 2026-11-24T02:09:20Z';

  it.each<[string, readonly JsonObject[], readonly string[]]>([
    [
      'that its kubelet alone is silent, where something else there still reports (node-problem-detector)',
      [unknownSince([condition('NTPProblem', 'False', { lastHeartbeatTime: FRESH })])],
      [
        `node-not-ready n1: Kubelet stopped posting node status. ${kubelet}, while condition NTPProblem came from there at ${FRESH}: the kubelet is silent, not the node’s network.`,
      ],
    ],
    [
      'that nothing there reports',
      [unknownSince([condition('NTPProblem', 'False', { lastHeartbeatTime: '2026-11-24T02:09:00Z' })])],
      [
        `node-not-ready n1: Kubelet stopped posting node status. ${kubelet}, and nothing else on the node has: the machine, the kubelet, or the way to the API server.`,
      ],
    ],
    [
      'no word of the node controller’s as one from there',
      [
        unknownSince([
          condition('MemoryPressure', 'Unknown', { lastHeartbeatTime: FRESH }),
          condition('NetworkUnavailable', 'False', { lastHeartbeatTime: FRESH }),
        ]),
      ],
      [
        `node-not-ready n1: Kubelet stopped posting node status. ${kubelet}, and nothing else on the node has: the machine, the kubelet, or the way to the API server.`,
      ],
    ],
    [
      'a condition of its network (node-problem-detector, network-problem-monitor)',
      [withConditions(node('n1'), condition('FrequentUnregisterNetDevice', 'True'))],
      ['warning n1: FrequentUnregisterNetDevice it is'],
    ],
    [
      'no condition that is named after what is good, that is off, or of another thing',
      [
        withConditions(
          node('n1'),
          ...[condition('SufficientIP', 'True'), condition('NetworkReady', 'True')],
          ...[condition('ConntrackFull', 'False'), condition('NTPProblem', 'True')],
        ),
      ],
      [],
    ],
    [
      'one that is named after what is good, and off (Terway, IPExhaustive)',
      [
        withConditions(
          node('n1'),
          condition('SufficientIP', 'False', { message: 'node has insufficient IP' }),
        ),
      ],
      ['warning n1: node has insufficient IP'],
    ],
    [
      'that nothing starts there, though its kubelet calls it Ready (node-problem-detector, ACK’s and its own)',
      [
        withConditions(
          node('n1'),
          condition('RuntimeOffline', 'True', { message: 'container runtime is down' }),
        ),
        withConditions(
          node('n2'),
          condition('KernelDeadlock', 'True'),
          condition('ReadonlyFilesystem', 'False'),
        ),
      ],
      [
        'warning n1: container runtime is down Its kubelet calls the node Ready all the same.',
        'warning n2: KernelDeadlock it is Its kubelet calls the node Ready all the same.',
      ],
    ],
    [
      'that nobody says whether it has a route',
      [withConditions(node('n1'), condition('NetworkUnavailable', 'Unknown', { message: '' }))],
      ['warning n1: NetworkUnavailable=Unknown'],
    ],
    [
      'that the cloud controller manager has not come to it (cloud-provider, node controller)',
      [
        node('n1', {
          spec: { taints: [{ key: 'node.cloudprovider.kubernetes.io/uninitialized', effect: 'NoSchedule' }] },
        }),
      ],
      ['warning n1: node.cloudprovider.kubernetes.io/uninitialized:NoSchedule'],
    ],
    [
      'what the kernel says (node-problem-detector, kernel-monitor)',
      [
        node('n1'),
        said({
          source: 'kernel-monitor',
          message: 'unregister_netdevice: waiting for eth0 to become free. Usage count = 1',
        }),
      ],
      ['warning n1: unregister_netdevice: waiting for eth0 to become free. Usage count = 1'],
    ],
    [
      'that the network was killed for memory (kubelet, oom watcher)',
      [
        node('n1'),
        said({ reason: 'SystemOOM', message: 'System OOM encountered, victim process: flanneld, pid: 4711' }),
      ],
      ['warning n1: System OOM encountered, victim process: flanneld, pid: 4711'],
    ],
    [
      'nothing of another process that was',
      [
        node('n1'),
        said({ reason: 'SystemOOM', message: 'System OOM encountered, victim process: java, pid: 4711' }),
      ],
      [],
    ],
    [
      'that it gets no pod range, though that is called normal (nodeipam, range allocator)',
      [
        node('n1'),
        {
          ...said({
            reason: 'CIDRNotAvailable',
            source: 'cidrAllocator',
            message: 'Node n1 status is now: CIDRNotAvailable',
          }),
          type: 'Normal',
        },
      ],
      ['warning n1: Node n1 status is now: CIDRNotAvailable'],
    ],
    [
      'what the cloud controller manager fails at',
      [
        node('n1'),
        said({ reason: 'SyncNodeFailed', source: 'node-controller', message: 'instance not found' }),
      ],
      ['warning n1: instance not found'],
    ],
  ])('%s', async (_what, objects, expected) => {
    expect(await seen(objects)).toEqual(expected);
  });

  it('what else it shows, beside the condition', async () => {
    const objects = [
      withConditions(
        node('n1', { ready: 'False', readyMessage: 'container runtime is down' }),
        condition('DiskPressure', 'True'),
      ),
      said({ reason: 'ImageGCFailed', message: 'failed to garbage collect required amount of images' }),
    ];
    const { symptoms } = await gatherSymptoms(readerOf({ objects }), NOW);
    const [found] = symptoms;
    expect(found?.evidence.map(({ value }) => value)).toEqual(['container runtime is down']);
    expect(found?.further?.map(({ value }) => value)).toEqual([
      'DiskPressure it is',
      'failed to garbage collect required amount of images',
    ]);
  });
});

describe('of other objects of the network is told', () => {
  it.each<[string, readonly JsonObject[], readonly string[]]>([
    [
      'an address that two Services have (ipallocator repair)',
      [
        said({
          kind: 'Service',
          namespace: 'shop',
          name: 'api',
          reason: 'ClusterIPAlreadyAllocated',
          source: 'ipallocator-repair-controller',
          message: 'Cluster IP [IPv4]:10.0.1.1 was assigned to multiple services',
        }),
      ],
      ['warning api: Cluster IP [IPv4]:10.0.1.1 was assigned to multiple services'],
    ],
    [
      'no conflict of two writers, of which one tries again',
      [
        said({
          kind: 'Service',
          namespace: 'shop',
          name: 'api',
          reason: 'FailedToUpdateEndpointSlices',
          source: 'endpoint-slice-controller',
          message:
            'the object has been modified; please apply your changes to the latest version and try again',
        }),
      ],
      [],
    ],
    [
      'what Terway says of a PodNetworking',
      [
        said({
          kind: 'PodNetworking',
          name: 'fixed',
          reason: 'SyncPodNetworkingFailed',
          source: 'terway-controlplane',
          message: 'InvalidVSwitchId.NotFound',
        }),
      ],
      ['warning fixed: InvalidVSwitchId.NotFound'],
    ],
    [
      'a pod whose network cannot be taken down (kubelet)',
      [
        pod('web', { node: 'n1', ip: '10.0.0.9', ready: false }),
        said({
          kind: 'Pod',
          namespace: 'default',
          name: 'web',
          reason: 'FailedKillPod',
          message: 'failed to destroy network for sandbox',
        }),
      ],
      ['warning web: failed to destroy network for sandbox'],
    ],
  ])('%s', async (_what, objects, expected) => {
    expect(await seen(objects)).toEqual(expected);
  });
});
