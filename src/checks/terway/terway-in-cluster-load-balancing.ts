import { unlessAbsent } from '../../cluster/absent.js';
import type { ClusterIdentity } from '../../cluster/identity/identity.js';
import type { ClusterReader } from '../../cluster/ports.js';
import { formatVersion, isAtLeast } from '../../cluster/identity/versions.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import { type PodView, pods } from '../../cluster/views/pod.js';
import { type ServiceView, services } from '../../cluster/views/service.js';
import { terwayNodes } from '../../cluster/views/terway/terway-node.js';
import { count } from '../../texts/count.js';
import { defineCheck, type Evidence, type Judgement } from '../judging/define-check.js';
import { listed } from '../listed.js';
import { isNetworkedNode } from '../node-kinds.js';
import { type LogSample, sampleLogs } from '../sample-logs.js';
import { type DatapathSample, gatherDatapaths } from './effective-datapath.js';
import { eniModes } from './exclusive-node.js';
import {
  eniConfig,
  eniConfigWhere,
  gatherTerwayConfig,
  needsTerway,
  type TerwayConfig,
  terwayConfigReads,
  terwayNodeReads,
} from './terway-config.js';
import { inClusterMessages } from './in-cluster-messages.js';
import { restartsLeft } from './restarts-left.js';
import { isTerwayPod } from './terway-pods.js';

