import { z } from 'zod';
import { gatherTerwayConfig, terwayConfigReads } from '../../checks/terway/terway-config.js';
import { type ClusterIdentity, isCertainly } from '../../cluster/identity/identity.js';
import type { ClusterReader } from '../../cluster/ports.js';
import { formatVersion, isAtLeast } from '../../cluster/identity/versions.js';
import { services } from '../../cluster/views/service.js';
import { defineRemediation } from '../define-remediation.js';
import { refuse } from '../refuse.js';
import { editKubeProxies, KUBE_PROXY_IMPACT } from './edit-kube-proxy.js';
import { gatherKubeProxyTargets, kubeProxyPlanReads, kubeProxyWrites } from './kube-proxy-targets.js';
import { proveKubeProxy } from './prove-kube-proxy.js';
import { refuseUnlessIpvs } from './refuse-unless-ipvs.js';

const SINCE = '1.18';

/** Source: FAQ "How do I change the IPVS UDP session persistence timeout in kube-proxy?". */
export const setIpvsUdpTimeout = defineRemediation({
  id: 'set-ipvs-udp-timeout',
  title: 'Shorten the IPVS UDP timeout and restart kube-proxy',
  does: 'shorten kube-proxy’s IPVS UDP timeout to {seconds} s',
  impact: KUBE_PROXY_IMPACT,
  intent: 'ipvs-udp-timeout',
  fixes: ['ipvs-udp-timeout.default'],
  risk: 'medium',
  undo: 'restore',
  after: 'clear',
  reads: [...kubeProxyPlanReads, ...terwayConfigReads, { group: '', resource: 'services', verbs: ['list'] }],
  writes: kubeProxyWrites,
  params: z.strictObject({
    seconds: z
      .int('a whole number')
      .min(1, 'at least 1')
      .max(300, 'at most 300')
      .meta({ title: 'Timeout in seconds', description: '1 to 300; without a setting it is 300.' }),
  }),

  async known(reader) {
    const [target] = (await gatherKubeProxyTargets(reader)).targets;
    const ms = target?.settings.udpTimeoutMs;
    return { seconds: { now: ms === undefined || ms === 0 ? undefined : String(Math.round(ms / 1000)) } };
  },

  async plan(reader, { params: { seconds } }) {
    const { identity, targets } = await gatherKubeProxyTargets(reader);
    refuseUnknownField(identity);
    refuseUnlessIpvs(targets);
    await refuseWhereServicesUseUdp(reader);
    const value = `${seconds}s`;
    const open = targets.filter(({ settings }) => settings.udpTimeoutMs !== seconds * 1000);
    return {
      changes: editKubeProxies(open, { path: ['ipvs', 'udpTimeout'], value }),
      warnings: [...(await ebpfWarning(reader, identity))],
    };
  },
  mustHold: refuseWhereServicesUseUdp,
  prove: proveKubeProxy,
});

function refuseUnknownField({ kubernetes }: ClusterIdentity): void {
  if (kubernetes !== undefined && isAtLeast(kubernetes, SINCE)) return;
  const version = kubernetes === undefined ? 'an unknown version' : formatVersion(kubernetes);
  throw refuse(
    `kube-proxy knows ipvs.udpTimeout from Kubernetes ${SINCE} on, and this is ${version}.`,
    'On older clusters run ipvsadm --set on every node; /acknet explain ipvs-udp-timeout says how.',
  );
}

async function refuseWhereServicesUseUdp(reader: ClusterReader): Promise<void> {
  const udp = (await reader.list(services)).filter(
    ({ namespace, ports }) => namespace !== 'kube-system' && ports.some(({ protocol }) => protocol === 'UDP'),
  );
  if (udp.length === 0) return;
  throw refuse(
    `These Services use UDP, and their sessions would be cut too: ${udp.map(({ namespace, name }) => `${namespace}/${name}`).join(', ')}.`,
    'Open a ticket with Alibaba Cloud before you change the timeout.',
  );
}

async function ebpfWarning(reader: ClusterReader, { plugin }: ClusterIdentity): Promise<readonly string[]> {
  if (isCertainly(plugin, 'flannel', 'none')) return [];
  const { acceleration } = await gatherTerwayConfig(reader);
  return acceleration === 'none'
    ? []
    : [
        'Where IPvlan or DataPath V2 resolves Services in eBPF, pods do not use IPVS: the setting then matters only to traffic that still goes through kube-proxy.',
      ];
}
