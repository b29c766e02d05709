import { formatVersion, isAtLeast, parseVersion } from '../../cluster/versions.js';
import { daemonSets } from '../../cluster/views/daemon-set.js';
import { type PodView, pods } from '../../cluster/views/pod.js';
import { defineCheck, type Evidence } from '../define-check.js';
import { needsFlannel } from './flannel-config.js';

/** From here on Flannel can keep addresses under /var/run, which a reboot clears. Source: FAQ. */
const LEAK_SAFE = '0.15.1.11';

/** Pods' images count, not only the template: the DaemonSet was OnDelete until v0.15.1.21. Source: cluster-signals 3.1. */
export const flannelVersion = defineCheck({
  id: 'flannel-version',
  title: 'One current Flannel version runs on every node',
  area: 'flannel',
  intents: ['flannel-no-ip-available', 'flannel-cni-version'],
  reads: [
    { group: 'apps', resource: 'daemonsets', verbs: ['list'] },
    { group: '', resource: 'pods', verbs: ['list'] },
  ],
  appliesTo: needsFlannel,
  messages: {
    mixed: {
      severity: 'problem',
      text: '{behind} of {total} Flannel pods do not run the image of their DaemonSet ({wanted}). Where its update strategy is OnDelete they change only when they are deleted.',
      intent: 'flannel-cni-version',
    },
    leaky: {
      severity: 'advice',
      text: 'Flannel {version} is older than 0.15.1.11: pod addresses can leak across a node restart, until none are left.',
    },
    notReady: {
      severity: 'problem',
      text: '{notReady} of {total} Flannel pods are not ready; on these nodes new pods get no network.',
      intent: 'flannel-cni-version',
      explains: ['component-down', 'node-not-ready', 'pod-waiting', 'warning'],
    },
  },

  async gather(reader) {
    const [sets, all] = await Promise.all([reader.list(daemonSets), reader.list(pods)]);
    return {
      set: sets.find(({ namespace, name }) => namespace === 'kube-system' && name === 'kube-flannel-ds'),
      pods: all.filter(
        ({ namespace, owner }) => namespace === 'kube-system' && owner?.name === 'kube-flannel-ds',
      ),
    };
  },

  judge({ set, pods: own }, report) {
    if (set === undefined)
      return report.notApplicable('DaemonSet kube-system/kube-flannel-ds does not exist.');
    const about = { kind: 'DaemonSet', namespace: 'kube-system', name: set.name };
    const wanted = set.containers.find(({ image, init }) => !init && image.includes('/flannel:'))?.image;
    const version = wanted === undefined ? undefined : parseVersion(wanted);
    if (wanted === undefined || version === undefined)
      return report.unknown(
        'check.no-evidence',
        `The image of DaemonSet kube-flannel-ds tells no version: ${wanted ?? 'none named flannel'}.`,
      );

    report.fact({ label: 'Flannel', value: formatVersion(version), where: wanted });
    if (own.length === 0)
      report.unknown('check.no-evidence', 'DaemonSet kube-flannel-ds has no pod to look at.');
    const behind = own.filter((pod) => imageOf(pod) !== undefined && imageOf(pod) !== wanted);
    if (behind.length > 0)
      report.found('mixed', about, {
        data: { behind: behind.length, total: own.length, wanted: tagOf(wanted) },
        evidence: behind.slice(0, 5).map(imageEvidence),
      });
    const notReady = own.filter(({ ready, deleting }) => !ready && !deleting);
    if (notReady.length > 0)
      report.found('notReady', about, {
        data: { notReady: notReady.length, total: own.length },
        evidence: notReady.slice(0, 5).map(stateEvidence),
        affects: { nodes: notReady.flatMap(({ node }) => node ?? []), workloads: [set.name] },
      });
    if (!isAtLeast(version, LEAK_SAFE))
      report.found('leaky', about, {
        data: { version: formatVersion(version) },
        evidence: [{ where: 'DaemonSet kube-system/kube-flannel-ds, image', value: wanted }],
      });
  },
});

const imageOf = ({ containers }: PodView): string | undefined =>
  containers.find(({ image, init }) => !init && image.includes('/flannel:'))?.image;
const tagOf = (image: string): string => image.slice(image.lastIndexOf(':') + 1);
const imageEvidence = (pod: PodView): Evidence => ({
  where: `Pod kube-system/${pod.name} on ${pod.node ?? 'no node'}, image`,
  value: imageOf(pod) ?? '',
});

function stateEvidence(pod: PodView): Evidence {
  const waiting = pod.containers.find(({ reason }) => reason !== undefined);
  return {
    where: `Pod kube-system/${pod.name} on ${pod.node ?? 'no node'}`,
    value:
      waiting === undefined
        ? `phase ${pod.phase}, not Ready`
        : `${waiting.name}: ${waiting.reason} ${waiting.message ?? ''}`.trim(),
  };
}
