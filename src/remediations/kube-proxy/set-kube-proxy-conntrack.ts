import { z } from 'zod';
import {
  conntrackMaximum,
  type KubeProxySettings,
} from '../../checks/kube-proxy/document/kube-proxy-settings.js';
import { coresOf, isNetworkedNode } from '../../checks/node-kinds.js';
import { gatherTerwayConfig, terwayConfigReads } from '../../checks/terway/terway-config.js';
import { type ClusterIdentity, isCertainly } from '../../cluster/identity/identity.js';
import type { ClusterReader } from '../../cluster/ports.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import { count } from '../../texts/count.js';
import { defineRemediation } from '../define-remediation.js';
import { refuse } from '../refuse.js';
import { editKubeProxies, KUBE_PROXY_IMPACT } from './edit-kube-proxy.js';
import { gatherKubeProxyTargets, kubeProxyPlanReads, kubeProxyWrites } from './kube-proxy-targets.js';
import { proveKubeProxy } from './prove-kube-proxy.js';

/** Source: FAQ "How do I increase the Linux connection tracking (conntrack) limit?". */
export const setKubeProxyConntrack = defineRemediation({
  id: 'set-kube-proxy-conntrack',
  title: 'Raise the connection-tracking limit and restart kube-proxy',
  does: 'raise kube-proxy’s connection-tracking limit to {maxPerCore} for each core',
  impact: KUBE_PROXY_IMPACT,
  intent: 'conntrack-limit',
  fixes: ['conntrack-limit.full', 'conntrack-limit.belowDefault'],
  risk: 'medium',
  undo: 'restore',
  after: 'settles',
  reads: [...kubeProxyPlanReads, ...terwayConfigReads],
  writes: kubeProxyWrites,
  params: z.strictObject({
    maxPerCore: z.int('a whole number').min(1, 'at least 1').max(4_194_304, 'at most 4194304').meta({
      title: 'Connections for each core',
      description: 'The limit of a node is this times its cores.',
    }),
  }),

  async known(reader) {
    const [target] = (await gatherKubeProxyTargets(reader)).targets;
    return { maxPerCore: { now: target?.settings.maxPerCore?.toString() } };
  },

  async plan(reader, { params: { maxPerCore } }) {
    const { identity, targets } = await gatherKubeProxyTargets(reader);
    await refuseWhereEbpfTracks(reader, identity);
    const hosts = (await reader.list(nodes)).filter(isNetworkedNode);
    const open = targets.filter(({ settings }) => settings.maxPerCore !== maxPerCore);
    for (const { name, settings } of open) refuseUnlessRaised(name, { settings, maxPerCore, hosts });
    return {
      changes: editKubeProxies(targets, { path: ['conntrack', 'maxPerCore'], value: maxPerCore }),
      warnings: [
        'Each tracked connection takes kernel memory: about 300 bytes. A table that is full of the wrong connections only fills again later.',
      ],
    };
  },
  prove: proveKubeProxy,
});

/** In IPvlan and DataPath V2 pod connections are in eBPF maps: the setting would do nothing for them. */
async function refuseWhereEbpfTracks(reader: ClusterReader, { plugin }: ClusterIdentity): Promise<void> {
  if (isCertainly(plugin, 'flannel', 'none')) return;
  const { acceleration } = await gatherTerwayConfig(reader);
  if (acceleration === 'none') return;
  throw refuse(
    acceleration === undefined
      ? 'Terway’s data path could not be read from eni-config: in IPvlan or DataPath V2 mode this setting does not govern pod traffic.'
      : `Terway runs with ${acceleration === 'ipvlan' ? 'IPvlan' : 'DataPath V2'}: pod connections are tracked in eBPF maps, and maxPerCore does nothing for them.`,
    'See conntrack-limit: the sizes of the eBPF maps are set with cilium_args in 10-terway.conf.',
  );
}

function refuseUnlessRaised(
  name: string,
  {
    settings,
    maxPerCore,
    hosts,
  }: { settings: KubeProxySettings; maxPerCore: number; hosts: readonly NodeView[] },
): void {
  if (settings.maxPerCore === 0)
    throw refuse(
      `${name} sets maxPerCore 0: each node keeps the kernel’s own limit, which is not visible here, so whether ${maxPerCore} raises it cannot be told.`,
    );
  const cores = [...new Set(hosts.flatMap((host) => coresOf(host) ?? []))];
  const limits = cores.map((count) => ({
    count,
    now: conntrackMaximum(settings, count) ?? 0,
    raised: conntrackMaximum({ ...settings, maxPerCore }, count) ?? 0,
  }));
  const lowered = limits.find(({ now, raised }) => raised < now);
  if (lowered)
    throw refuse(
      `${maxPerCore} would lower the limit of ${name}: from ${lowered.now} to ${lowered.raised} on nodes with ${count(lowered.count, 'core')}.`,
    );
  if (limits.some(({ now, raised }) => raised > now)) return;
  const largest = Math.max(...cores, 0);
  throw refuse(
    `${maxPerCore} raises the limit on no node: it is max(maxPerCore × cores, conntrack.min), and the largest node has ${largest} cores.`,
    `Choose a value above ${Math.floor(Math.max(...limits.map(({ now, count }) => now / count), 0))}.`,
  );
}
