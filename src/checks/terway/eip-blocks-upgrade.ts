import { unlessAbsent } from '../../cluster/absent.js';
import { at } from '../../cluster/fields.js';
import type { ClusterIdentity } from '../../cluster/identity/identity.js';
import type { ClusterReader, Json } from '../../cluster/ports.js';
import { formatVersion, isAtLeast } from '../../cluster/identity/versions.js';
import { type NamedObject, podEips } from '../../cluster/views/named-object.js';
import { type PodView, pods } from '../../cluster/views/pod.js';
import { isAcknetError } from '../../errors.js';
import { defineCheck, type Evidence } from '../judging/define-check.js';
import { listed } from '../listed.js';
import {
  eniConfig,
  eniConfigWhere,
  gatherTerwayConfig,
  needsTerway,
  type TerwayConfig,
  terwayConfigReads,
} from './terway-config.js';

/** From here on Terway has no EIP feature. Source: FAQ, Terway release notes. */
const REMOVED = '1.7.0';
const ANNOTATION = 'k8s.aliyun.com/pod-with-eip';

interface Facts {
  readonly config: TerwayConfig;
  /** Pods that ask for an EIP. The controller that took over uses the same annotation, so they prove nothing alone. */
  readonly annotated: readonly PodView[];
  /** PodEIP objects; undefined = the API group is not installed, a text = why they could not be listed. */
  readonly migrated: readonly NamedObject[] | string | undefined;
}

/** The upgrade's own error stands in the console only. Source: FAQ "FAQ about Terway component upgrade failures"; cluster-signals 8.1. */
export const eipBlocksUpgrade = defineCheck({
  id: 'eip-blocks-upgrade',
  title: "Terway's old EIP feature does not stand in the way of an upgrade",
  area: 'terway',
  intents: ['terway-upgrade-failure'],
  reads: [
    ...terwayConfigReads,
    { group: '', resource: 'pods', verbs: ['list'] },
    { group: 'alibabacloud.com', resource: 'podeips', verbs: ['list'] },
  ],
  appliesTo: needsTerway,
  messages: {
    enabled: {
      severity: 'problem',
      text: 'Terway\'s EIP feature is switched on (enable_eip_pool): an upgrade to 1.7.0 or later fails with "eip pool is not supported". {pods} {pods:pod asks|pods ask} for an EIP, {migrated} {migrated:is|are} migrated. Migrate to ack-extend-network-controller first.',
    },
    leftOver: {
      severity: 'advice',
      text: 'enable_eip_pool is still set although Terway {version} has no EIP feature any more: a further upgrade may be refused for it.',
    },
    migrating: {
      severity: 'advice',
      text: 'The migration of EIPs is switched on (enable_eip_migrate): {migrated} of {pods} {pods:pod that asks|pods that ask} for an EIP {migrated:has|have} a PodEIP object. Upgrade Terway once all have one.',
    },
  },

  async gather(reader: ClusterReader): Promise<Facts> {
    const [config, all, migrated] = await Promise.all([
      gatherTerwayConfig(reader),
      reader.list(pods),
      listPodEips(reader),
    ]);
    return {
      config,
      annotated: all.filter(({ annotations }) => annotations[ANNOTATION] === 'true'),
      migrated,
    };
  },

  judge({ config, annotated, migrated }, report, { identity }) {
    if (config.daemon === undefined)
      return report.unknown(
        'cluster.not-found',
        `ConfigMap kube-system/eni-config has no readable eni_conf: ${config.daemonFault ?? 'the key is absent'}`,
      );
    const pool = at(config.daemon, 'enable_eip_pool');
    const done = typeof migrated === 'object' ? migrated : [];
    const evidence: Evidence[] = [
      settingEvidence('enable_eip_pool', pool),
      ...podEvidence(annotated, migrated),
    ];
    report.fact({ label: 'Pods that ask for an EIP', value: String(annotated.length) });
    report.fact({
      label: 'PodEIP objects',
      value: typeof migrated === 'string' ? 'not readable' : String(done.length),
    });
    if (!isOn(pool)) return;

    const data = {
      pods: annotated.length,
      migrated: typeof migrated === 'string' ? 'an unknown number' : done.length,
    };
    const migrate = at(config.daemon, 'enable_eip_migrate');
    if (isRemovedIn(identity))
      report.found('leftOver', eniConfig, { data: { version: versionOf(identity) }, evidence });
    else if (isOn(migrate))
      report.found('migrating', eniConfig, {
        data,
        evidence: [...evidence, settingEvidence('enable_eip_migrate', migrate)],
      });
    else report.found('enabled', eniConfig, { data, evidence });
    if (typeof migrated === 'string')
      report.unknown('cluster.forbidden', `How many EIPs are migrated could not be read: ${migrated}`);
  },
});

async function listPodEips(reader: ClusterReader): Promise<Facts['migrated']> {
  try {
    return await unlessAbsent(reader.list(podEips));
  } catch (error) {
    if (isAcknetError(error, 'cluster.forbidden')) return error.message;
    throw error;
  }
}

/** The one key is documented as a text, the other as a boolean; both occur. */
const isOn = (value: Json | undefined): boolean => value === true || value === 'true';

const isRemovedIn = ({ terway }: ClusterIdentity): boolean =>
  terway?.version !== undefined && isAtLeast(terway.version, REMOVED);

const versionOf = ({ terway }: ClusterIdentity): string =>
  terway?.version === undefined ? 'of unknown version' : formatVersion(terway.version);

const settingEvidence = (key: string, value: Json | undefined): Evidence => ({
  where: `${eniConfigWhere('eni_conf')}.${key}`,
  value: value === undefined ? 'absent' : JSON.stringify(value),
});

function podEvidence(annotated: readonly PodView[], migrated: Facts['migrated']): readonly Evidence[] {
  const names = (list: readonly { namespace: string; name: string }[]): string =>
    listed(list.map(({ namespace, name }) => `${namespace}/${name}`)) || 'none';
  return [
    { where: `Pods, annotation ${ANNOTATION}`, value: names(annotated) },
    {
      where: 'podeips.alibabacloud.com',
      value:
        migrated === undefined
          ? 'not installed'
          : typeof migrated === 'string'
            ? 'not readable'
            : names(migrated),
    },
  ];
}
