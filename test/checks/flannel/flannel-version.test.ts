import { flannelVersion } from '../../../src/checks/flannel/flannel-version.js';
import { describeCheck } from '../../support/describe-check.js';
import { daemonSet, fixture } from '../../support/kube-objects.js';
import { pod } from '../../support/kube-pods.js';

const OLD = 'registry.cn-hangzhou.aliyuncs.com/acs/flannel:v0.11.0.2-g6e46593e-aliyun';
const NEW = 'registry.cn-hangzhou.aliyuncs.com/acs/flannel:v0.15.1.23-33d25c1-aliyun';
const flannelPod = (name: string, image: string, more = {}) =>
  pod(name, { namespace: 'kube-system', node: `node-of-${name}`, owner: 'kube-flannel-ds', image, ...more });

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
      'mixed: 1 of 2 Flannel pods do not run the image of their DaemonSet (v0.15.1.23-33d25c1-aliyun). Where its update strategy is OnDelete they change only when they are deleted.',
    ],
    evidence: ['Pod kube-system/f2 on node-of-f2, image'],
  },
  'finds pods that are not ready, and why': {
    objects: [
      daemonSet('kube-flannel-ds', NEW),
      flannelPod('f1', NEW, {
        ready: false,
        containerStatuses: [
          { name: 'main', state: { waiting: { reason: 'ImagePullBackOff', message: 'not found' } } },
        ],
      }),
    ],
    outcome: 'found',
    finds: ['notReady: 1 of 1 Flannel pods are not ready; on these nodes new pods get no network.'],
    evidence: ['main: ImagePullBackOff not found'],
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
