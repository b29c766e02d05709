import { terwayPodsNotReady } from '../../../src/checks/terway/terway-pods-not-ready.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { describeCheck } from '../../support/describe-check.js';
import { daemonSet, fixture } from '../../support/kube-objects.js';
import { eniConfigMap, host, terwayPod } from '../../support/terway-objects.js';

const wants = (desired: number): JsonObject => ({
  ...daemonSet('terway-eniip', 'acs/terway:v1.15.3'),
  status: {
    desiredNumberScheduled: desired,
    numberReady: 1,
    updatedNumberScheduled: desired,
    observedGeneration: 1,
  },
});
const settled = eniConfigMap({ writtenAt: '2026-11-19T00:00:00Z' });
const one = [wants(1), settled, host('n1')];
const down = (waiting: JsonObject, more: JsonObject = {}): JsonObject =>
  terwayPod('n1', { ready: false, terway: { ready: false, waiting }, ...more });
const withMetadata = (object: JsonObject, more: JsonObject): JsonObject => ({
  ...object,
  metadata: { ...(object.metadata as JsonObject), ...more },
});
const BROKEN =
  'eni_conf in ConfigMap eni-config is not a JSON object: a Terway pod that restarts now does not come up.';

describeCheck(terwayPodsNotReady, {
  'stays quiet where every pod is ready and newer than the config': {
    objects: [wants(1), settled, host('n1'), terwayPod('n1')],
    outcome: 'clear',
  },
  'knows the DaemonSet of exclusive ENI': {
    objects: [
      { ...wants(1), metadata: { name: 'terway-eni', namespace: 'kube-system' } },
      settled,
      host('n1'),
      terwayPod('n1', { set: 'terway-eni' }),
    ],
    outcome: 'clear',
  },
  'takes no pod for down whose node has stopped reporting, nor for running': {
    objects: [
      wants(1),
      settled,
      {
        ...host('n1'),
        status: {
          conditions: [
            {
              type: 'Ready',
              status: 'Unknown',
              reason: 'NodeStatusUnknown',
              message: 'Kubelet stopped posting node status.',
            },
          ],
        },
      },
      terwayPod('n1', { ready: false }),
    ],
    outcome: 'unknown',
    says: 'The kubelet no longer reports, so whether Terway runs is not known on n1',
  },
  'finds a pod that cannot pull its image': {
    objects: [...one, down({ reason: 'ImagePullBackOff', message: 'Back-off pulling image "acs/terway"' })],
    outcome: 'found',
    finds: [
      'initFailed: 1 Terway pod cannot start: an image cannot be pulled. New pods get no network on n1, and a restart of Terway does not help.',
    ],
    evidence: [
      'Pod kube-system/terway-eniip-n1 on n1, container terway: ImagePullBackOff: Back-off pulling image',
    ],
  },
  'shows what a crashing pod said last': {
    objects: [...one, down({ reason: 'CrashLoopBackOff' })],
    logs: { 'terway-eniip-n1/terway': 'starting\nfatal: get config failed\n' },
    outcome: 'found',
    finds: [
      'notReady: 1 of 1 Terway pod is not ready (CrashLoopBackOff), so new pods get no network on n1. The last words of one: “fatal: get config failed”.',
    ],
    evidence: ['log of terway-eniip-n1 on n1, container terway: fatal: get config failed'],
  },
  'names the init container that holds the others up': {
    objects: [
      ...one,
      terwayPod('n1', {
        ready: false,
        init: { ready: false, waiting: { reason: 'CrashLoopBackOff' } },
        terway: { ready: false, waiting: { reason: 'PodInitializing' } },
      }),
    ],
    outcome: 'found',
    finds: [
      'notReady: 1 of 1 Terway pod is not ready (Init:CrashLoopBackOff), so new pods get no network on n1.',
    ],
  },
  'finds a running pod that is not ready, whatever its log says': {
    objects: [...one, terwayPod('n1', { ready: false, phase: 'Running' })],
    forbidden: ['pods/log'],
    outcome: 'found',
    finds: [
      'notReady: 1 of 1 Terway pod is not ready (running, not ready), so new pods get no network on n1.',
    ],
  },
  'finds a pod that is not scheduled': {
    objects: [
      ...one,
      {
        ...terwayPod('n1', { ready: false }),
        spec: {},
        status: {
          phase: 'Pending',
          conditions: [
            {
              type: 'PodScheduled',
              status: 'False',
              message: '0/1 nodes are available: 1 Insufficient cpu.',
            },
          ],
        },
      },
    ],
    outcome: 'found',
    finds: [
      'initFailed: 1 Terway pod cannot start: no node takes the pod. New pods get no network on no node yet, and a restart of Terway does not help.',
    ],
    evidence: ['1 Insufficient cpu'],
  },
  'groups pods by state': {
    objects: [
      wants(2),
      eniConfigMap(),
      host('n1'),
      host('n2'),
      terwayPod('n1', { ready: false, terway: { waiting: { reason: 'ContainerCreating' } } }),
      terwayPod('n2', { ready: false, terway: { waiting: { reason: 'ContainerCreating' } } }),
    ],
    outcome: 'found',
    finds: [
      'notReady: 2 of 2 Terway pods are not ready (ContainerCreating), so new pods get no network on n1, n2.',
    ],
  },
  'finds a kernel that this Terway refuses, in the state of the init container': {
    objects: [
      ...one,
      terwayPod('n1', {
        ready: false,
        init: {
          ready: false,
          terminated: { reason: 'Error', message: 'error: unsupport kernel version, require >=5.10' },
        },
      }),
    ],
    outcome: 'found',
    finds: [
      'initFailed: 1 Terway pod cannot start: the kernel is older than 5.10, which Terway 1.14.0 and later refuse. New pods get no network on n1, and a restart of Terway does not help.',
    ],
    evidence: ['container terway-init: error: unsupport kernel version, require >=5.10'],
  },
  'finds the refused change of ENI mode in the init log': {
    objects: [
      ...one,
      terwayPod('n1', { ready: false, init: { ready: false, waiting: { reason: 'CrashLoopBackOff' } } }),
    ],
    logs: { 'terway-eniip-n1/terway-init': 'exclusive eni mode changed\n' },
    outcome: 'found',
    finds: [
      'initFailed: 1 Terway pod cannot start: the exclusive ENI label of the node was changed after it joined, which Terway refuses. New pods get no network on n1, and a restart of Terway does not help.',
    ],
    evidence: ['log of terway-eniip-n1 on n1, container terway-init: exclusive eni mode changed'],
  },
  'names what a crashing daemon says of its configuration, from the run before': {
    objects: [
      ...one,
      terwayPod('n1', {
        ready: false,
        init: { ready: true, terminated: { reason: 'Completed', exitCode: 0 } },
        terway: { ready: false, restartCount: 6, waiting: { reason: 'CrashLoopBackOff' } },
      }),
    ],
    logs: {
      'terway-eniip-n1/terway-init': 'all done\n',
      'terway-eniip-n1/terway/previous':
        'level=error msg="failed parse config: unexpected end of JSON input"\n',
      'terway-eniip-n1/terway': 'starting\n',
    },
    outcome: 'found',
    finds: [
      'initFailed: 1 Terway pod cannot start: the configuration in ConfigMap eni-config cannot be used. New pods get no network on n1, and a restart of Terway does not help.',
    ],
    evidence: ['container terway: level=error msg="failed parse config: unexpected end of JSON input"'],
  },
  'names the socket that Terway cannot bind': {
    objects: [...one, down({ reason: 'CrashLoopBackOff' })],
    logs: {
      'terway-eniip-n1/terway':
        'F1124 02:50:00.1 1 main.go:73] error listen at /var/run/eni/eni.socket: listen unix: bind: address already in use\n',
    },
    outcome: 'found',
    finds: [
      'initFailed: 1 Terway pod cannot start: Terway cannot bind its socket or port: something else on the node holds it. New pods get no network on n1, and a restart of Terway does not help.',
    ],
  },
  'finds fewer pods than the DaemonSet wants': {
    objects: [wants(2), eniConfigMap(), host('n1'), host('n2'), terwayPod('n1')],
    outcome: 'found',
    finds: ['missing: The Terway DaemonSet terway-eniip wants 2 pods and has 1; nodes without one: n2.'],
    evidence: ['DaemonSet kube-system/terway-eniip, status: 1 of 2 ready'],
  },
  'finds pods that still run with the old config': {
    objects: [wants(1), eniConfigMap({ writtenAt: '2026-11-24T01:00:00Z' }), host('n1'), terwayPod('n1')],
    outcome: 'found',
    finds: [
      'olderThanConfig: 1 of 1 Terway pod started before ConfigMap eni-config was last written (2026-11-24T01:00:00Z), so what was changed is not in effect on n1 until it restarts.',
    ],
    evidence: [
      'metadata.managedFields, newest time: 2026-11-24T01:00:00Z',
      'status.startTime: 2026-11-20T00:00:00Z',
    ],
  },
  'cannot tell where the API server does not date every write': {
    objects: [...one, terwayPod('n1')],
    version: 'v1.22.3-aliyun.1',
    outcome: 'unknown',
    says: 'eni-config may have been changed after the time it shows',
  },
  'still finds what is older, on such a server too': {
    objects: [wants(1), eniConfigMap({ writtenAt: '2026-11-24T01:00:00Z' }), host('n1'), terwayPod('n1')],
    version: 'v1.22.3-aliyun.1',
    outcome: 'found',
    finds: [
      'olderThanConfig: 1 of 1 Terway pod started before ConfigMap eni-config was last written (2026-11-24T01:00:00Z), so what was changed is not in effect on n1 until it restarts.',
    ],
  },
  'compares no start with a write time that cannot be read': {
    objects: [wants(1), eniConfigMap({ writtenAt: 'yesterday' }), host('n1'), terwayPod('n1')],
    outcome: 'unknown',
    says: 'does not say when it was last written',
  },
  'cannot tell from when the ConfigMap was created': {
    objects: [
      wants(1),
      withMetadata(eniConfigMap(), { creationTimestamp: '2026-01-02T00:00:00Z' }),
      host('n1'),
      terwayPod('n1'),
    ],
    outcome: 'unknown',
    says: 'does not say when it was last written',
  },
  'finds a config that no Terway could start with': {
    objects: [wants(1), eniConfigMap({ data: { eni_conf: '{"version":' } }), host('n1'), terwayPod('n1')],
    outcome: 'found',
    finds: [`configUnreadable: ${BROKEN}`],
    evidence: ['data["eni_conf"]: {"version":'],
  },
  'finds a config without eni_conf': {
    objects: [
      wants(1),
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'eni-config', namespace: 'kube-system' } },
      host('n1'),
      terwayPod('n1'),
    ],
    outcome: 'found',
    finds: [`configUnreadable: ${BROKEN}`],
    evidence: ['key absent'],
  },
  'advises only while a new pod starts': {
    objects: [...one, terwayPod('n1', { ready: false, startTime: '2026-11-24T02:59:00Z' })],
    outcome: 'clear',
    finds: ['starting: 1 Terway pod started less than two minutes ago and is not ready yet, on n1.'],
  },
  'does not wait for a young pod that already fails': {
    objects: [
      ...one,
      terwayPod('n1', {
        ready: false,
        startTime: '2026-11-24T02:59:00Z',
        terway: { waiting: { reason: 'ErrImagePull' } },
      }),
    ],
    outcome: 'found',
    finds: [
      'initFailed: 1 Terway pod cannot start: an image cannot be pulled. New pods get no network on n1, and a restart of Terway does not help.',
    ],
  },
  'ignores a pod that is being replaced': {
    objects: [
      ...one,
      {
        ...terwayPod('n1', { ready: false }),
        metadata: {
          ...(terwayPod('n1').metadata as JsonObject),
          deletionTimestamp: '2026-11-24T02:59:30Z',
        },
      },
    ],
    outcome: 'clear',
  },
  'cannot tell without the ConfigMap': {
    objects: [wants(1), host('n1'), terwayPod('n1')],
    outcome: 'unknown',
    says: 'ConfigMap kube-system/eni-config does not exist',
  },
  'cannot tell from a DaemonSet without a status and pods': {
    objects: [{ ...daemonSet('terway-eniip', 'acs/terway:v1.15.3'), status: {} }, eniConfigMap(), host('n1')],
    outcome: 'unknown',
    says: 'wants no pod',
  },
  'cannot tell when DaemonSets may not be listed': {
    objects: [...one, terwayPod('n1')],
    forbidden: ['daemonsets'],
    outcome: 'unknown',
    says: 'daemonsets',
  },
  'does not apply to Flannel': {
    objects: [fixture('06-daemonset-kube-flannel-ds')],
    outcome: 'not-applicable',
  },
});
