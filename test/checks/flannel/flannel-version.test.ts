import { flannelVersion } from '../../../src/checks/flannel/flannel-version.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { describeCheck } from '../../support/describe-check.js';
import { configMap, daemonSet, fixture, node } from '../../support/kube-objects.js';
import { pod } from '../../support/kube-pods.js';

const OLD = 'registry.cn-hangzhou.aliyuncs.com/acs/flannel:v0.11.0.2-g6e46593e-aliyun';
const NEW = 'registry.cn-hangzhou.aliyuncs.com/acs/flannel:v0.15.1.23-33d25c1-aliyun';
const flannelPod = (name: string, image: string, more = {}) =>
  pod(name, { namespace: 'kube-system', node: `node-of-${name}`, owner: 'kube-flannel-ds', image, ...more });

const NO_LEASE = 'failed to acquire lease: out of subnets';
const broken = (state: JsonObject, name = 'f1') =>
  flannelPod(name, NEW, { ready: false, containerStatuses: [{ name: 'main', ready: false, ...state }] });
const crashed: JsonObject = {
  restartCount: 9,
  state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container' } },
  lastState: { terminated: { exitCode: 1, reason: 'Error', finishedAt: '2026-11-24T02:50:02Z' } },
};

describeCheck(flannelVersion, {
  'stays quiet about one current version': {
    objects: [daemonSet('kube-flannel-ds', NEW), flannelPod('f1', NEW)],
    outcome: 'clear',
  },
  'knows the new numbering without suffix': {
    objects: [
      daemonSet('kube-flannel-ds', 'acs/flannel:v0.28.0.6'),
      flannelPod('f1', 'acs/flannel:v0.28.0.6'),
    ],
    outcome: 'clear',
  },
  'finds pods that still run the old image': {
    objects: [daemonSet('kube-flannel-ds', NEW), flannelPod('f1', NEW), flannelPod('f2', OLD)],
    outcome: 'found',
    finds: [
      'mixed: 1 of 2 Flannel pods does not run the image of the DaemonSet (v0.15.1.23-33d25c1-aliyun). Where its update strategy is OnDelete it changes only when it is deleted.',
    ],
    evidence: ['Pod kube-system/f2 on node-of-f2, image'],
  },
  'says that a pod without its image does not start for a restart': {
    objects: [
      daemonSet('kube-flannel-ds', NEW),
      broken({ state: { waiting: { reason: 'ImagePullBackOff', message: 'not found' } } }),
    ],
    outcome: 'found',
    finds: [
      'cannotStart: 1 of 1 Flannel pod cannot start: an image cannot be pulled. The kubelet tries that again by itself. On node-of-f1 new pods get no network, and a restart of Flannel does not help.',
    ],
    evidence: ['container main: ImagePullBackOff: not found'],
  },
  'takes no pod for down whose node has stopped reporting, nor for running': {
    objects: [
      daemonSet('kube-flannel-ds', NEW),
      node('node-of-f1', { ready: 'Unknown', readyMessage: 'Kubelet stopped posting node status.' }),
      broken(crashed),
    ],
    outcome: 'unknown',
    says: 'The kubelet no longer reports, so whether Flannel runs is not known on node-of-f1',
  },
  'names the line that a run ended with, of the run before': {
    objects: [daemonSet('kube-flannel-ds', NEW), broken(crashed)],
    logs: {
      'f1/main/previous': `E1124 02:50:01.1 1 main.go:334] Error registering network: ${NO_LEASE}\nI1124 02:50:01.2 1 main.go:439] Stopping shutdownHandler...\n`,
      'f1/main': 'I1124 02:55:01.1 1 main.go:205] CLI flags config\n',
    },
    outcome: 'found',
    finds: [
      `cannotStart: 1 of 1 Flannel pod cannot start: “${NO_LEASE}”. The network has no node range left: remove the ranges of nodes that are gone, or plan a larger network. On node-of-f1 new pods get no network, and a restart of Flannel does not help.`,
    ],
    evidence: [
      'log of f1 on node-of-f1, container main: E1124 02:50:01.1 1 main.go:334]',
      'last run ended with exit code 1 (Error); 9 restarts',
    ],
  },
  'tells pods beyond its sample with those whose log names the cause': {
    objects: [daemonSet('kube-flannel-ds', NEW), ...[1, 2, 3, 4, 5, 6].map((n) => broken(crashed, `f${n}`))],
    logs: Object.fromEntries(
      [1, 2, 3, 4, 5, 6].map((n) => [`f${n}/main/previous`, `Error registering network: ${NO_LEASE}\n`]),
    ),
    outcome: 'found',
    finds: [
      `cannotStart: 6 of 6 Flannel pods cannot start (5 were looked into): “${NO_LEASE}”. The network has no node range left: remove the ranges of nodes that are gone, or plan a larger network. On node-of-f1, node-of-f2, node-of-f3, node-of-f4, node-of-f5 and 1 more new pods get no network, and a restart of Flannel does not help.`,
    ],
  },
  'takes a config that was written since the run ended for mended': {
    objects: [
      daemonSet('kube-flannel-ds', NEW),
      broken(crashed),
      {
        ...configMap('kube-flannel-cfg', {}),
        metadata: {
          name: 'kube-flannel-cfg',
          namespace: 'kube-system',
          managedFields: [{ manager: 'kubectl', time: '2026-11-24T02:58:00Z' }],
        },
      },
    ],
    logs: {
      'f1/main/previous':
        'E1124 02:50:01.1 1 main.go:1] Failed to create SubnetManager: error parsing subnet config: EOF\n',
    },
    outcome: 'found',
    finds: [
      'notReady: 1 of 1 Flannel pod is not ready (CrashLoopBackOff); on this node new pods get no network. The last words of one: “E1124 02:50:01.1 1 main.go:1] Failed to create SubnetManager: error parsing subnet config: EOF”.',
    ],
  },
  'shows the state of one that was killed, whose last line is no error': {
    objects: [
      daemonSet('kube-flannel-ds', NEW),
      broken({ ...crashed, lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } } }),
    ],
    logs: {
      'f1/main/previous': 'I1124 02:50:01.1 1 main.go:317] Wrote subnet file to /run/flannel/subnet.env\n',
    },
    outcome: 'found',
    finds: [
      'notReady: 1 of 1 Flannel pod is not ready (CrashLoopBackOff); on this node new pods get no network.',
    ],
    evidence: ['last run ended with exit code 137 (OOMKilled)'],
  },
  'takes the five DaemonSets of old manifests for Flannel': {
    objects: [
      daemonSet('kube-flannel-ds-amd64', 'quay.io/coreos/flannel:v0.15.1-amd64'),
      {
        ...daemonSet('kube-flannel-ds-arm64', 'quay.io/coreos/flannel:v0.15.1-arm64'),
        status: { desiredNumberScheduled: 0 },
      },
      flannelPod('f1', 'quay.io/coreos/flannel:v0.15.1-amd64', { owner: 'kube-flannel-ds-amd64' }),
    ],
    outcome: 'clear',
    finds: [
      'leaky: Flannel 0.15.1 is older than 0.15.1.11: pod addresses can leak across a node restart, until none are left.',
    ],
  },
  'advises on a version that leaks addresses': {
    objects: [daemonSet('kube-flannel-ds', OLD), flannelPod('f1', OLD)],
    outcome: 'clear',
    finds: [
      'leaky: Flannel 0.11.0.2 is older than 0.15.1.11: pod addresses can leak across a node restart, until none are left.',
    ],
  },
  'cannot tell without a pod': {
    objects: [daemonSet('kube-flannel-ds', NEW)],
    outcome: 'unknown',
    says: 'no pod to look at',
  },
  'cannot tell from a tag without a version': {
    objects: [daemonSet('kube-flannel-ds', 'acs/flannel:latest')],
    outcome: 'unknown',
    says: 'tells no version',
  },
  'cannot tell when pods may not be listed': {
    objects: [daemonSet('kube-flannel-ds', NEW)],
    forbidden: ['pods'],
    outcome: 'unknown',
  },
  'does not apply to Terway': { objects: [fixture('01-daemonset-terway-eniip')], outcome: 'not-applicable' },
});
