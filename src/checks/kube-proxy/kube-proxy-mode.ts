import { formatVersion, isAtLeast } from '../../cluster/identity/versions.js';
import { daemonSets } from '../../cluster/views/daemon-set.js';
import { nodes } from '../../cluster/views/node.js';
import { pods } from '../../cluster/views/pod.js';
import { mayReplaceKubeProxy } from '../cluster/third-party-plugins.js';
import { apartFromLost, lostDetail } from '../crashes/lost-pods.js';
import { restartingDetail } from '../crashes/restarting.js';
import { uncoveredDetail } from '../crashes/uncovered.js';
import { defineCheck } from '../judging/define-check.js';
import {
  aboutConfigMap,
  configWhere,
  gatherKubeProxies,
  kubeProxyReads,
  kubeProxyVersion,
  readableProxies,
} from './kube-proxies.js';
import { isNamedAlike, needing, reportAbsent } from './report-absent.js';
import { kubeProxyModeMessages } from './kube-proxy-mode-messages.js';
import { gatherProxyCrashes } from './logs/crash-logs.js';
import { gatherProxyStarts } from './logs/kube-proxy-logs.js';
import { reportBrokenPods } from './report-broken-pods.js';
import { reportModes } from './report-modes.js';

/** Configured and used are two things. Source: FAQ "How do I change the IPVS load balancing mode…"; cluster-signals 5.4. */
export const kubeProxyMode = defineCheck({
  id: 'kube-proxy-mode',
  title: 'kube-proxy runs in the mode it is set to',
  area: 'kube-proxy',
  intents: ['kube-proxy-config', 'ipvs-scheduler'],
  reads: [
    ...kubeProxyReads,
    { group: '', resource: 'nodes', verbs: ['list'] },
    { group: '', resource: 'pods/log', verbs: ['get'], namespace: 'kube-system' },
  ],
  messages: kubeProxyModeMessages,

  async gather(reader) {
    const [proxies, list, all, sets] = await Promise.all([
      gatherKubeProxies(reader),
      reader.list(nodes),
      reader.list(pods),
      reader.list(daemonSets),
    ]);
    const read = await Promise.all(
      proxies.map(async (all) => {
        const { seen, lost } = apartFromLost(all.pods, list);
        const proxy = { ...all, pods: seen };
        const [logs, crashes] = await Promise.all([
          gatherProxyStarts(reader, proxy),
          gatherProxyCrashes(reader, proxy),
        ]);
        return { ...proxy, lost, logs, crashes };
      }),
    );
    return {
      proxies: read,
      needing: needing(list),
      others: all.some(isNamedAlike),
      replacing: sets.filter(mayReplaceKubeProxy),
    };
  },

  judge({ proxies, needing, others, replacing }, report, context) {
    if (!others && proxies.every(({ daemonSet }) => daemonSet === undefined)) {
      reportAbsent(proxies, { nodes: needing.length, replacing }, report);
      // Set without effect: there is no kube-proxy to be in any mode.
      if (proxies.length > 0 && needing.length > 0 && replacing.length > 0) return;
    }
    const { identity } = context;
    const told = new Map(
      proxies.map((proxy) => [proxy.name, reportBrokenPods(proxy, proxy.crashes, report)]),
    );
    const lost = proxies.flatMap((proxy) => proxy.lost);
    const seen = proxies.flatMap(({ pods }) => pods);
    const own = [...seen, ...lost];
    const open = [
      lostDetail('kube-proxy', lost),
      restartingDetail('kube-proxy', seen, context),
      others ? uncoveredDetail('kube-proxy', needing, own, context.now) : undefined,
    ];
    for (const detail of open) if (detail !== undefined) report.unknown('check.no-evidence', detail);
    const logs = new Map(proxies.map((proxy) => [proxy.name, proxy.logs]));
    for (const proxy of readableProxies(proxies, report, { identity, needs: ['mode'] })) {
      const read = logs.get(proxy.name) ?? { starts: [], of: 0 };
      reportModes({ proxy, read, told: told.get(proxy.name) ?? [], identity }, report);
      const version = kubeProxyVersion(proxy, identity);
      if (proxy.settings.mode === 'ipvs' && version !== undefined && isAtLeast(version, '1.35'))
        report.found('ipvsDeprecated', aboutConfigMap(proxy.name), {
          data: { version: formatVersion(version) },
          evidence: [{ where: configWhere(proxy.name), value: 'mode: ipvs' }],
        });
    }
  },
});
