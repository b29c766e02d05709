import { unlessAbsent } from '../../cluster/absent.js';
import type { ClusterReader } from '../../cluster/ports.js';
import { type ConfigMapView, configMaps } from '../../cluster/views/config-map.js';
import { nodes } from '../../cluster/views/node.js';
import { type TerwayInterface, terwayNodes } from '../../cluster/views/terway/terway-node.js';
import { count } from '../../texts/count.js';
import { defineCheck, type Fact } from '../judging/define-check.js';
import { groupBy } from '../group-by.js';
import { listed } from '../listed.js';
import { isNetworkedNode } from '../node-kinds.js';
import { vSwitchesNamed } from './allocation-faults.js';
import { judgeWaysOut, wayOutDecides, wayOutMessages } from './cloud/judge-ways-out.js';
import { seeWaysOut, wayOutActions } from './cloud/see-ways-out.js';
import {
  type DynamicConfig,
  dynamicConfigReads,
  gatherDynamicConfigs,
  unreadOverrides,
} from './dynamic-configs.js';
import {
  eniConfig,
  eniConfigWhere,
  gatherTerwayConfig,
  needsTerway,
  podVSwitches,
  terwayConfigReads,
  terwayNodeReads,
} from './terway-config.js';

const PROFILES = ['ack-cluster-profile', 'acs-profile'] as const;
const SHOWN = 10;

interface Facts {
  readonly configured: readonly VSwitch[] | undefined;
  readonly dynamic: readonly DynamicConfig[];
  readonly profile: ConfigMapView | undefined;
  readonly interfaces: readonly TerwayInterface[];
}

interface VSwitch {
  readonly id: string;
  readonly where: string;
}

/** SNAT itself lives in the VPC: these are the vSwitches to look for there. Source: FAQ "…cannot access the Internet after I add a vSwitch…"; ack-docs 3.3. */
export const snatFacts = defineCheck({
  id: 'snat-facts',
  title: 'vSwitches that SNAT has to cover',
  area: 'terway',
  intents: ['vswitch-no-internet'],
  reads: [
    ...terwayConfigReads,
    ...dynamicConfigReads,
    ...terwayNodeReads,
    { group: '', resource: 'configmaps', verbs: ['get'], namespace: 'kube-system', names: PROFILES },
    { group: '', resource: 'nodes', verbs: ['list'] },
  ],
  appliesTo: needsTerway,
  cloud: {
    actions: wayOutActions,
    shows: 'which pod vSwitches have an SNAT entry and a default route',
    settles: ['vswitch-no-internet'],
    decides: wayOutDecides,
    gather: (cloud, facts: Facts) =>
      seeWaysOut(
        cloud,
        podVSwitchesOf(facts).map(({ id }) => id),
      ),
  },
  messages: {
    ...wayOutMessages,
    podOnly: {
      severity: 'advice',
      text: '{count} {count:vSwitch gives addresses to pods and is|vSwitches give addresses to pods and are} not among those of the nodes: {vSwitches}. Each needs an SNAT entry of its own unless one covers the whole VPC; SNAT is not visible from here.',
    },
  },

  async gather(reader: ClusterReader): Promise<Facts> {
    const [config, list, resources, profiles] = await Promise.all([
      gatherTerwayConfig(reader),
      reader.list(nodes),
      unlessAbsent(reader.list(terwayNodes)),
      Promise.all(
        PROFILES.map((name) => unlessAbsent(reader.get(configMaps, { namespace: 'kube-system', name }))),
      ),
    ]);
    const where = `${eniConfigWhere('eni_conf')}.vswitches`;
    return {
      configured:
        config.daemon && [...podVSwitches(config.daemon).values()].flat().map((id) => ({ id, where })),
      dynamic: await gatherDynamicConfigs(reader, list.filter(isNetworkedNode)),
      profile: profiles.find((profile) => profile !== undefined),
      interfaces: (resources ?? [])
        .flatMap(({ interfaces }) => interfaces)
        .filter(({ vSwitch }) => vSwitch !== ''),
    };
  },

  judge(facts, report, { cloud }) {
    const ofNodes = nodeVSwitches(facts.profile);
    report.fact({
      label: 'Node vSwitches',
      value: listed(ofNodes, SHOWN) || 'not told by the cluster profile: see the node pools in the console',
      where: facts.profile && `ConfigMap kube-system/${facts.profile.name}`,
    });
    const forPods = podVSwitchesOf(facts);
    report.fact({
      label: 'Pod vSwitches',
      value:
        listed(
          forPods.map(({ id }) => id),
          SHOWN,
        ) || 'none configured: pods use the vSwitches of their nodes',
    });
    for (const fact of usage(facts.interfaces)) report.fact(fact);

    const extra = forPods.filter(({ id }) => !ofNodes.includes(id));
    if (cloud !== undefined) judgeWaysOut(cloud, { report });
    else if (extra.length > 0 && ofNodes.length > 0)
      report.found('podOnly', eniConfig, {
        data: {
          count: extra.length,
          vSwitches: listed(
            extra.map(({ id }) => id),
            SHOWN,
          ),
        },
        evidence: [
          ...extra.slice(0, SHOWN).map(({ id, where }) => ({ where, value: id })),
          { where: `ConfigMap kube-system/${facts.profile?.name}`, value: listed(ofNodes, SHOWN) },
        ],
      });

    if (facts.configured === undefined)
      report.unknown(
        'cluster.not-found',
        'ConfigMap kube-system/eni-config has no readable eni_conf: the pod vSwitches are not all known',
      );
    const unread = unreadOverrides(facts.dynamic);
    if (unread !== undefined) report.unknown('cluster.forbidden', unread);
  },
});

