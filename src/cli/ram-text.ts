import type { CloudAction } from '../cloud/actions.js';
import { ramPolicyFor, trustPolicyFor } from '../cloud/ram-policy.js';
import { type FileConfig, loadFileConfig } from '../config/config.js';
import { isAcknetError } from '../errors.js';
import type { Runtime } from './runtime.js';

const PLACE = { clusterId: '<cluster id>', region: '<region>' };

/**
 * Both policies as JSON: `policy` for the RAM identity, `trust` for its role where it is taken by RRSA. Clusters of acknet.yaml
 * are named in them; without a file, and where only the account knows, stands a placeholder.
 */
export async function ramText(
  actions: readonly CloudAction[],
  { env }: Pick<Runtime, 'env'>,
): Promise<string> {
  const connected = await connectedClusters(env.ACKNET_CONFIG ?? 'acknet.yaml');
  const ids = connected.map(({ clusterId }) => clusterId);
  const home = connected[0] ?? PLACE;
  const printed = {
    policy: ramPolicyFor(actions, ids.length === 0 ? [PLACE.clusterId] : ids),
    trust: trustPolicyFor({
      accountId: '<account id>',
      clusterId: home.clusterId,
      region: home.region,
      namespace: 'acknet',
      serviceAccount: 'acknet',
    }),
  };
  return `${JSON.stringify(printed, null, 2)}\n`;
}

type Connected = Pick<NonNullable<FileConfig['clusters'][string]['cloud']>, 'clusterId' | 'region'>;

async function connectedClusters(file: string): Promise<readonly Connected[]> {
  try {
    const { clusters } = await loadFileConfig(file);
    return Object.values(clusters).flatMap(({ cloud }) => (cloud === undefined ? [] : [cloud]));
  } catch (error) {
    if (isAcknetError(error, 'config.invalid')) return [];
    throw error;
  }
}
