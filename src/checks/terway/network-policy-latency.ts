import { unlessAbsent } from '../../cluster/absent.js';
import { text } from '../../cluster/fields.js';
import type { ClusterReader } from '../../cluster/ports.js';
import { type EventView, events } from '../../cluster/views/event.js';
import { ciliumIdentities } from '../../cluster/views/named-object.js';
import { type PodView, pods } from '../../cluster/views/pod.js';
import { isAcknetError } from '../../errors.js';
import { count } from '../../texts/count.js';
import { defineCheck, type Evidence, type JudgeContext, type Judgement } from '../judging/define-check.js';
import { listed } from '../listed.js';
import { eventEvidence } from '../recent-events.js';
import { ALLOCATED } from './address-supply.js';
import { type AllocationTimes, allocationTimes } from './allocation-times.js';
import { gatherPolicies, type PolicyCount, policyReads } from './network-policies.js';
import {
  eniConfig,
  eniConfigWhere,
  gatherTerwayConfig,
  needsTerway,
  type TerwayConfig,
  terwayConfigReads,
} from './terway-config.js';
import { networkPolicyMessages } from './network-policy-messages.js';
import { restartsLeft } from './restarts-left.js';
import { isTerwayPod } from './terway-pods.js';

const KEY = 'disable_network_policy';
const SHOWN = 5;
/** Beyond this many identities Cilium takes noticeably longer per pod; a cluster of ordinary labels has far fewer. */
const MANY_IDENTITIES = 1000;
/** The first pod on a new ENI takes seconds; half of all pods doing so is a delay. */
const SLOW_MS = 5000;
const ENOUGH_SAMPLES = 5;

type Report = Judgement<typeof networkPolicyMessages>;

interface Facts {
  readonly config: TerwayConfig;
  readonly policies: readonly PolicyCount[];
  /** undefined = no Cilium here; a text = why they could not be counted. */
  readonly identities: number | string | undefined;
  readonly allocated: readonly EventView[];
  readonly terwayPods: readonly PodView[];
}

/** Source: FAQ "How do I resolve the latency issue after a pod starts?"; cluster-signals 2.2, 2.10, ack-docs 3.5. */
export const networkPolicyLatency = defineCheck({
  id: 'network-policy-latency',
  title: 'What network policies cost new pods',
  area: 'terway',
  intents: ['pod-startup-network-delay'],
  reads: [
    ...terwayConfigReads,
    ...policyReads,
    { group: 'cilium.io', resource: 'ciliumidentities', verbs: ['list'] },
    { group: '', resource: 'pods', verbs: ['list'] },
    { group: '', resource: 'events', verbs: ['list'] },
  ],
  appliesTo: needsTerway,
  messages: networkPolicyMessages,

  async gather(reader: ClusterReader): Promise<Facts> {
    const [config, policies, identities, seen, all] = await Promise.all([
      gatherTerwayConfig(reader),
      gatherPolicies(reader),
      countIdentities(reader),
      reader.list(events),
      reader.list(pods),
    ]);
    return {
      config,
      policies,
      identities,
      allocated: seen.filter(({ reason }) => reason === ALLOCATED),
      terwayPods: all.filter(isTerwayPod),
    };
  },

  judge(facts, report, context) {
    if (facts.config.configMap === undefined)
      return report.unknown('cluster.not-found', 'ConfigMap kube-system/eni-config does not exist');
    report.fact({
      label: 'Network policies',
      value: facts.config.networkPolicyOff ? 'not enforced' : 'enforced',
      where: eniConfigWhere(KEY),
    });
    report.fact({
      label: 'Policy engine',
      value: text(facts.config.cni, 'network_policy_provider') ?? 'iptables (default)',
    });
    reportPolicies(facts, report);
    reportSetting(facts, report, context);
    reportAllocation(allocationTimes(facts.allocated, context), report);
    reportIdentities(facts.identities, report);
  },
});

async function countIdentities(reader: ClusterReader): Promise<Facts['identities']> {
  try {
    return (await unlessAbsent(reader.list(ciliumIdentities)))?.length;
  } catch (error) {
    if (isAcknetError(error, 'cluster.forbidden')) return error.message;
    throw error;
  }
}

