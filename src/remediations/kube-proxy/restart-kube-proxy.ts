import { readAt } from '../../checks/kube-proxy/kube-proxies.js';
import { pods } from '../../cluster/views/pod.js';
import { isDated } from '../../cluster/write-times.js';
import { defineRemediation } from '../define-remediation.js';
import { nodesToRestart, restartParams } from '../nodes-to-restart.js';
import { rolloutWrites } from '../rollout-rules.js';
import { weighRestart } from '../weigh-restart.js';
import { KUBE_PROXY_IMPACT, rollOf } from './edit-kube-proxy.js';
import { gatherKubeProxyTargets, kubeProxyPlanReads } from './kube-proxy-targets.js';
import { proveKubeProxy } from './prove-kube-proxy.js';

const ID = 'restart-kube-proxy';

/** Source: FAQ "How do I modify the kube-proxy configuration?": its DaemonSet is OnDelete, an edit alone does nothing. */
export const restartKubeProxy = defineRemediation({
  id: ID,
  title: 'Restart the kube-proxy pods that run an old configuration or are broken',
  does: 'bring kube-proxy pods that are broken or run an old configuration up to date',
  impact: KUBE_PROXY_IMPACT,
  intent: 'kube-proxy-config',
  fixes: ['kube-proxy-config.notApplied', 'kube-proxy-mode.notReady', 'kube-proxy-mode.otherMode'],
  risk: 'medium',
  undo: 'none',
  after: 'clear',
  restartsPodsOf: ['kube-proxy-worker', 'kube-proxy-master'],
  reads: kubeProxyPlanReads,
  writes: rolloutWrites,
  params: restartParams,

  async plan(reader, { params: { everyPod } }) {
    const { targets } = await gatherKubeProxyTargets(reader);
    const all = await reader.list(pods, { namespace: 'kube-system' });
    const plans = await Promise.all(
      targets.map(async (target) => {
        const own = all.filter(({ owner }) => owner?.kind === 'DaemonSet' && owner.name === target.name);
        const { writtenAt } = target.configMap;
        const restart = nodesToRestart(own, { writtenAt, everyPod, readAt });
        return { target, own, restart, dated: await isDated(reader, writtenAt) };
      }),
    );
    const [doubtful] = [...plans].sort((a, b) => Number(a.dated) - Number(b.dated));
    const scope = weighRestart({
      config: doubtful?.target.configMap ?? { name: 'kube-proxy-worker' },
      dated: doubtful?.dated ?? true,
      everyPod,
      restarted: plans.reduce((sum, { restart }) => sum + restart.length, 0),
      pods: plans.reduce((sum, { own }) => sum + own.length, 0),
      every: `/acknet fix ${ID} ${reader.cluster} everyPod=true`,
    });
    const changes = plans.flatMap(({ target, own, restart }) =>
      restart.length === 0 ? [] : [rollOf(target, restart.length === own.length ? {} : { nodes: restart })],
    );
    return { changes, warnings: [...scope] };
  },
  prove: proveKubeProxy,
});
