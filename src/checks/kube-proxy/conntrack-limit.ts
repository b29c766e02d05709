import { type ClusterIdentity, isCertainly } from '../../cluster/identity/identity.js';
import { events } from '../../cluster/views/event.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import { count } from '../../texts/count.js';
import { defineCheck, type Fact } from '../judging/define-check.js';
import { groupBy } from '../group-by.js';
import { listed } from '../listed.js';
import { coresOf, isNetworkedNode } from '../node-kinds.js';
import { eventEvidence, recentEvents } from '../recent-events.js';
import { type Acceleration, gatherTerwayConfig, terwayConfigReads } from '../terway/terway-config.js';
import {
  conntrackMaximum,
  DEFAULT_MAX_PER_CORE,
  DEFAULT_MIN,
  type KubeProxySettings,
} from './document/kube-proxy-settings.js';
import {
  aboutConfigMap,
  configWhere,
  gatherKubeProxies,
  kubeProxyReads,
  type ReadableProxy,
  readableProxies,
} from './kube-proxies.js';

/** What ACK writes into config.conf; the FAQ asks for this or more. */
const ACK_MAX_PER_CORE = 65_536;
const SHOWN = 8;
/** Right after a fix the absence of an event proves nothing; otherwise it is what there is to see. */
const TOO_EARLY =
  'No ConntrackFull event since the change. The monitor reports a full table only now and then, so this proves nothing yet.';

/** Source: FAQ "How do I increase the Linux connection tracking (conntrack) limit?"; cluster-signals 5.2, 6. */
export const conntrackLimit = defineCheck({
  id: 'conntrack-limit',
  title: 'No node reports a full connection-tracking table',
  area: 'kube-proxy',
  intents: ['conntrack-limit'],
  reads: [
    ...kubeProxyReads,
    ...terwayConfigReads,
    { group: '', resource: 'nodes', verbs: ['list'] },
    { group: '', resource: 'events', verbs: ['list'] },
  ],
  messages: {
    full: {
      severity: 'problem',
      text: 'The conntrack table of {count} {count:node|nodes} was over 90% full within the last hour ({nodes}); once it is full the kernel drops packets of new connections.',
    },
    fullAccelerated: {
      severity: 'problem',
      text: 'The conntrack table of {count} {count:node|nodes} was over 90% full within the last hour ({nodes}). Pod connections are in eBPF maps here ({datapath}), so host-network pods or NodePort traffic fill it; maxPerCore changes nothing for pods.',
    },
    belowDefault: {
      severity: 'advice',
      text: 'ConfigMap {configMap} allows {maxPerCore} connections a core; ACK’s own value is 65536, and the FAQ asks for that or more.',
    },
    leftAlone: {
      severity: 'advice',
      text: 'ConfigMap {configMap} sets maxPerCore to 0: kube-proxy leaves the limit as each node’s kernel has it.',
    },
  },

  async gather(reader) {
    const [proxies, list, seen, terway] = await Promise.all([
      gatherKubeProxies(reader),
      reader.list(nodes),
      reader.list(events),
      gatherTerwayConfig(reader),
    ]);
    return {
      proxies,
      nodes: list.filter(isNetworkedNode),
      full: seen.filter(({ reason }) => reason === 'ConntrackFull'),
      acceleration: terway.acceleration,
    };
  },

  judge({ proxies, nodes: list, full, acceleration }, report, context) {
    const readable = readableProxies(proxies, report, {
      identity: context.identity,
      needs: ['conntrack.maxPerCore', 'conntrack.min'],
    });
    for (const fact of readable.flatMap((proxy) => maxima(proxy, list))) report.fact(fact);
    report.fact({
      label: 'Pod connections are tracked in',
      value: tableText(acceleration, context.identity),
    });

    const byNode = groupBy(recentEvents(full, context), ({ about }) => about.name);
    const about = aboutConfigMap(readable[0]?.name ?? 'kube-proxy-worker');
    const data = { count: byNode.size, nodes: listed([...byNode.keys()], SHOWN) };
    const evidence = [...byNode.values()]
      .slice(0, SHOWN)
      .flatMap(([newest]) => (newest === undefined ? [] : [eventEvidence(newest)]));
    report.fact({
      label: 'Nodes that reported a full table within the last hour',
      value: byNode.size === 0 ? 'none' : data.nodes,
      where: 'Events, reason ConntrackFull',
    });
    if (byNode.size === 0 && context.since !== undefined)
      report.unknown('check.no-evidence', TOO_EARLY, ['full', 'fullAccelerated']);
    if (byNode.size > 0 && isAccelerated(acceleration))
      report.found('fullAccelerated', about, {
        data: { ...data, datapath: datapaths[acceleration] },
        evidence,
      });
    else if (byNode.size > 0) report.found('full', about, { data, evidence });

    for (const { name, settings } of readable) {
      const { maxPerCore } = settings;
      const detail = {
        evidence: [{ where: configWhere(name), value: `conntrack.maxPerCore: ${maxPerCore}` }],
      };
      if (maxPerCore === 0)
        report.found('leftAlone', aboutConfigMap(name), { ...detail, data: { configMap: name } });
      else if (maxPerCore !== undefined && maxPerCore < ACK_MAX_PER_CORE)
        report.found('belowDefault', aboutConfigMap(name), {
          ...detail,
          data: { configMap: name, maxPerCore },
        });
    }
  },
});

const datapaths = { datapathv2: 'DataPath V2', ipvlan: 'IPvlan' } as const;
const isAccelerated = (value: Acceleration | undefined): value is keyof typeof datapaths =>
  value === 'datapathv2' || value === 'ipvlan';

function tableText(acceleration: Acceleration | undefined, { plugin }: ClusterIdentity): string {
  if (isCertainly(plugin, 'flannel', 'none') || acceleration === 'none') return 'Linux conntrack';
  if (isAccelerated(acceleration))
    return `eBPF maps (${datapaths[acceleration]}), sized by cilium_args; only host traffic is in Linux conntrack`;
  return 'not readable: Terway’s CNI config is missing or malformed';
}

/** nf_conntrack_max by number of cores, for the nodes that this kube-proxy serves. */
function maxima({ name, settings, pods }: ReadableProxy, list: readonly NodeView[]): readonly Fact[] {
  const served = new Set(pods.map(({ node }) => node));
  const own = list.filter((node) => served.has(node.name));
  const where = `${configWhere(name)} and Nodes, status.capacity.cpu`;
  return [...groupBy(own, coresOf)].map(([cores, members]) => ({
    label: `Limit on ${count(members.length, 'node')} with ${cores === undefined ? 'an unknown number of cores' : count(cores, 'core')}`,
    value: cores === undefined ? 'not known' : limitText(settings, cores),
    where,
  }));
}

function limitText(settings: KubeProxySettings, cores: number): string {
  const maximum = conntrackMaximum(settings, cores);
  if (maximum === undefined) return 'left as the kernel has it (maxPerCore 0)';
  const perCore = settings.maxPerCore ?? DEFAULT_MAX_PER_CORE;
  return perCore * cores < maximum
    ? `${maximum} (the minimum, conntrack.min ${settings.min ?? `absent: ${DEFAULT_MIN}`})`
    : `${maximum} (${perCore} a core${settings.maxPerCore === undefined ? ', kube-proxy’s own default' : ''})`;
}
