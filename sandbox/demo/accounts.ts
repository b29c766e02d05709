import type { z } from 'zod';
import type { cloudSchema } from '../cluster/scenario-schema/cloud-schema.js';

/** What Kubernetes does not show of the demo's clusters, by scenario; where nothing is said, all is well. */
export const accounts: Readonly<Record<string, z.input<typeof cloudSchema>>> = {
  'terway-exhausted': {
    free: { 'vsw-bp1d8f1h4j7l0n3p6r9t2': 0 },
    vSwitches: [
      { id: 'vsw-bp1s0p1a2r3e4z5o6n7e8i', zone: 'cn-hangzhou-i', cidr: '10.0.49.0/24', free: 251 },
      { id: 'vsw-bp1s0p1a2r3e4z5o6n7e8k', zone: 'cn-hangzhou-k', cidr: '10.0.50.0/24', free: 120 },
    ],
    natGateways: [{ id: 'ngw-bp1n0a1t2g3a4t5e6w7a8', snat: [{ cidr: '10.0.40.0/22' }] }],
    interfaces: [{ id: 'eni-bp1l0e1a2k3e4d5o6n7e8', vSwitch: 'vsw-bp1a4c7e9g2i5k8m1o3q6' }],
  },
};