function reportPolicies({ config, policies }: Facts, report: Report): void {
  const total = policies.reduce((sum, { objects = [] }) => sum + objects.length, 0);
  const unread = policies.filter((entry) => entry.unread !== undefined);
  if (unread.length > 0)
    report.unknown(
      'cluster.forbidden',
      `Whether policies of ${unread.map(({ kind }) => kind).join(', ')} exist could not be read: ${unread[0]?.unread}`,
    );
  const evidence = [settingEvidence(config), ...policies.map(countEvidence)];
  if (total > 0)
    report.found(config.networkPolicyOff ? 'notEnforced' : 'enforced', eniConfig, {
      data: { policies: total },
      evidence,
    });
  else if (!config.networkPolicyOff && unread.length === 0)
    report.found('unused', eniConfig, { data: {}, evidence });
}

function reportSetting({ config, terwayPods }: Facts, report: Report, context: JudgeContext): void {
  if (!config.networkPolicyOff && config.misplaced.includes(KEY))
    report.found('misplaced', eniConfig, {
      data: {},
      evidence: [
        settingEvidence(config),
        { where: `${eniConfigWhere('eni_conf')}.${KEY}`, value: JSON.stringify(config.daemon?.[KEY]) },
      ],
    });
  if (!config.networkPolicyOff || config.configMap === undefined) return;
  const { kubernetes } = context.identity;
  const { old, untold, evidence } = restartsLeft(terwayPods, config.configMap, kubernetes);
  if (untold !== undefined) report.unknown('check.no-evidence', untold, ['pending']);
  if (old.length > 0)
    report.found(
      'pending',
      {
        kind: 'DaemonSet',
        namespace: 'kube-system',
        name: context.identity.terway?.daemonSet ?? 'terway-eniip',
      },
      {
        data: {
          count: old.length,
          total: terwayPods.length,
          nodes: listed(old.map(({ node }) => node ?? '')),
        },
        evidence,
      },
    );
}

function reportAllocation(times: AllocationTimes, report: Report): void {
  const told = {
    pods: times.pods,
    median: (times.medianMs / 1000).toFixed(1),
    slowest: (times.slowestMs / 1000).toFixed(1),
  };
  report.fact({
    label: 'Address allocation',
    value:
      times.pods === 0
        ? 'no event of the last hour tells how long it took'
        : `median ${told.median} s, slowest ${told.slowest} s, of ${count(told.pods, 'pod')} within the last hour`,
  });
  if (times.pods >= ENOUGH_SAMPLES && times.medianMs >= SLOW_MS)
    report.found(
      'slowAllocation',
      { kind: 'Cluster', name: 'pods' },
      { data: told, evidence: times.events.slice(-SHOWN).map(eventEvidence) },
    );
}

function reportIdentities(identities: Facts['identities'], report: Report): void {
  if (typeof identities === 'string')
    report.unknown('cluster.forbidden', `Cilium identities could not be counted: ${identities}`);
  else if (identities !== undefined) {
    report.fact({ label: 'Cilium identities', value: String(identities) });
    if (identities >= MANY_IDENTITIES)
      report.found(
        'manyIdentities',
        { kind: 'Cluster', name: 'ciliumidentities' },
        {
          data: { identities },
          evidence: [{ where: 'ciliumidentities.cilium.io', value: `${identities} objects` }],
        },
      );
  }
}

const settingEvidence = ({ configMap }: TerwayConfig): Evidence => ({
  where: eniConfigWhere(KEY),
  value: configMap?.data[KEY] ?? 'key absent, which means enforced',
});

function countEvidence({ kind, objects, unread }: PolicyCount): Evidence {
  const names = (objects ?? []).map(({ namespace, name }) => (namespace ? `${namespace}/${name}` : name));
  if (unread !== undefined) return { where: kind, value: 'not readable' };
  return { where: kind, value: objects === undefined ? 'not installed' : listed(names, 3) || 'none' };
}
