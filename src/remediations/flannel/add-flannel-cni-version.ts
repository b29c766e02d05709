import { flannelConfigMap } from '../../checks/flannel/flannel-config.js';
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
  rollFlannel,
} from './flannel-target.js';
import { proveFlannel } from './prove-flannel.js';

const ID = 'add-flannel-cni-version';

/** Source: FAQ "After manually upgrading the Flannel image version…". 0.3.1 is the version of the plugin-list form. */
export const addFlannelCniVersion = defineRemediation({
  id: ID,
  title: 'Add cniVersion to the Flannel config and restart Flannel',
  does: 'add cniVersion to Flannel’s config',
  impact: FLANNEL_IMPACT,
  intent: 'flannel-cni-version',
  fixes: ['flannel-cni-version.missing', 'flannel-cni-version.tolerated'],
  risk: 'medium',
  undo: 'restore',
  after: 'clear',
  reads: flannelPlanReads,
  writes: flannelWrites,
  params: storeParams,

  async plan(reader, { params: { storeUnchanged } }) {
    const target = await gatherFlannelTarget(reader);
    const { document: from, config } = target;
    if (config.cniVersion !== undefined) return { changes: [], warnings: [] };
    refuseUnfitRestart(target, { storeUnchanged, again: `/acknet fix ${ID} ${reader.cluster}` });
    const value = config.chained ? '0.3.1' : '0.3.0';
    const to = setJsonProperty(from, { path: ['cniVersion'], value, after: 'name' });
    if (to === undefined) throw refuse(`${CNI_KEY} could not be edited without touching the rest of it.`);
    return {
      changes: [{ verb: 'edit-document', about: flannelConfigMap, key: CNI_KEY, from, to }, rollFlannel],
      warnings: [],
    };
  },
  prove: proveFlannel,
});
