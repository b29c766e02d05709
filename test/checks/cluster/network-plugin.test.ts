import { networkPlugin } from '../../../src/checks/cluster/network-plugin.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { describeCheck } from '../../support/describe-check.js';
import { daemonSet, fixture, node } from '../../support/kube-objects.js';

const inNamespace = (set: JsonObject, namespace: string): JsonObject => ({
  ...set,
  metadata: { ...(set.metadata as JsonObject), namespace },
});

const terway = fixture('01-daemonset-terway-eniip');
const flannel = fixture('06-daemonset-kube-flannel-ds');
const calico = daemonSet('calico-node', 'docker.io/calico/node:v3.27.0');

describeCheck(networkPlugin, {
  'stays quiet about Terway, whose policy container runs cilium itself': {
    objects: [terway, node('n1')],
    outcome: 'clear',
  },
  'stays quiet about Flannel': { objects: [flannel, node('n1')], outcome: 'clear' },
  'takes the DaemonSets of Flannel’s old manifests, one for each architecture, for Flannel': {
    objects: [
      ...['amd64', 'arm64', 'arm', 'ppc64le', 's390x'].map((architecture) =>
        daemonSet(`kube-flannel-ds-${architecture}`, `quay.io/coreos/flannel:v0.11.0-${architecture}`),
      ),
      node('n1'),
    ],
    outcome: 'clear',
  },
  'finds a third-party plugin by its name': {
    objects: [terway, inNamespace(calico, 'calico-system')],
    outcome: 'found',
    finds: [
      'thirdParty: DaemonSet calico-system/calico-node is a network plugin that ACK does not support; it can make the cluster network unavailable.',
    ],
    evidence: ['docker.io/calico/node:v3.27.0'],
  },
  'finds a third-party plugin by its image, whatever it is called': {
    objects: [flannel, daemonSet('overlay', 'quay.io/cilium/cilium:v1.15.1')],
    outcome: 'found',
    finds: [
      'thirdParty: DaemonSet kube-system/overlay is a network plugin that ACK does not support; it can make the cluster network unavailable.',
    ],
  },
  'finds both plugins at once': {
    objects: [terway, flannel],
    outcome: 'found',
    finds: [
      'two: Terway and Flannel both run here. A cluster has one of them, chosen when it was created; the other one must go.',
    ],
  },
  'advises on the upstream Flannel manifest': {
    objects: [
      inNamespace(daemonSet('kube-flannel-ds', 'ghcr.io/flannel-io/flannel:v0.25.1'), 'kube-flannel'),
    ],
    outcome: 'clear',
    finds: [
      'selfManaged: DaemonSet kube-flannel/kube-flannel-ds is not the ACK add-on but a self-managed install; what acknet knows about ACK may not hold for it.',
    ],
  },
  'cannot tell a plugin that was deleted from one that is kept out of sight': {
    objects: [daemonSet('csi-plugin', 'acs/csi-plugin:v1.30')],
    outcome: 'unknown',
    finds: [
      'none: No DaemonSet of Terway, Flannel or another known network plugin is here. An ordinary ACK cluster has one, and without it new pods get no network; some kinds of cluster (Auto Mode, Lingjun) may keep it out of sight.',
    ],
    evidence: ['kube-system/csi-plugin'],
  },
});
