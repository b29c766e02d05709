import type { ConfigMapView } from '../../../cluster/views/config-map.js';
import type { DaemonSetView } from '../../../cluster/views/daemon-set.js';
import { stateEvidence } from '../../crashes/crash-evidence.js';
import type { Evidence, Judgement } from '../../judging/define-check.js';
import { groupBy } from '../../group-by.js';
import { listed } from '../../listed.js';
import { startEvidence, writeEvidence } from '../../terway/terway-pods.js';
import { type FlannelConfig, flannelConfigMap } from '../flannel-config.js';
import type { flannelCniMessages } from './flannel-cni-messages.js';
import { installedFile, whereToLook } from './installed-file.js';
import { type NodeWithoutConfig, readyEvidence } from './nodes-without-config.js';

const SHOWN = 5;
/** The kubelet looks again every few seconds. */
const MOMENT_MS = 60_000;

interface Unsupplied {
  readonly configMap: ConfigMapView;
  readonly config: FlannelConfig;
  readonly shown: Evidence;
  readonly set: DaemonSetView | undefined;
  readonly without: readonly NodeWithoutConfig[];
  readonly total: number;
  /** Why the time of the ConfigMap says nothing; undefined = it is that of its newest write. */
  readonly undated: string | undefined;
  readonly now: Date;
}
type Report = Pick<Judgement<typeof flannelCniMessages>, 'found' | 'unknown'>;
type Standing = 'down' | 'old' | 'untold' | 'young' | 'fresh';

/** Why nodes have no CNI config where the ConfigMap is as it should be: as far as states and start times tell. */
export function reportUnsupplied(given: Unsupplied, report: Report): void {
  const { configMap, undated } = given;
  for (const [standing, members] of groupBy(given.without, (entry) => standingOf(entry, given))) {
    const detail = detailOf(members, given);
    if (standing === 'down')
      report.found('withoutFlannel', flannelConfigMap, { ...detail, evidence: downEvidence(members) });
    else if (standing === 'fresh') reportNotTakenUp(members, given, report);
    else if (standing === 'young')
      report.unknown(
        'check.no-evidence',
        `Flannel has started a moment ago, so look again in a minute: ${namesOf(members)}`,
      );
    else {
      const since = `Flannel there started before that was written (${configMap.writtenAt})`;
      const why = standing === 'old' ? since : `${undated}, so Flannel there may run an older one`;
      report.found('waiting', flannelConfigMap, { ...detail, data: { ...detail.data, why } });
    }
  }
}

function standingOf({ pod }: NodeWithoutConfig, { configMap, undated, now }: Unsupplied): Standing {
  if (pod === undefined || !pod.ready) return 'down';
  const started = Date.parse(pod.startedAt ?? '');
  if (started < Date.parse(configMap.writtenAt ?? '')) return 'old';
  if (undated !== undefined || Number.isNaN(started)) return 'untold';
  return now.getTime() - started < MOMENT_MS ? 'young' : 'fresh';
}

const namesOf = (members: readonly NodeWithoutConfig[]): string =>
  listed(members.map(({ node }) => node.name));

function detailOf(members: readonly NodeWithoutConfig[], { configMap, shown, total }: Unsupplied) {
  const started = members.flatMap(({ pod }) => pod ?? []).slice(0, SHOWN);
  return {
    data: { notReady: members.length, total, nodes: namesOf(members) },
    evidence: [
      shown,
      ...members.map(({ node }) => readyEvidence(node)),
      writeEvidence(configMap),
      ...started.map(startEvidence),
    ],
    affects: { nodes: members.map(({ node }) => node.name) },
  };
}

const downEvidence = (members: readonly NodeWithoutConfig[]): readonly Evidence[] =>
  members
    .slice(0, SHOWN)
    .flatMap(({ node, pod }) => [readyEvidence(node), ...(pod === undefined ? [] : [stateEvidence(pod)])]);

/** Config, version and restart are as they should be: what is left is the file, and who reads it. */
function reportNotTakenUp(members: readonly NodeWithoutConfig[], given: Unsupplied, report: Report): void {
  const { config, set } = given;
  const file = set && installedFile(set);
  const { data, evidence, affects } = detailOf(members, given);
  report.found('notTakenUp', flannelConfigMap, {
    data: {
      ...data,
      config:
        config.cniVersion === undefined
          ? 'the Flannel that runs there tolerates a missing cniVersion'
          : `ConfigMap kube-flannel-cfg names cniVersion ${config.cniVersion}`,
      look: whereToLook(file, config.chained),
    },
    evidence: [...evidence, ...(file === undefined ? [] : [file.evidence])],
    affects,
  });
}
