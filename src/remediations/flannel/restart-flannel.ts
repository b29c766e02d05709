import { defineRemediation } from '../define-remediation.js';
import { nodesToRestart, restartParams } from '../nodes-to-restart.js';
import { refuse } from '../refuse.js';
import { rolloutWrites } from '../rollout-rules.js';
import { weighRestart } from '../weigh-restart.js';
import { refuseUnfitRestart, storeParams } from './flannel-store.js';
import {
  CNI_KEY,
  FLANNEL_IMPACT,
  flannelPlanReads,
  gatherFlannelTarget,
  rollFlannel,
} from './flannel-target.js';
import { proveFlannel } from './prove-flannel.js';

const ID = 'restart-flannel';

/** Source: FAQ, wherever kube-flannel-cfg is edited: Flannel installs its CNI config when it starts. */
export const restartFlannel = defineRemediation({
  id: ID,
  title: 'Restart the Flannel pods that run an old configuration or are broken',
  does: 'bring Flannel pods that are broken or run an old configuration up to date',
  impact: FLANNEL_IMPACT,
  intent: 'flannel-cni-version',
  fixes: ['flannel-cni-version.waiting', 'flannel-version.notReady'],
  risk: 'medium',
  undo: 'none',
  after: 'clear',
  restartsPodsOf: ['kube-flannel-ds'],
  reads: flannelPlanReads,
  writes: rolloutWrites,
  params: restartParams.extend(storeParams.shape),

  async plan(reader, { params: { storeUnchanged, everyPod } }) {
    const target = await gatherFlannelTarget(reader);
    const affected = nodesToRestart(target.pods, { writtenAt: target.configMap.writtenAt, everyPod });
    const command = `/acknet fix ${ID} ${reader.cluster}`;
    const scope = weighRestart({
      config: target.configMap,
      dated: target.dated,
      everyPod,
      restarted: affected.length,
      pods: target.pods.length,
      every: `${command} everyPod=true${storeUnchanged ? ' storeUnchanged=true' : ''}`,
    });
    if (affected.length === 0) return { changes: [], warnings: [] };
    const again = everyPod ? `${command} everyPod=true` : command;
    refuseUnfitRestart(target, { storeUnchanged, again });
    if (target.config.cniVersion === undefined)
      throw refuse(
        `${CNI_KEY} has no cniVersion: nodes whose Flannel restarts would find no usable CNI config.`,
        'Use add-flannel-cni-version: it restarts Flannel too.',
      );
    const all = affected.length === target.pods.length;
    return {
      changes: [all ? rollFlannel : { ...rollFlannel, nodes: affected }],
      warnings: [...scope],
    };
  },
  prove: proveFlannel,
});