/** `vsw-zone` is `vsw-a:cn-beijing-i,vsw-b:cn-beijing-l`; older clusters list ids. */
const nodeVSwitches = (profile: ConfigMapView | undefined): readonly string[] =>
  vSwitchesNamed(
    [profile?.data['vsw-zone'], profile?.data.vswitch, profile?.data.vSwitchIds].filter(Boolean).join(','),
  );

/** Configured for all, configured for some nodes, and in use without being configured any more. */
function podVSwitchesOf({ configured, dynamic, interfaces }: Facts): readonly VSwitch[] {
  const all = [
    ...(configured ?? []),
    ...dynamic.flatMap(({ name, daemon }) =>
      [...podVSwitches(daemon).values()]
        .flat()
        .map((id) => ({ id, where: `ConfigMap kube-system/${name}, data["eni_conf"].vswitches` })),
    ),
    ...interfaces.map(({ id, vSwitch }) => ({
      id: vSwitch,
      where: `nodes.network.alibabacloud.com, ENI ${id}`,
    })),
  ];
  return [...groupBy(all, ({ id }) => id).values()].flatMap(([first]) => first ?? []);
}

/** Which vSwitch, and which block, pod addresses are from; only CRD mode shows it. */
const usage = (interfaces: readonly TerwayInterface[]): readonly Fact[] =>
  [...groupBy(interfaces, ({ vSwitch }) => vSwitch)].map(([vSwitch, members]) => {
    const held = members.reduce((sum, entry) => sum + entry.pods.length, 0);
    const shown = members
      .slice(0, SHOWN)
      .flatMap((entry) => entry.pods)
      .slice(0, 3);
    const blocks = [...new Set(members.map(({ ipv4Cidr }) => ipv4Cidr).filter(Boolean))];
    return {
      label: `Addresses of ${vSwitch}`,
      value: `${blocks.join(', ') || 'block not told'}: ${count(held, 'pod')}${shown.length > 0 ? `, e.g. ${shown.join(', ')}` : ''}`,
      where: 'nodes.network.alibabacloud.com, status.networkInterfaces',
    };
  });
