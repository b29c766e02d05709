import { type ClusterIdentity, isCertainly } from '../../cluster/identity/identity.js';
import { isUpstreamFlannel } from '../../cluster/network-daemon-sets.js';
import type { ClusterReader } from '../../cluster/ports.js';
import { formatVersion, parseVersion } from '../../cluster/identity/versions.js';
import { type DaemonSetView, daemonSets } from '../../cluster/views/daemon-set.js';
import { count } from '../../texts/count.js';
import { judgeVersions, versionDecides, versionMessages } from './cloud/judge-versions.js';
import { seeVersions, versionActions } from './cloud/see-versions.js';
import { defineCheck, type Evidence } from '../judging/define-check.js';
import { isOwnPlugin, isThirdParty } from './third-party-plugins.js';

/** Source: FAQ "How do I view the cluster's network type…", "Are third-party network plugins supported?". */
export const networkPlugin = defineCheck({
  id: 'network-plugin',
  title: 'One network plugin is installed, and acknet knows it',
  area: 'cluster',
  intents: ['view-network-type', 'third-party-plugins', 'switch-network-plugin', 'choose-network-plugin'],
  reads: [{ group: 'apps', resource: 'daemonsets', verbs: ['list'] }],
  cloud: {
    actions: versionActions,
    shows:
      'the versions of the network’s add-ons beside what ACK offers, and how long it supports this Kubernetes',
    settles: [],
    decides: versionDecides,
    gather: seeVersions,
  },
  messages: {
    ...versionMessages,
    thirdParty: {
      severity: 'problem',
      text: 'DaemonSet {daemonSet} is a network plugin that ACK does not support; it can make the cluster network unavailable.',
    },
    two: {
      severity: 'problem',
      text: 'Terway and Flannel both run here. A cluster has one of them, chosen when it was created; the other one must go.',
    },
    selfManaged: {
      severity: 'advice',
      text: 'DaemonSet {daemonSet} is not the ACK add-on but a self-managed install; what acknet knows about ACK may not hold for it.',
    },
    none: {
      severity: 'advice',
      text: 'No DaemonSet of Terway, Flannel or another known network plugin is here. An ordinary ACK cluster has one, and without it new pods get no network; some kinds of cluster (Auto Mode, Lingjun) may keep it out of sight.',
    },
  },

  gather: (reader: ClusterReader) => reader.list(daemonSets),

  judge(sets, report, { identity, cloud, now }) {
    report.fact({ label: 'Network plugin', value: describePlugin(identity) });
    report.fact({
      label: 'Cluster kind',
      value: identity.flavor === 'unknown' ? 'not readable' : identity.flavor,
    });
    if (cloud !== undefined) judgeVersions(cloud, { report, now });

    const others = sets.filter(isThirdParty);
    for (const set of others)
      report.found('thirdParty', aboutSet(set), {
        data: { daemonSet: full(set) },
        evidence: [evidenceOf(set)],
      });
    const selfManaged = sets.filter(isSelfManaged);
    for (const set of selfManaged)
      report.found('selfManaged', aboutSet(set), {
        data: { daemonSet: full(set) },
        evidence: [evidenceOf(set)],
      });

    const own = sets.filter(isOwnPlugin);
    if (isCertainly(identity.plugin, 'terway+flannel'))
      report.found('two', aboutSet(own[0] as DaemonSetView), { data: {}, evidence: own.map(evidenceOf) });
    if (own.length + others.length + selfManaged.length === 0) {
      report.found(
        'none',
        { kind: 'Namespace', name: 'kube-system' },
        { data: {}, evidence: [listed(sets)] },
      );
      report.unknown('cluster.not-found', 'Which network plugin runs is not to be seen in this cluster.');
    }
  },
});

function describePlugin({ plugin, terway, flannel }: ClusterIdentity): string {
  const parts = [terway, flannel].flatMap((part) =>
    part === undefined ? [] : [`${part.daemonSet}${part.version ? ` ${formatVersion(part.version)}` : ''}`],
  );
  const name = plugin.known ? plugin.name : 'not readable';
  return parts.length === 0 ? name : `${name} (${parts.join(', ')})`;
}

/** The open-source Terway manifest names its DaemonSet `terway`. */
const isSelfManaged = (set: DaemonSetView): boolean =>
  (set.namespace === 'kube-system' && set.name === 'terway') || isUpstreamFlannel(set);

const full = ({ namespace, name }: DaemonSetView): string => `${namespace}/${name}`;
const aboutSet = ({ namespace, name }: DaemonSetView) => ({ kind: 'DaemonSet', namespace, name });

const evidenceOf = (set: DaemonSetView): Evidence => {
  const image = set.containers.find((container) => !container.init)?.image ?? 'no image';
  const version = parseVersion(image);
  return {
    where: `DaemonSet ${full(set)}`,
    value: `image ${image}${version === undefined ? ' (no version in its tag)' : ''}, ${set.ready} of ${count(set.desired, 'pod')} ready`,
  };
};

const listed = (sets: readonly DaemonSetView[]): Evidence => ({
  where: 'DaemonSets of all namespaces',
  value: sets.map(full).join(', ') || 'none',
});