const KEY = 'in_cluster_loadbalance';
const FIRST_VERSION = '1.2.0';
const SAMPLED_PODS = 3;
const SHOWN = 5;
/** Shell versions print the argument, the Go launcher leaves it to cilium-agent, which quotes it. Source: cluster-signals 2.11. */
const IN_EFFECT = /enable-in-cluster-loadbalance=['"]?true/;

const EXCLUSIVE = 'Exclusive ENI has no accelerated data path: kube-proxy keeps such calls in the cluster.';

/** Written to switch it on, and not the text that does. */
const MEANT_ON = /^\s*["']?(?:true|yes|on|1|enabled?)["']?\s*$/i;

interface Facts {
  readonly config: TerwayConfig;
  readonly nodes: readonly NodeView[];
  readonly terwayPods: readonly PodView[];
  /** Services with an address outside the cluster. */
  readonly exposed: readonly ServiceView[];
  readonly datapaths: DatapathSample;
  readonly logs: LogSample;
}

/** Source: FAQ "How do I enable in-cluster load balancing for a Terway IPvlan cluster?"; cluster-signals 2.2, trap 1. */
export const terwayInClusterLoadBalancing = defineCheck({
  id: 'terway-in-cluster-load-balancing',
  title: 'Where calls to own external addresses go',
  area: 'terway',
  intents: ['terway-in-cluster-load-balancing'],
  judges: ['terway-eniip', 'terway-eni'],
  reads: [
    ...terwayConfigReads,
    ...terwayNodeReads,
    { group: '', resource: 'nodes', verbs: ['list'] },
    { group: '', resource: 'pods', verbs: ['list'] },
    { group: '', resource: 'services', verbs: ['list'] },
    { group: '', resource: 'pods/log', verbs: ['get'], namespace: 'kube-system' },
  ],
  appliesTo: (identity) => (identity.terway?.daemonSet === 'terway-eni' ? EXCLUSIVE : needsTerway(identity)),
  messages: inClusterMessages,

  async gather(reader: ClusterReader): Promise<Facts> {
    const [config, hosts, all, list, resources] = await Promise.all([
      gatherTerwayConfig(reader),
      reader.list(nodes),
      reader.list(pods),
      reader.list(services),
      unlessAbsent(reader.list(terwayNodes)),
    ]);
    const terwayPods = all.filter(isTerwayPod);
    const [datapaths, logs] = await Promise.all([
      gatherDatapaths(reader, terwayPods, resources ?? []),
      sampleLogs(reader, terwayPods, { container: 'policy', pods: SAMPLED_PODS, limitBytes: 131_072 }),
    ]);
    return {
      config,
      nodes: hosts.filter(isNetworkedNode),
      terwayPods,
      exposed: list.filter(hasExternalAddress),
      datapaths,
      logs,
    };
  },

  judge({ config, nodes: list, terwayPods: all, exposed, datapaths, logs }, report, { identity }) {
    const modeOf = eniModes(list, all, identity.terway?.daemonSet);
    if (list.length > 0 && list.every(({ name }) => modeOf(name) === 'exclusive'))
      return report.notApplicable(EXCLUSIVE);
    // Where an ENI is a pod's own there is nothing to bring into effect.
    const terwayPods = all.filter(({ node = '' }) => modeOf(node) !== 'exclusive');
    const { configMap } = config;
    if (configMap === undefined)
      return report.unknown('cluster.not-found', 'ConfigMap kube-system/eni-config does not exist');
    const value = configMap.data[KEY];
    const accelerated = isAccelerated(config, datapaths);
    if (accelerated === undefined)
      return report.unknown(
        'cluster.malformed',
        `${config.cniKey} in ConfigMap eni-config is not readable: whether a data path is accelerated is not known`,
      );
    if (!accelerated)
      return report.notApplicable(
        'No accelerated data path is configured, or seen in use: kube-proxy keeps such calls in the cluster, and the setting has no effect.',
      );

    report.fact({ label: KEY, value: value ?? 'absent', where: eniConfigWhere(KEY) });
    report.fact({ label: 'Services with external addresses', value: String(exposed.length) });
    report.fact({ label: 'In effect', value: effectText(logs) });
    if (isTooOld(identity))
      return report.found('tooOld', eniConfig, {
        data: { version: versionOf(identity) },
        evidence: [{ where: 'DaemonSet kube-system/terway-eniip, image', value: versionOf(identity) }],
      });

    if (!config.inClusterLoadBalancing) return reportUnset(report, config, exposed);
    const unproven = terwayPods.filter(({ name }) => !isProven(name, logs));
    const { old, untold, evidence } = restartsLeft(unproven, configMap, identity.kubernetes);
    if (untold !== undefined) report.unknown('check.no-evidence', untold, ['pending']);
    if (old.length > 0)
      report.found('pending', aboutSet(identity), {
        data: {
          count: old.length,
          total: terwayPods.length,
          nodes: listed(old.map(({ node }) => node ?? '')),
        },
        evidence,
      });
  },
});

/** The setting is not on: it stands elsewhere, is written so that Terway takes it for off, or is off. */
function reportUnset(
  report: Judgement<typeof inClusterMessages>,
  { configMap, misplaced, daemon }: TerwayConfig,
  exposed: readonly ServiceView[],
): void {
  const value = configMap?.data[KEY];
  const setting = { where: eniConfigWhere(KEY), value: value ?? 'key absent' };
  if (misplaced.includes(KEY))
    report.found('misplaced', eniConfig, {
      data: {},
      evidence: [
        setting,
        { where: `${eniConfigWhere('eni_conf')}.${KEY}`, value: JSON.stringify(daemon?.[KEY]) },
      ],
    });
  else if (MEANT_ON.test(value ?? ''))
    report.found('invalid', eniConfig, { data: { value: value ?? '' }, evidence: [setting] });
  else
    report.found('off', eniConfig, {
      data: { services: exposed.length },
      evidence: [setting, ...exposed.slice(0, SHOWN).map(addressEvidence)],
    });
}

/** What nodes are seen to use outweighs the config; undefined = neither tells. */
function isAccelerated({ acceleration }: TerwayConfig, { nodes }: DatapathSample): boolean | undefined {
  if (nodes.some((node) => node.acceleration !== 'none')) return true;
  return acceleration === undefined ? undefined : acceleration !== 'none';
}

const hasExternalAddress = ({ externalIPs, loadBalancerIPs }: ServiceView): boolean =>
  externalIPs.length + loadBalancerIPs.length > 0;

const isTooOld = ({ terway }: ClusterIdentity): boolean =>
  terway?.version !== undefined && !isAtLeast(terway.version, FIRST_VERSION);

const versionOf = ({ terway }: ClusterIdentity): string =>
  terway?.version === undefined ? 'of unknown version' : formatVersion(terway.version);

const aboutSet = ({ terway }: ClusterIdentity) => ({
  kind: 'DaemonSet',
  namespace: 'kube-system',
  name: terway?.daemonSet ?? 'terway-eniip',
});

const isProven = (pod: string, { logs }: LogSample): boolean =>
  logs.some((log) => log.pod === pod && log.lines.some((line) => IN_EFFECT.test(line)));

/** The line is printed at start, and may have been rotated away: its absence says nothing. */
function effectText(sample: LogSample): string {
  const proven = sample.logs.filter(({ pod }) => isProven(pod, sample)).length;
  return `policy log says so on ${proven} of ${count(sample.logs.length, 'pod')} read (of ${sample.of})${sample.unread === undefined ? '' : `; ${sample.unread}`}`;
}

const addressEvidence = ({ namespace, name, externalIPs, loadBalancerIPs }: ServiceView): Evidence => ({
  where: `Service ${namespace}/${name}, external addresses`,
  value: [...externalIPs, ...loadBalancerIPs].join(', '),
});
