import { identityReads } from '../../cluster/identity/gather-identity.js';
import { pods } from '../../cluster/views/pod.js';
import { isDated } from '../../cluster/write-times.js';
import { defineRemediation } from '../define-remediation.js';
import { nodesToRestart, restartParams } from '../nodes-to-restart.js';
import { rolloutWrites } from '../rollout-rules.js';
import { weighRestart } from '../weigh-restart.js';
import { gatherTerwayTarget, TERWAY_IMPACT, terwayPlanReads } from './terway-target.js';

const ID = 'restart-terway';

/** Source: FAQ, wherever eni-config is edited: Terway reads it when it starts. */
export const restartTerway = defineRemediation({
  id: ID,
  title: 'Restart the Terway pods that run an old configuration or are broken',
  does: 'bring Terway pods that are broken or run an old configuration up to date',
  impact: TERWAY_IMPACT,
  intent: 'terway-pod-lifecycle',
  fixes: [
    'terway-pods-not-ready.notReady',
    'terway-pods-not-ready.olderThanConfig',
    'terway-in-cluster-load-balancing.pending',
    'network-policy-latency.pending',
  ],
  risk: 'medium',
  undo: 'none',
  after: 'settles',
  restartsPodsOf: ['terway-eniip', 'terway-eni'],
  reads: [...terwayPlanReads, ...identityReads],
  writes: rolloutWrites,
  params: restartParams,

  async plan(reader, { params: { everyPod } }) {
    const { daemonSet, configMap, roll, restart } = await gatherTerwayTarget(reader);
    const own = (await reader.list(pods, { namespace: 'kube-system' })).filter(
      ({ owner }) => owner?.kind === 'DaemonSet' && owner.name === daemonSet,
    );
    const affected = nodesToRestart(own, { writtenAt: configMap.writtenAt, everyPod });
    const scope = weighRestart({
      config: configMap,
      everyPod,
      restarted: affected.length,
      pods: own.length,
      dated: await isDated(reader, configMap.writtenAt),
      every: `/acknet fix ${ID} ${reader.cluster} everyPod=true`,
    });
    if (affected.length === 0) return { changes: [], warnings: [] };
    return {
      changes: [affected.length === own.length ? roll : { ...roll, nodes: affected }],
      ...restart,
      warnings: [...scope, ...restart.warnings],
    };
  },
});
