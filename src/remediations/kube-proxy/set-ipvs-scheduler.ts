import { z } from 'zod';
import { isNetworkedNode } from '../../checks/node-kinds.js';
import { isAtLeast } from '../../cluster/identity/versions.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import { defineRemediation } from '../define-remediation.js';
import { editKubeProxies, KUBE_PROXY_IMPACT } from './edit-kube-proxy.js';
import { gatherKubeProxyTargets, kubeProxyPlanReads, kubeProxyWrites } from './kube-proxy-targets.js';
import { proveKubeProxy } from './prove-kube-proxy.js';
import { refuseUnlessIpvs } from './refuse-unless-ipvs.js';

/** Source: Kubernetes reference, IPVS proxy mode. */
const schedulers = ['rr', 'wrr', 'lc', 'wlc', 'lblc', 'lblcr', 'sh', 'mh', 'dh', 'sed', 'nq'] as const;
/** kube-proxy itself needs these, so every node has their modules. */
const ALWAYS_LOADED: readonly string[] = ['rr', 'wrr', 'sh'];
/** Since then ACK's node images load the modules of all schedulers. Source: FAQ. */
const MODULES_SINCE = Date.parse('2022-10-01T00:00:00Z');

/** Source: FAQ "How do I change the IPVS load balancing mode in kube-proxy?". */
export const setIpvsScheduler = defineRemediation({
  id: 'set-ipvs-scheduler',
  title: 'Set the IPVS scheduler and restart kube-proxy',
  does: 'set kube-proxy’s IPVS scheduler to {scheduler}',
  impact: KUBE_PROXY_IMPACT,
  intent: 'ipvs-scheduler',
  fixes: ['ipvs-scheduler.default'],
  risk: 'medium',
  undo: 'restore',
  after: 'clear',
  reads: kubeProxyPlanReads,
  writes: kubeProxyWrites,
  params: z.strictObject({
    scheduler: z.enum(schedulers, `one of ${schedulers.join(', ')}`).meta({
      title: 'Scheduler',
      description: 'rr = in turn, lc = fewest connections, sh = by client address.',
    }),
  }),

  async known(reader) {
    const [target] = (await gatherKubeProxyTargets(reader)).targets;
    return { scheduler: { now: target?.settings.scheduler ?? 'rr' } };
  },

  async plan(reader, { params: { scheduler } }) {
    const { identity, targets } = await gatherKubeProxyTargets(reader);
    refuseUnlessIpvs(targets);
    const hosts = (await reader.list(nodes)).filter(isNetworkedNode);
    const old = ALWAYS_LOADED.includes(scheduler) ? [] : hosts.filter(isOld).map(({ name }) => name);
    const exits = identity.kubernetes === undefined || isAtLeast(identity.kubernetes, '1.26');
    return {
      changes: editKubeProxies(targets, { path: ['ipvs', 'scheduler'], value: scheduler }, old.slice(0, 1)),
      warnings: [...(old.length > 0 ? [moduleWarning(scheduler, old, exits)] : [])],
      risk: old.length > 0 ? 'high' : undefined,
    };
  },
  prove: proveKubeProxy,
});

/** A node whose age is not known is taken for an old one. */
const isOld = ({ createdAt }: NodeView): boolean => !(Date.parse(createdAt ?? '') >= MODULES_SINCE);

function moduleWarning(scheduler: string, old: readonly string[], exits: boolean): string {
  const lost = exits ? 'kube-proxy does not start there at all' : 'kube-proxy falls back to iptables there';
  return `Created before October 2022, these nodes may lack the kernel module ip_vs_${scheduler}, and then ${lost}: ${old.join(', ')}. First run on each: modprobe ip_vs_${scheduler} && echo ip_vs_${scheduler} >> /etc/modules-load.d/ack-ipvs-modules.conf. One of them is restarted first.`;
}
