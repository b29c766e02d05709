import { flannelCniVersion } from '../../../src/checks/flannel/flannel-cni-version.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { count, form } from '../../../src/texts/count.js';
import { describeCheck } from '../../support/describe-check.js';
import { configMap, daemonSet, fixture, node } from '../../support/kube-objects.js';
import { type PodShape, pod } from '../../support/kube-pods.js';

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
  `missing: ConfigMap kube-flannel-cfg has no cniVersion; from Kubernetes 1.16 on the kubelet refuses such a config. ${notReady} of ${count(total, 'node')} ${form(notReady, 'has', 'have')} no usable CNI config now.`;
const unreadable =
  'unreadable: cni-conf.json in ConfigMap kube-flannel-cfg is not a JSON object, so no node can use it.';

const LISTED = '{"name":"cb0","cniVersion":"0.3.1","plugins":[{"type":"flannel"}]}';
const written = (time: string): JsonObject => ({
  ...config(LISTED),
  metadata: {
    name: 'kube-flannel-cfg',
    namespace: 'kube-system',
    managedFields: [{ manager: 'kubectl', time }],
  },
});
const flannelPod = ({ node: on = 'cn-hangzhou.10.0.0.1', image = OLD, startTime }: PodShape): JsonObject =>
  pod(`flannel-on-${on}`, {
    namespace: 'kube-system',
    node: on,
    owner: 'kube-flannel-ds',
    image,
    startTime: startTime ?? '2026-11-20T00:00:00Z',
  });
/** A DaemonSet whose init container writes to this file. */
const installing = (path: string): JsonObject => {
  const set = flannel();
  const args = ['-f', '/etc/kube-flannel/cni-conf.json', path];
  const initContainers = [{ name: 'install-cni', image: OLD, command: ['cp'], args }];
  const spec = set.spec as { template: { spec: JsonObject } };
  return { ...set, spec: { ...spec, template: { spec: { ...spec.template.spec, initContainers } } } };
};

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
  'finds nodes whose Flannel started before the version was written': {
    objects: [
      flannel(),
      written('2026-11-24T02:30:00Z'),
      flannelPod({ startTime: '2026-11-20T00:00:00Z' }),
      broken,
      well,
    ],
    outcome: 'found',
    finds: [
      'waiting: ConfigMap kube-flannel-cfg is as it should be, but 1 of 2 nodes still has no usable CNI config (cn-hangzhou.10.0.0.1): Flannel there started before that was written (2026-11-24T02:30:00Z).',
    ],
  },
  'says that the times do not tell, where the ConfigMap has none': {
    objects: [flannel(), config(LISTED), flannelPod({ startTime: '2026-11-20T00:00:00Z' }), broken, well],
    outcome: 'found',
    finds: [
      'waiting: ConfigMap kube-flannel-cfg is as it should be, but 1 of 2 nodes still has no usable CNI config (cn-hangzhou.10.0.0.1): ConfigMap kube-system/kube-flannel-cfg does not say when it was last written, so Flannel there may run an older one.',
    ],
  },
  'finds nodes without a Flannel pod to write it': {
    objects: [flannel(), written('2026-11-20T00:00:00Z'), broken, well],
    outcome: 'found',
    finds: [
      'withoutFlannel: 1 of 2 nodes has no usable CNI config, and no Flannel pod is Ready there to write one: cn-hangzhou.10.0.0.1.',
    ],
  },
  'points at the file where config, version and restart are as they should be': {
    objects: [
      installing('/etc/cni/net.d/10-flannel.conf'),
      written('2026-11-20T00:00:00Z'),
      flannelPod({ startTime: '2026-11-24T02:30:00Z' }),
      broken,
      well,
    ],
    outcome: 'found',
    finds: [
      'notTakenUp: 1 of 2 nodes reports no usable CNI config, although ConfigMap kube-flannel-cfg names cniVersion 0.3.1 and the Flannel pod there has started since: cn-hangzhou.10.0.0.1. Its init container writes the list of plugins to /etc/cni/net.d/10-flannel.conf, and a list is read only from a file that ends in .conflist: correct that name in the DaemonSet.',
    ],
    evidence: [
      'init container install-cni: cp -f /etc/kube-flannel/cni-conf.json /etc/cni/net.d/10-flannel.conf',
    ],
  },
  'names the right file to look at, where its name is right': {
    objects: [
      installing('/etc/cni/net.d/10-flannel.conflist'),
      written('2026-11-20T00:00:00Z'),
      flannelPod({ startTime: '2026-11-24T02:30:00Z' }),
      broken,
      well,
    ],
    outcome: 'found',
    finds: [
      'notTakenUp: 1 of 2 nodes reports no usable CNI config, although ConfigMap kube-flannel-cfg names cniVersion 0.3.1 and the Flannel pod there has started since: cn-hangzhou.10.0.0.1. Look at /etc/cni/net.d/10-flannel.conflist on such a node, at what else lies beside it, and at the binaries in /opt/cni/bin.',
    ],
  },
  'gives a Flannel that has just started its minute': {
    objects: [
      flannel(),
      written('2026-11-20T00:00:00Z'),
      flannelPod({ startTime: '2026-11-24T02:59:30Z' }),
      broken,
      well,
    ],
    outcome: 'unknown',
    says: 'Flannel has started a moment ago, so look again in a minute: cn-hangzhou.10.0.0.1',
  },
  'goes by the image that runs, not by the template that waits for somebody to delete the pod': {
    objects: [
      flannel(TOLERANT),
      config('{"name":"cb0"}'),
      flannelPod({ image: OLD, startTime: '2026-11-20T00:00:00Z' }),
      flannelPod({ image: TOLERANT, node: 'cn-hangzhou.10.0.0.2' }),
      broken,
      well,
    ],
    outcome: 'found',
    finds: [missing(1, 2)],
    evidence: [`kube-system/flannel-on-cn-hangzhou.10.0.0.1, image: ${OLD}`],
  },
  'is not content with a Flannel that tolerates it where nodes have no config all the same': {
    objects: [
      flannel(TOLERANT),
      { ...written('2026-11-20T00:00:00Z'), data: { 'cni-conf.json': '{"name":"cb0","type":"flannel"}' } },
      flannelPod({ image: TOLERANT, startTime: '2026-11-24T02:00:00Z' }),
      broken,
      well,
    ],
    outcome: 'found',
    finds: [
      'notTakenUp: 1 of 2 nodes reports no usable CNI config, although the Flannel that runs there tolerates a missing cniVersion and the Flannel pod there has started since: cn-hangzhou.10.0.0.1. Look at what lies in /etc/cni/net.d on such a node, and at what the init container of Flannel writes there.',
    ],
  },
  'judges Flannel in its old layout alike': {
    objects: [
      daemonSet('kube-flannel-ds-amd64', 'quay.io/coreos/flannel:v0.11.0-amd64'),
      config('{"name":"cb0","type":"flannel"}'),
      broken,
      well,
    ],
    outcome: 'found',
    finds: [missing(1, 2)],
  },
  'gives a node that has just joined the time to get its config': {
    objects: [
      flannel(),
      config('{"name":"cb0","cniVersion":"0.3.0","type":"flannel"}'),
      { ...broken, metadata: { name: 'young', creationTimestamp: '2026-11-24T02:58:30Z' } },
      well,
    ],
    outcome: 'unknown',
    says: 'has just joined and has no CNI config yet, so look again in a few minutes: young',
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
