import { unlessAbsent } from '../../cluster/absent.js';
import { parseJsonObject } from '../../cluster/parse-json.js';
import { formatVersion, isAtLeast, parseVersion, type Version } from '../../cluster/versions.js';
import { type ConfigMapView, configMaps } from '../../cluster/views/config-map.js';
import { type DaemonSetView, daemonSets } from '../../cluster/views/daemon-set.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import { defineCheck, type Evidence } from '../define-check.js';
import { listed } from '../listed.js';
import { isJoining } from '../node-kinds.js';
import {
  CNI_CONF_WHERE,
  flannelConfigMap,
  flannelConfigReads,
  flannelPlugin,
  needsFlannel,
} from './flannel-config.js';

/** From this version on Flannel fills in a missing cniVersion itself. Source: Flannel release notes. */
const TOLERANT = '0.15.1.19';
const CNI_NOT_READY = /cni config uninitialized|cni plugin not initialized/;

interface Facts {
  readonly config: ConfigMapView | undefined;
  readonly daemonSet: DaemonSetView | undefined;
  readonly nodes: readonly NodeView[];
}

/** Source: FAQ "After manually upgrading the Flannel image version…"; cluster-signals 3.3. */
export const flannelCniVersion = defineCheck({
  id: 'flannel-cni-version',
  title: 'The Flannel config names a CNI version',
  area: 'flannel',
  intents: ['flannel-cni-version'],
  judges: ['kube-flannel-ds'],
  reads: [
    ...flannelConfigReads,
    { group: 'apps', resource: 'daemonsets', verbs: ['list'] },
    { group: '', resource: 'nodes', verbs: ['list'] },
  ],
  appliesTo: needsFlannel,
  messages: {
    missing: {
      severity: 'problem',
      atStart: true,
      text: 'ConfigMap kube-flannel-cfg has no cniVersion; from Kubernetes 1.16 on the kubelet refuses such a config. {notReady} of {total} nodes have no usable CNI config now.',
      explains: ['node-not-ready', 'pod-waiting', 'warning'],
    },
    waiting: {
      severity: 'problem',
      text: 'ConfigMap kube-flannel-cfg names cniVersion {version}, but {notReady} of {total} nodes still have no usable CNI config: Flannel there has not restarted since, or does not run.',
      explains: ['node-not-ready', 'pod-waiting', 'warning'],
    },
    tolerated: {
      severity: 'advice',
      text: 'ConfigMap kube-flannel-cfg has no cniVersion. Flannel {flannel} tolerates that (since 0.15.1.19); an older image would not.',
    },
    unreadable: {
      severity: 'problem',
      atStart: true,
      text: 'cni-conf.json in ConfigMap kube-flannel-cfg is not a JSON object, so no node can use it.',
      explains: ['node-not-ready', 'pod-waiting', 'warning'],
    },
  },

  async gather(reader): Promise<Facts> {
    const [config, sets, nodeList] = await Promise.all([
      unlessAbsent(reader.get(configMaps, flannelConfigMap)),
      reader.list(daemonSets),
      reader.list(nodes),
    ]);
    return {
      config,
      daemonSet: sets.find(
        ({ namespace, name }) => namespace === 'kube-system' && name === 'kube-flannel-ds',
      ),
      nodes: nodeList,
    };
  },

  judge({ config, daemonSet, nodes: nodeList }, report, { now }) {
    if (daemonSet === undefined)
      return report.notApplicable('DaemonSet kube-system/kube-flannel-ds does not exist.');
    const text = config?.data['cni-conf.json'];
    if (text === undefined) {
      return report.unknown(
        'cluster.not-found',
        'ConfigMap kube-system/kube-flannel-cfg has no key cni-conf.json to read.',
      );
    }

    const about = flannelConfigMap;
    const shown: Evidence = {
      where: CNI_CONF_WHERE,
      value: text,
    };
    const parsed = parseJsonObject(text);
    const affected = nodeList.filter(lacksCni);
    const affects = { nodes: affected.map(({ name }) => name) };
    if (parsed === undefined)
      return report.found('unreadable', about, { data: {}, evidence: [shown], affects });

    const { cniVersion } = flannelPlugin(parsed);
    const counts = { notReady: affected.length, total: nodeList.length };
    const evidence = [shown, ...affected.map(conditionOf)];
    const flannel = flannelVersion(daemonSet);

    if (cniVersion !== undefined) {
      const joining = affected.filter((node) => isJoining(node, now));
      if (joining.length < affected.length)
        report.found('waiting', about, { data: { version: cniVersion, ...counts }, evidence, affects });
      else if (joining.length > 0)
        report.unknown(
          'check.no-evidence',
          `${joining.length} nodes have just joined and have no CNI config yet, so look again in a few minutes: ${listed(joining.map(({ name }) => name))}`,
        );
      return;
    }
    if (flannel === undefined) {
      evidence.push({
        where: 'DaemonSet kube-system/kube-flannel-ds',
        value: 'The image tag tells no version.',
      });
    } else if (isAtLeast(flannel, TOLERANT)) {
      return report.found('tolerated', about, {
        data: { flannel: formatVersion(flannel) },
        evidence: [shown],
      });
    }
    report.found('missing', about, { data: counts, evidence: [...evidence, imageOf(daemonSet)], affects });
  },
});

const readyOf = (node: NodeView) => node.conditions.find(({ type }) => type === 'Ready');

function lacksCni(node: NodeView): boolean {
  const ready = readyOf(node);
  return ready !== undefined && ready.status !== 'True' && CNI_NOT_READY.test(ready.message);
}

function conditionOf(node: NodeView): Evidence {
  const ready = readyOf(node);
  const since = ready?.changedAt ?? ready?.heartbeatAt;
  return {
    where: `Node ${node.name}, condition Ready=${ready?.status} (${ready?.reason})`,
    value: ready?.message ?? '',
    at: since,
  };
}

const flannelImage = (set: DaemonSetView): string | undefined =>
  set.containers.find(({ image }) => image.includes('/flannel:'))?.image;

function flannelVersion(set: DaemonSetView): Version | undefined {
  const image = flannelImage(set);
  return image === undefined ? undefined : parseVersion(image);
}

const imageOf = (set: DaemonSetView): Evidence => ({
  where: 'DaemonSet kube-system/kube-flannel-ds, image',
  value: flannelImage(set) ?? 'none named flannel',
});
