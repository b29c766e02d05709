import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadScenario } from '../../sandbox/cluster/scenario.js';
import {
  type ClusterSimulator,
  startClusterSimulator,
} from '../../sandbox/cluster/start-cluster-simulator.js';
import { createClusters } from '../../src/cluster/kube/connecting/create-clusters.js';
import type { ClusterAccess, RbacRule } from '../../src/cluster/ports.js';
import { patience } from './patience.js';

export interface SimulatedCluster {
  readonly simulator: ClusterSimulator;
  readonly access: ClusterAccess;
  readonly kubeconfigs: { readonly reader: string; readonly fixer: string; readonly admin: string };
  close(): Promise<void>;
}

export interface SimulationOptions {
  readonly reads?: readonly RbacRule[];
  readonly writes?: readonly RbacRule[];
  readonly requestTimeoutMs?: number;
  readonly pageSize?: number;
  readonly bare?: boolean;
}

/** A simulated API server and the real client on it, with kubeconfig files in a temporary folder. */
export async function startSimulatedCluster(
  scenario: string,
  options: SimulationOptions = {},
): Promise<SimulatedCluster> {
  const simulator = await startClusterSimulator({
    scenario: await loadScenario(scenario),
    name: 'cluster-x',
    now: () => new Date(),
    nextId: randomUUID,
    bare: options.bare ?? false,
  });
  simulator.grant('reader', options.reads ?? []);
  simulator.grant('fixer', options.writes ?? []);

  const folder = await mkdtemp(path.join(tmpdir(), 'acknet-kube-'));
  const file = async (role: 'reader' | 'fixer' | 'admin'): Promise<string> => {
    const name = path.join(folder, `${role}.yaml`);
    await writeFile(name, simulator.kubeconfig(role));
    return name;
  };
  const kubeconfigs = {
    reader: await file('reader'),
    fixer: await file('fixer'),
    admin: await file('admin'),
  };
  const clusters = createClusters(
    { 'cluster-x': { kubeconfig: kubeconfigs.reader, fixer: { kubeconfig: kubeconfigs.fixer } } },
    {
      requestTimeoutMs: options.requestTimeoutMs ?? patience(1000),
      pageSize: options.pageSize ?? 500,
      retries: 1,
    },
  );
  return {
    simulator,
    access: clusters.get('cluster-x'),
    kubeconfigs,
    close: async () => {
      await clusters.close();
      await simulator.close();
      await rm(folder, { recursive: true });
    },
  };
}
