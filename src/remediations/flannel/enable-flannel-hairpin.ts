import { flannelConfigMap } from '../../checks/flannel/flannel-config.js';
import { groupBy } from '../../checks/group-by.js';
import { listed } from '../../checks/listed.js';
import type { PodView } from '../../cluster/views/pod.js';
import { pods } from '../../cluster/views/pod.js';
import { defineRemediation } from '../define-remediation.js';
import { setJsonProperty } from '../documents/set-json-property.js';
import { refuse } from '../refuse.js';
import { refuseUnfitRestart, storeParams } from './flannel-store.js';
import {
  CNI_KEY,
  FLANNEL_IMPACT,
  flannelPlanReads,
  flannelWrites,
  gatherFlannelTarget,
  refuseOlderFlannel,
  rollFlannel,
} from './flannel-target.js';
import { proveFlannel } from './prove-flannel.js';

/** Workloads named on the card. */
const NAMED = 40;

const ID = 'enable-flannel-hairpin';

/** Source: FAQ "How can I allow a pod to access the service it exposes?". */
export const enableFlannelHairpin = defineRemediation({
  id: ID,
  title: 'Switch hairpin on in the Flannel config and restart Flannel',
  does: 'switch hairpin on in Flannel’s config',
  impact: FLANNEL_IMPACT,
  intent: 'pod-self-access',
  fixes: ['flannel-hairpin.off'],
  risk: 'medium',
  undo: 'restore',
  after: 'clear',
  notRecommended:
    'The better way is a headless Service (clusterIP: None) for the pods that call themselves: it needs no change to Flannel, and a later Flannel upgrade cannot undo it.',
  reads: [...flannelPlanReads, { group: '', resource: 'pods', verbs: ['list'] }],
  writes: flannelWrites,
  params: storeParams,

  async plan(reader, { params: { storeUnchanged } }) {
    const target = await gatherFlannelTarget(reader);
    const { document: from, config, pluginPath } = target;
    if (config.hairpin) return { changes: [], warnings: [] };
    refuseOlderFlannel(target, '0.15.1.4', 'Flannel knows hairpinMode from 0.15.1.4 on.');
    refuseUnfitRestart(target, { storeUnchanged, again: `/acknet fix ${ID} ${reader.cluster}` });
    const to = setJsonProperty(from, { path: [...pluginPath, 'delegate', 'hairpinMode'], value: true });
    if (to === undefined) throw refuse(`${CNI_KEY} could not be edited without touching the rest of it.`);
    return {
      changes: [{ verb: 'edit-document', about: flannelConfigMap, key: CNI_KEY, from, to }, rollFlannel],
      warnings: [keepOldSetting(await reader.list(pods))],
    };
  },
  prove: proveFlannel,
});

function keepOldSetting(all: readonly PodView[]): string {
  const concerned = all.filter(({ hostNetwork, phase }) => !hostNetwork && phase === 'Running');
  const workloads = groupBy(concerned, ({ namespace, owner, name }) => `${namespace}/${owner?.name ?? name}`);
  const names = [...workloads].map(([name, members]) => `${name} (${members.length})`).sort();
  return `Pods that run now keep the old setting until they are recreated, which this does not do: ${listed(names, NAMED)}.`;
}
