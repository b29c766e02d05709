import { unlessAbsent } from '../../cluster/absent.js';
import { flannelSets, isFlannelPod } from '../../cluster/network-daemon-sets.js';
import { parseJsonObject } from '../../cluster/parse-json.js';
import { formatVersion, parseVersion } from '../../cluster/identity/versions.js';
import { type ConfigMapView, configMaps } from '../../cluster/views/config-map.js';
import { type DaemonSetView, daemonSets } from '../../cluster/views/daemon-set.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import { type PodView, pods } from '../../cluster/views/pod.js';
import { datesEveryWrite, whyUndated } from '../../cluster/write-times.js';
import { count } from '../../texts/count.js';
import { defineCheck, type Evidence, type JudgeContext, type Judgement } from '../judging/define-check.js';
import { listed } from '../listed.js';
import { isJoining } from '../node-kinds.js';
import { flannelCniMessages } from './cni/flannel-cni-messages.js';
import {
  type NodeWithoutConfig,
  nodesWithoutConfig,
  readyEvidence,
  toleratesNoVersion,
} from './cni/nodes-without-config.js';
import { reportUnsupplied } from './cni/report-unsupplied.js';
import {
  CNI_CONF_WHERE,
  type FlannelConfig,
  flannelConfigMap,
  flannelConfigReads,
  flannelImageOf,
  flannelPlugin,
  needsFlannel,
} from './flannel-config.js';

interface Facts {
  readonly config: ConfigMapView | undefined;
  readonly sets: readonly DaemonSetView[];
  readonly pods: readonly PodView[];
  readonly nodes: readonly NodeView[];
}
type Report = Judgement<typeof flannelCniMessages>;

/** Source: FAQ "After manually upgrading the Flannel image version…"; cluster-signals 3.3. */
export const flannelCniVersion = defineCheck({
  id: 'flannel-cni-version',
  title: 'Every node has a usable CNI config of Flannel',
  area: 'flannel',
  intents: ['flannel-cni-version'],
  judges: ['kube-flannel-ds'],
  reads: [
    ...flannelConfigReads,
    { group: 'apps', resource: 'daemonsets', verbs: ['list'] },
    { group: '', resource: 'nodes', verbs: ['list'] },
    { group: '', resource: 'pods', verbs: ['list'] },
  ],
  appliesTo: needsFlannel,
  messages: flannelCniMessages,

  async gather(reader): Promise<Facts> {
    const [config, sets, nodeList, all] = await Promise.all([
      unlessAbsent(reader.get(configMaps, flannelConfigMap)),
      reader.list(daemonSets),
      reader.list(nodes),
      reader.list(pods),
    ]);
    return { config, sets: flannelSets(sets), nodes: nodeList, pods: all.filter(isFlannelPod) };
  },

  judge(facts, report, context) {
    const { config, sets, nodes: nodeList, pods: own } = facts;
    if (sets.length === 0)
      return report.notApplicable('DaemonSet kube-system/kube-flannel-ds does not exist.');
    const text = config?.data['cni-conf.json'];
    if (config === undefined || text === undefined)
      return report.unknown(
        'cluster.not-found',
        'ConfigMap kube-system/kube-flannel-cfg has no key cni-conf.json to read.',
      );
    const shown: Evidence = { where: CNI_CONF_WHERE, value: text };
    const without = nodesWithoutConfig(nodeList, own);
    const parsed = parseJsonObject(text);
    if (parsed === undefined)
      return report.found('unreadable', flannelConfigMap, {
        data: {},
        evidence: [shown],
        affects: { nodes: without.map(({ node }) => node.name) },
      });
    const subject = { configMap: config, config: flannelPlugin(parsed), shown, total: nodeList.length };
    const left = subject.config.cniVersion === undefined ? judgeMissing(facts, subject, report) : without;
    judgeWithout(facts, { ...subject, without: left }, { report, context });
  },
});

interface Subject {
  readonly configMap: ConfigMapView;
  readonly config: FlannelConfig;
  readonly shown: Evidence;
  readonly total: number;
}

/** Without a version: what runs on each node decides. Returns the nodes that it does not explain. */
function judgeMissing(facts: Facts, { shown, total }: Subject, report: Report): readonly NodeWithoutConfig[] {
  const { sets, pods: own, nodes: nodeList } = facts;
  const without = nodesWithoutConfig(nodeList, own);
  const running = own.length > 0 ? own : sets;
  const strict = running.filter((source) => !toleratesNoVersion(source));
  if (strict.length === 0) {
    if (without.length === 0) report.found('tolerated', flannelConfigMap, tolerated(running, shown));
    return without;
  }
  const refused = without.filter(({ pod }) => !toleratesNoVersion(pod ?? sets[0] ?? { containers: [] }));
  report.found('missing', flannelConfigMap, {
    data: { notReady: refused.length, total },
    evidence: [shown, ...refused.map(({ node }) => readyEvidence(node)), ...imageEvidence(strict)],
    affects: { nodes: refused.map(({ node }) => node.name) },
  });
  return without.filter((entry) => !refused.includes(entry));
}

/** Nodes without a config although the ConfigMap is as their Flannel needs it. */
function judgeWithout(
  { sets }: Facts,
  subject: Subject & { readonly without: readonly NodeWithoutConfig[] },
  { report, context }: { readonly report: Report; readonly context: JudgeContext },
): void {
  const joining = subject.without.filter(({ node }) => isJoining(node, context.now));
  const lasting = subject.without.filter((entry) => !joining.includes(entry));
  if (lasting.length > 0)
    reportUnsupplied(
      { ...subject, without: lasting, set: sets[0], now: context.now, undated: undatedBy(subject, context) },
      report,
    );
  else if (joining.length > 0)
    report.unknown(
      'check.no-evidence',
      `${count(joining.length, 'node has just joined and has', 'nodes have just joined and have')} no CNI config yet, so look again in a few minutes: ${listed(joining.map(({ node }) => node.name))}`,
    );
}

function undatedBy({ configMap }: Subject, { identity }: JudgeContext): string | undefined {
  const { writtenAt } = configMap;
  const dated = !Number.isNaN(Date.parse(writtenAt ?? '')) && datesEveryWrite(identity.kubernetes);
  return dated ? undefined : whyUndated('ConfigMap kube-system/kube-flannel-cfg', writtenAt);
}

type Source = Parameters<typeof flannelImageOf>[0] & { readonly name: string };

function tolerated(running: readonly Source[], shown: Evidence) {
  const image = running.map(flannelImageOf).find((candidate) => candidate !== undefined);
  const version = image === undefined ? undefined : parseVersion(image);
  return { data: { flannel: version === undefined ? '' : formatVersion(version) }, evidence: [shown] };
}

const SHOWN_IMAGES = 3;

/** One line an image; where a tag tells no version, that is said. */
function imageEvidence(strict: readonly Source[]): readonly Evidence[] {
  const byImage = new Map(strict.map((source) => [flannelImageOf(source), source]));
  return [...byImage].slice(0, SHOWN_IMAGES).flatMap(([image, { name }]) => {
    const where = `kube-system/${name}, image`;
    const untold = image === undefined || parseVersion(image) === undefined;
    return [
      { where, value: image ?? 'none named flannel' },
      ...(untold ? [{ where, value: 'The image tag tells no version.' }] : []),
    ];
  });
}
