import { readAt } from '../../checks/kube-proxy/kube-proxies.js';
import { pods } from '../../cluster/views/pod.js';
import { defineRemediation } from '../define-remediation.js';
import { nodesToRestart, restartParams } from '../nodes-to-restart.js';
import { refuseUntoldRestart } from '../refuse-untold-restart.js';
import { rolloutWrites } from '../rollout-rules.js';
import { RESTART_WARNING, rollOf } from './edit-kube-proxy.js';
import { gatherKubeProxyTargets, kubeProxyPlanReads } from './kube-proxy-targets.js';
import { proveKubeProxy } from './prove-kube-proxy.js';

const ID = 'restart-kube-proxy';

/** Source: FAQ "How do I modify the kube-proxy configuration?": its DaemonSet is OnDelete, an edit alone does nothing. */
export const restartKubeProxy = defineRemediation({
  id: ID,
  title: 'Restart the kube-proxy pods that run an old configuration or are broken',
  intent: 'kube-proxy-config',
  fixes: ['kube-proxy-config.notApplied', 'kube-proxy-mode.notReady', 'kube-proxy-mode.otherMode'],
  risk: 'medium',
  undo: 'none',
  after: 'clear',
  reads: kubeProxyPlanReads,
  writes: rolloutWrites,
  params: restartParams,

  async plan(reader, { params: { everyPod } }) {
    const { targets } = await gatherKubeProxyTargets(reader);
    const all = await reader.list(pods, { namespace: 'kube-system' });
    const changes = targets.flatMap((target) => {
      const own = all.filter(({ owner }) => owner?.kind === 'DaemonSet' && owner.name === target.name);
      const restart = nodesToRestart(own, { writtenAt: target.configMap.writtenAt, everyPod, readAt });
      return restart.length === 0
        ? []
        : [rollOf(target, restart.length === own.length ? {} : { nodes: restart })];
    });
    if (changes.length === 0) await refuseUntoldRestart(reader, { id: ID, config: 'kube-proxy’s ConfigMap' });
    return { changes, warnings: [RESTART_WARNING] };
  },
  prove: proveKubeProxy,
});
