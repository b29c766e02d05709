import { nodes } from '../../cluster/views/node.js';
import { defineCheck } from '../judging/define-check.js';
import { isNetworkedNode } from '../node-kinds.js';
import { gatherTerwayConfig, terwayConfigReads } from '../terway/terway-config.js';
import { gatherKubeProxies, kubeProxyNames, kubeProxyReads, readableProxies } from './kube-proxies.js';
import { gatherProxyStarts } from './logs/kube-proxy-logs.js';
import { ipvsSchedulerMessages } from './scheduler/ipvs-scheduler-messages.js';
import { judgeScheduler } from './scheduler/judge-scheduler.js';

/** Source: FAQ "How do I change the IPVS load balancing mode in kube-proxy?"; cluster-signals 5.2, 5.4. */
export const ipvsScheduler = defineCheck({
  id: 'ipvs-scheduler',
  title: 'No node turns down the IPVS algorithm that is set',
  area: 'kube-proxy',
  intents: ['ipvs-scheduler'],
  judges: [...kubeProxyNames],
  reads: [
    ...kubeProxyReads,
    ...terwayConfigReads,
    { group: '', resource: 'nodes', verbs: ['list'] },
    { group: '', resource: 'pods/log', verbs: ['get'], namespace: 'kube-system' },
  ],
  messages: ipvsSchedulerMessages,

  async gather(reader) {
    const [proxies, list, terway] = await Promise.all([
      gatherKubeProxies(reader),
      reader.list(nodes),
      gatherTerwayConfig(reader),
    ]);
    const starts = await Promise.all(proxies.map((proxy) => gatherProxyStarts(reader, proxy)));
    return {
      proxies,
      starts: new Map(proxies.map(({ name }, index) => [name, starts[index]])),
      nodes: list.filter(isNetworkedNode),
      acceleration: terway.acceleration,
    };
  },

  judge({ proxies, starts, nodes: list, acceleration }, report, { identity }) {
    const readable = readableProxies(proxies, report, { identity, needs: ['mode'] });
    const ipvs = readable.filter(({ settings }) => settings.mode === 'ipvs');
    if (readable.length > 0 && ipvs.length === 0)
      return report.notApplicable(`kube-proxy is set to ${readable[0]?.settings.mode} mode, not ipvs.`);
    for (const proxy of ipvs) {
      const read = starts.get(proxy.name) ?? { starts: [], of: 0 };
      judgeScheduler(report, proxy, { read, nodes: list, acceleration, identity });
    }
  },
});
