import { z } from 'zod';
import { flannelConfigMap } from '../../checks/flannel/flannel-config.js';
import { at, text } from '../../cluster/fields.js';
import type { ClusterReader } from '../../cluster/ports.js';
import { count } from '../../texts/count.js';
import { defineRemediation, type Proof } from '../define-remediation.js';
import { setJsonProperty } from '../documents/set-json-property.js';
import { refuse } from '../refuse.js';
import { nodesOnOldStore, STORE_ANNOTATION, storeOf, storeRecord } from './flannel-store.js';
import {
  CNI_KEY,
  type FlannelTarget,
  flannelPlanReads,
  flannelWrites,
  gatherFlannelTarget,
  refuseOlderFlannel,
} from './flannel-target.js';

const PLUGIN_DIR = '/var/run/cni/flannel';
const STORE = '/var/run/cni/networks';

/** Source: FAQ "Why do pods fail to start and report the no IP addresses available in range error?". Rolls nothing. */
export const moveFlannelAddressStore = defineRemediation({
  id: 'move-flannel-address-store',
  title: 'Keep Flannel’s addresses under /var/run (saved now, in effect node by node)',
  does: 'keep Flannel’s addresses under /var/run, for each node once it is restarted',
  impact:
    'Nothing restarts now. From then on a Flannel pod that restarts beside running pods can give their addresses away again.',
  intent: 'flannel-no-ip-available',
  fixes: ['flannel-address-leak.leaked', 'flannel-address-leak.mayLeak'],
  risk: 'high',
  undo: 'partial',
  after: 'unchanged',
  reads: flannelPlanReads,
  writes: flannelWrites.filter(({ resource }) => resource === 'configmaps'),
  params: z.strictObject({}),

  async plan(reader) {
    const target = await gatherFlannelTarget(reader);
    if (storeOf(target).startsWith('/var/run/')) return { changes: [], warnings: [] };
    refuseOlderFlannel(
      target,
      '0.15.1.11',
      'Flannel can keep its addresses under /var/run from 0.15.1.11 on.',
    );
    const record = target.configMap.annotations[STORE_ANNOTATION] ?? null;
    return {
      changes: [
        {
          verb: 'edit-document',
          about: flannelConfigMap,
          key: CNI_KEY,
          from: target.document,
          to: movedDocument(target),
        },
        {
          verb: 'set',
          about: flannelConfigMap,
          path: ['metadata', 'annotations', STORE_ANNOTATION],
          from: record,
          to: storeRecord(target, STORE),
        },
      ],
      warnings: [
        'host-local knows reserved addresses only from its store, and the new one starts empty: a Flannel pod that restarts beside running pods can give their addresses away again. Nothing is restarted here, and until every node is done nobody may restart or upgrade Flannel.',
        `It takes effect node by node, by hand: drain the node, delete its Flannel pod, remove /etc/cni/ and /var/lib/cni/ on it, reboot it, uncordon it. That is for ${count(target.nodes.length, 'node')}.`,
        'A node that joins, and a Flannel pod that dies by itself, take up the new store at once.',
      ],
    };
  },
  prove: inEffect,
});

function movedDocument({ document, parsed, pluginPath }: FlannelTarget): string {
  const type = text(at(parsed, ...pluginPath), 'ipam', 'type');
  if (type !== undefined && type !== 'host-local')
    throw refuse(`The Flannel plugin takes its addresses from "${type}", not from host-local.`);
  const withDir = setJsonProperty(document, {
    path: [...pluginPath, 'dataDir'],
    value: PLUGIN_DIR,
    after: 'delegate',
  });
  const hasIpam = at(parsed, ...pluginPath, 'ipam') !== undefined;
  const edit = hasIpam
    ? { path: [...pluginPath, 'ipam', 'dataDir'], value: STORE }
    : { path: [...pluginPath, 'ipam'], value: { type: 'host-local', dataDir: STORE }, after: 'dataDir' };
  const moved = withDir === undefined ? undefined : setJsonProperty(withDir, edit);
  if (moved === undefined) throw refuse(`${CNI_KEY} could not be edited without touching the rest of it.`);
  return moved;
}

/** By boot id: a node that has restarted since uses the new store. */
async function inEffect(reader: ClusterReader): Promise<Proof> {
  const target = await gatherFlannelTarget(reader);
  const waiting = nodesOnOldStore(target);
  if (waiting === undefined)
    return { state: 'unreadable', detail: 'The record of which boots used the old store is gone.' };
  const total = target.nodes.length;
  const detail = `In effect on ${total - waiting.length} of ${count(total, 'node')}, by their boot ids.`;
  return { state: waiting.length === 0 ? 'in-effect' : 'not-in-effect', detail };
}
