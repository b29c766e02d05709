import { unlessAbsent } from '../../cluster/absent.js';
import { flannelSets, isFlannelPod } from '../../cluster/network-daemon-sets.js';
import type { ObjectRef } from '../../cluster/ports.js';
import { formatVersion, isAtLeast, parseVersion } from '../../cluster/identity/versions.js';
import { configMaps } from '../../cluster/views/config-map.js';
import { type DaemonSetView, daemonSets } from '../../cluster/views/daemon-set.js';
import { nodes } from '../../cluster/views/node.js';
import { type PodView, pods } from '../../cluster/views/pod.js';
import { type Crashes, gatherCrashes } from '../crashes/crash.js';
import { withoutLeftovers } from '../crashes/leftovers.js';
import { apartFromLost, lostDetail } from '../crashes/lost-pods.js';
import { restartingDetail } from '../crashes/restarting.js';
import { uncoveredDetail } from '../crashes/uncovered.js';
import { defineCheck, type Evidence, type Judgement } from '../judging/define-check.js';
import { isTerwayPod } from '../terway/terway-pods.js';
import { flannelVersionMessages } from './daemon/flannel-version-messages.js';
import { reportBrokenFlannel } from './daemon/report-broken-flannel.js';
import { flannelConfigMap, flannelConfigReads, flannelImageOf, needsFlannel } from './flannel-config.js';

/** From here on Flannel can keep addresses under /var/run, which a reboot clears. Source: FAQ. */
const LEAK_SAFE = '0.15.1.11';
const SAMPLE = { pods: 5, tailLines: 200 };

type Report = Judgement<typeof flannelVersionMessages>;

interface FlannelSet {
  readonly set: DaemonSetView;
  readonly pods: readonly PodView[];
  readonly crashes: Crashes;
  /** Pods on nodes that have stopped reporting. */
  readonly lost: readonly PodView[];
}

/** Pods' images count, not only the template: the DaemonSet was OnDelete until v0.15.1.21. Source: cluster-signals 3.1. */
export const flannelVersion = defineCheck({
  id: 'flannel-version',
  title: 'Flannel runs on every node, in one version',
  area: 'flannel',
  intents: ['flannel-no-ip-available', 'flannel-cni-version'],
  reads: [
    ...flannelConfigReads,
    { group: 'apps', resource: 'daemonsets', verbs: ['list'] },
    { group: '', resource: 'pods', verbs: ['list'] },
    { group: '', resource: 'nodes', verbs: ['list'] },
    { group: '', resource: 'pods/log', verbs: ['get'], namespace: 'kube-system' },
  ],
  appliesTo: needsFlannel,
  messages: flannelVersionMessages,

  async gather(reader) {
    const [sets, all, list, config] = await Promise.all([
      reader.list(daemonSets),
      reader.list(pods),
      reader.list(nodes),
      unlessAbsent(reader.get(configMaps, flannelConfigMap)),
    ]);
    const own = withoutLeftovers(all.filter(isFlannelPod));
    return {
      nodes: list,
      plugins: all.filter((pod) => isFlannelPod(pod) || isTerwayPod(pod)),
      writtenAt: config?.writtenAt,
      sets: await Promise.all(
        flannelSets(sets).map(async (set): Promise<FlannelSet> => {
          const members = own.filter(({ owner }) => owner?.name === set.name);
          const { seen, lost } = apartFromLost(members, list);
          return { set, pods: members, lost, crashes: await gatherCrashes(reader, seen, SAMPLE) };
        }),
      ),
    };
  },

  judge({ writtenAt, sets, nodes: list, plugins }, report, context) {
    if (sets.length === 0)
      return report.notApplicable('DaemonSet kube-system/kube-flannel-ds does not exist.');
    const bare = uncoveredDetail('Flannel', list, plugins, context.now);
    if (bare !== undefined) report.unknown('check.no-evidence', bare);
    // Of one for each architecture most stand for machines that are not there.
    const used = sets.filter(({ set, pods: own }) => set.desired > 0 || own.length > 0);
    for (const entry of used.length > 0 ? used : sets.slice(0, 1)) {
      judgeVersion(entry, report);
      const seen = entry.pods.filter((pod) => !entry.lost.includes(pod));
      reportBrokenFlannel({ ...entry, pods: seen, about: aboutSet(entry.set), writtenAt }, report);
      const open = [lostDetail('Flannel', entry.lost), restartingDetail('Flannel', seen, context)];
      for (const detail of open) if (detail !== undefined) report.unknown('check.no-evidence', detail);
    }
  },
});

function judgeVersion({ set, pods: own }: FlannelSet, report: Report): void {
  const wanted = flannelImageOf(set);
  const version = wanted === undefined ? undefined : parseVersion(wanted);
  if (wanted === undefined || version === undefined) {
    const image = wanted ?? 'none named flannel';
    report.unknown('check.no-evidence', `The image of DaemonSet ${set.name} tells no version: ${image}.`);
    return;
  }
  report.fact({ label: 'Flannel', value: formatVersion(version), where: wanted });
  if (own.length === 0) report.unknown('check.no-evidence', `DaemonSet ${set.name} has no pod to look at.`);
  const behind = own.filter((pod) => ![undefined, wanted].includes(flannelImageOf(pod)));
  if (behind.length > 0)
    report.found('mixed', aboutSet(set), {
      data: { behind: behind.length, total: own.length, wanted: tagOf(wanted) },
      evidence: behind.slice(0, 5).map(imageEvidence),
    });
  if (!isAtLeast(version, LEAK_SAFE))
    report.found('leaky', aboutSet(set), {
      data: { version: formatVersion(version) },
      evidence: [{ where: `DaemonSet kube-system/${set.name}, image`, value: wanted }],
    });
}

const aboutSet = ({ name }: DaemonSetView): ObjectRef => ({
  kind: 'DaemonSet',
  namespace: 'kube-system',
  name,
});
const tagOf = (image: string): string => image.slice(image.lastIndexOf(':') + 1);
const imageEvidence = (pod: PodView): Evidence => ({
  where: `Pod kube-system/${pod.name} on ${pod.node ?? 'no node'}, image`,
  value: flannelImageOf(pod) ?? '',
});
