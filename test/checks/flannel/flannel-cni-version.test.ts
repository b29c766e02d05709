import { flannelCniVersion } from '../../../src/checks/flannel/flannel-cni-version.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { describeCheck } from '../../support/describe-check.js';
import { configMap, daemonSet, fixture, node } from '../../support/kube-objects.js';

const OLD = 'registry.local/acs/flannel:v0.11.0.2-g6e46593e-aliyun';
const TOLERANT = 'registry.local/acs/flannel:v0.15.1.19-d460293f-aliyun';
const UNINITIALIZED =
  'runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:docker: network plugin is not ready: cni config uninitialized';
const CONTAINERD =
  'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized';

const flannel = (image = OLD) => daemonSet('kube-flannel-ds', image);
const config = (text: string): JsonObject => configMap('kube-flannel-cfg', { 'cni-conf.json': text });
const broken = node('cn-hangzhou.10.0.0.1', { ready: 'False', readyMessage: UNINITIALIZED });
const well = node('cn-hangzhou.10.0.0.2');

const missing = (notReady: number, total: number) =>
  `missing: ConfigMap kube-flannel-cfg has no cniVersion; from Kubernetes 1.16 on the kubelet refuses such a config. ${notReady} of ${total} nodes have no usable CNI config now.`;
const unreadable =
  'unreadable: cni-conf.json in ConfigMap kube-flannel-cfg is not a JSON object, so no node can use it.';

describeCheck(flannelCniVersion, {
  'is clear when the single-plugin config names a version': {
    objects: [flannel(), config('{"name":"cb0","cniVersion":"0.3.0","type":"flannel"}'), well],
    outcome: 'clear',
  },
  'is clear for the current plugin list': {
    objects: [
      fixture('06-daemonset-kube-flannel-ds'),
      fixture('08-configmap-kube-flannel-cfg-current'),
      well,
    ],
    outcome: 'clear',
  },
  'stays quiet about nodes that are NotReady for another reason': {
    objects: [
      flannel(),
      config('{"cniVersion":"0.3.0"}'),
      node('n', { ready: 'Unknown', readyMessage: 'Kubelet stopped posting node status.' }),
    ],
    outcome: 'clear',
  },
  'finds the legacy config, and shows what the kubelet said': {
    objects: [flannel(), fixture('07-configmap-kube-flannel-cfg-legacy'), broken, well],
    outcome: 'found',
    finds: [missing(1, 2)],
    evidence: [
      'data["cni-conf.json"]',
      'Node cn-hangzhou.10.0.0.1, condition Ready=False (KubeletNotReady)',
      UNINITIALIZED,
      OLD,
    ],
  },
  'finds an empty cniVersion, and knows containerd’s message': {
    objects: [
      flannel(),
      config('{"name":"cb0","cniVersion":"","plugins":[]}'),
      node('n', { ready: 'False', readyMessage: CONTAINERD }),
    ],
    outcome: 'found',
    finds: [missing(1, 1)],
  },
  'finds it before any node has suffered': {
    objects: [flannel(), config('{"name":"cb0","type":"flannel"}'), well],
    outcome: 'found',
    finds: [missing(0, 1)],
  },
  'says that the image tag tells no version': {
    objects: [flannel('registry.local/acs/flannel:latest'), config('{"name":"cb0"}'), well],
    outcome: 'found',
    finds: [missing(0, 1)],
    evidence: ['The image tag tells no version.'],
  },
  'only advises where Flannel tolerates it': {
    objects: [flannel(TOLERANT), config('{"name":"cb0"}'), well],
    outcome: 'clear',
    finds: [
      'tolerated: ConfigMap kube-flannel-cfg has no cniVersion. Flannel 0.15.1.19 tolerates that (since 0.15.1.19); an older image would not.',
    ],
  },
  'finds nodes that have not picked the version up': {
    objects: [flannel(), config('{"name":"cb0","cniVersion":"0.3.0","type":"flannel"}'), broken, well],
    outcome: 'found',
    finds: [
      'waiting: ConfigMap kube-flannel-cfg names cniVersion 0.3.0, but 1 of 2 nodes still have no usable CNI config: Flannel there has not restarted since, or does not run.',
    ],
  },
  'gives a node that has just joined the time to get its config': {
    objects: [
      flannel(),
      config('{"name":"cb0","cniVersion":"0.3.0","type":"flannel"}'),
      { ...broken, metadata: { name: 'young', creationTimestamp: '2026-11-24T02:58:30Z' } },
      well,
    ],
    outcome: 'unknown',
    says: 'have just joined and have no CNI config yet, so look again in a few minutes: young',
  },
  'finds a config that is no JSON': {
    objects: [flannel(), config('{"name":'), well],
    outcome: 'found',
    finds: [unreadable],
  },
  'finds a config that is a list': {
    objects: [flannel(), config('[]'), well],
    outcome: 'found',
    finds: [unreadable],
  },
  'finds an emptied config': {
    objects: [flannel(), config(''), well],
    outcome: 'found',
    finds: [unreadable],
  },
  'cannot tell without the ConfigMap': {
    objects: [flannel(), well],
    outcome: 'unknown',
    says: 'kube-flannel-cfg',
  },
  'cannot tell without the key': {
    objects: [flannel(), configMap('kube-flannel-cfg', {}), well],
    outcome: 'unknown',
    says: 'cni-conf.json',
  },
  'does not apply to Terway': {
    objects: [daemonSet('terway-eniip', 'registry.local/acs/terway:v1.15.3'), well],
    outcome: 'not-applicable',
    says: 'Flannel does not run',
  },
});
