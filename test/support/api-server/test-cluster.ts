import type { ClusterAccess, RbacRule } from '../../../src/cluster/ports.js';
import type { Admin } from './admin.js';

/** A cluster that shows one scenario, on the simulated API server or on a real one. */
export interface TestCluster {
  /** With accounts that may do what the test granted, and nothing else. */
  readonly access: ClusterAccess;
  readonly admin: Admin;
  /** Whether the logs of pods can be read there. */
  readonly logs: boolean;
  /** Replaces what the reader may do. */
  grantReader(rules: readonly RbacRule[]): Promise<void>;
  close(): Promise<void>;
}

export interface TestClusterOptions {
  readonly reads: readonly RbacRule[];
  readonly writes: readonly RbacRule[];
  readonly pageSize?: number;
}
