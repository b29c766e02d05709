import { z } from 'zod';
import { object, text } from '../../cluster/fields.js';
import { parseJsonObject } from '../../cluster/parse-json.js';
import { count, form } from '../../texts/count.js';
import { refuse } from '../refuse.js';
import type { FlannelTarget } from './flannel-target.js';

/** Where host-local keeps addresses when the config does not say. */
const DEFAULT_STORE = '/var/lib/cni/networks';
/** Written with a move of the store: which boot of each node still used the old one. */
export const STORE_ANNOTATION = 'acknet.dev/flannel-store-moved';

export const storeOf = ({ config }: Pick<FlannelTarget, 'config'>): string =>
  config.ipamDataDir ?? DEFAULT_STORE;

/** First part of a boot id: enough to see that it changed, and short for clusters of some hundred nodes. */
const bootMark = (bootID: string): string => bootID.slice(0, 8);

export const storeRecord = (target: FlannelTarget, to: string): string =>
  JSON.stringify({
    to,
    boots: Object.fromEntries(target.nodes.map(({ name, bootID }) => [name, bootMark(bootID)])),
  });

/** Nodes that have not restarted since the store was moved; undefined = no such record for the present store. */
export function nodesOnOldStore(target: FlannelTarget): readonly string[] | undefined {
  const record = parseJsonObject(target.configMap.annotations[STORE_ANNOTATION] ?? '');
  if (record === undefined || text(record, 'to') !== storeOf(target)) return undefined;
  const boots = object(record, 'boots');
  return target.nodes
    .filter(({ name, bootID }) => typeof boots[name] === 'string' && boots[name] === bootMark(bootID))
    .map(({ name }) => name);
}

/** What every fix that restarts Flannel may be told. */
export const storeParams = z.strictObject({
  /** Someone compared ipam.dataDir on a node with the config, and they are the same. */
  storeUnchanged: z.boolean().default(false).meta({ typedOnly: true }),
});

interface Vouching {
  readonly storeUnchanged: boolean;
  /** The command that was given, to be given again with that. */
  readonly again: string;
}

/** Whatever keeps a Flannel pod that restarts from coming back well. */
export function refuseUnfitRestart(target: FlannelTarget, vouching: Vouching): void {
  const network = target.configMap.data['net-conf.json'];
  if (network !== undefined && parseJsonObject(network) === undefined)
    throw refuse(
      'net-conf.json in ConfigMap kube-system/kube-flannel-cfg is not a JSON object: a Flannel pod that restarts could not start.',
      'Repair the JSON first; the running pods still use the one they started with.',
    );
  refuseMovedStore(target, vouching);
}

/**
 * A Flannel pod that restarts takes up the store the config names; where that is not the one its node uses, the new
 * store is empty, and pods can get addresses that running pods have.
 */
function refuseMovedStore(target: FlannelTarget, { storeUnchanged, again }: Vouching): void {
  const waiting = nodesOnOldStore(target);
  const store = storeOf(target);
  if (waiting && waiting.length > 0)
    throw refuse(
      `The address store was moved to ${store}, and ${waiting.length} of ${count(target.nodes.length, 'node')} still ${form(waiting.length, 'uses', 'use')} the old one: ${waiting.join(', ')}. Restarting Flannel there could give addresses of running pods away again.`,
      'Drain, clean and reboot these nodes one by one first; /acknet explain flannel-no-ip-available says how.',
    );
  if (waiting || storeUnchanged || store === DEFAULT_STORE) return;
  const written = target.dated ? Date.parse(target.configMap.writtenAt ?? '') : Number.NaN;
  const older = target.pods.filter(({ startedAt }) => !(Date.parse(startedAt ?? '') >= written));
  if (older.length === 0) return;
  throw refuse(
    `The config names the address store ${store} and ${target.dated ? 'was' : 'may have been'} changed after ${older.length} of ${count(target.pods.length, 'Flannel pod')} started. Whether it was the store that changed is not visible here; if it was, restarting Flannel could give addresses of running pods away again.`,
    `Compare ipam.dataDir in /etc/cni/net.d/10-flannel.conf* on a node. If it says ${store} there: ${again} storeUnchanged=true`,
  );
}
