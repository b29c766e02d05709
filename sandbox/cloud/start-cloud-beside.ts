import { isObject } from '../../src/cluster/fields.js';
import type { Scenario } from '../cluster/scenario.js';
import type { CloudScenario } from '../cluster/scenario-schema/cloud-schema.js';
import type { ClusterSimulator } from '../cluster/start-cluster-simulator.js';
import { type CloudSimulator, startCloudSimulator } from './start-cloud-simulator.js';
import type { CloudKey } from './verify-signature.js';

export interface CloudBeside {
  readonly scenario: Scenario & { readonly cloud: CloudScenario };
  readonly key: CloudKey;
  readonly now: () => Date;
}

export const livesInCloud = (scenario: Scenario): scenario is CloudBeside['scenario'] =>
  scenario.cloud !== undefined;

/** The account of a simulated cluster: both sides tell of the same nodes, pods and ENIs, whatever happens to them. */
export const startCloudBeside = (
  cluster: Pick<ClusterSimulator, 'store' | 'kind'>,
  { scenario, key, now }: CloudBeside,
): Promise<CloudSimulator> =>
  startCloudSimulator({
    scenario,
    key,
    now,
    objects: (kind, group) =>
      group !== undefined && !scenario.crds.includes(group)
        ? []
        : cluster.store.all(cluster.kind(kind, group)).filter(isObject),
  });

/** What `cloud:` of a configuration says, so that the real client finds it. */
export const cloudConfigOf = ({ clusterId, region }: Scenario, { url }: Pick<CloudSimulator, 'url'>) => ({
  clusterId,
  region,
  endpoints: { cs: url, vpc: url, ecs: url, sts: url },
});
