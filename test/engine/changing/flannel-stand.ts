import type { JsonObject } from '../../../src/cluster/ports.js';
import type { Proposal } from '../../../src/proposals/proposal.js';
import { addFlannelCniVersion } from '../../../src/remediations/flannel/add-flannel-cni-version.js';
import { type ApplyStand, openApplyStand } from '../../support/apply-stand.js';
import { fixReads } from '../../support/plan-reads.js';
import { type SimulatedCluster, startSimulatedCluster } from '../../support/start-simulated-cluster.js';

export const about = { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-flannel-cfg' } as const;
export const finding = {
  id: 'flannel-cni-version.missing',
  check: 'flannel-cni-version',
  message: 'no cniVersion',
  about,
};
export const nodeNames = [1, 3, 4, 2, 5].map((n) => `cn-hangzhou.192.168.0.8${n}`);

/** The cluster of the first story, with what its fix needs granted. */
export interface FlannelStand extends ApplyStand {
  readonly cluster: SimulatedCluster;
  draftFix(): ReturnType<ApplyStand['draft']>;
  approvedFix(): Promise<Proposal>;
  /** Someone else's hand: replaces part of an object behind acknet's back. */
  meddle(kind: string, name: string, change: (object: JsonObject) => JsonObject): void;
  /** Writes of the fixer that took effect. */
  writes(): readonly string[];
  closeAll(): Promise<void>;
}

export async function openFlannelStand(): Promise<FlannelStand> {
  const cluster = await startSimulatedCluster('flannel-broken', {
    reads: fixReads(addFlannelCniVersion),
    writes: addFlannelCniVersion.writes,
  });
  const stand = openApplyStand(cluster.access);
  const { simulator } = cluster;
  const draftFix = () => stand.draft(addFlannelCniVersion, { finding });
  return {
    ...stand,
    cluster,
    draftFix,
    approvedFix: async () => stand.approved(await draftFix()),
    meddle: (kind, name, change) => {
      const of = simulator.kind(kind);
      simulator.store.replace(
        of,
        change(simulator.store.get(of, of.namespaced ? 'kube-system' : undefined, name)),
        {
          manager: 'kubectl-edit',
        },
      );
    },
    writes: () =>
      simulator.writes
        .filter(({ user, dryRun, verb }) => user.endsWith(':fixer') && !dryRun && verb !== 'get')
        .map(({ verb, path }) => `${verb} ${path}`),
    closeAll: async () => {
      await stand.close();
      await cluster.close();
    },
  };
}

export const withData =
  (data: Record<string, string>) =>
  (object: JsonObject): JsonObject => ({ ...object, data: { ...(object.data as JsonObject), ...data } });
