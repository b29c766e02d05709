import type { JsonObject } from '../../../src/cluster/ports.js';
import { isAtLeast, parseVersion } from '../../../src/cluster/identity/versions.js';
import { relativeTime } from '../relative-time.js';
import type { Scenario } from '../scenario.js';

/** The API server makes it of its own flag; here that is what the cluster profile names. Further ones are `objects`. */
export function defaultServiceCidr({ kubernetes, configMaps }: Scenario, now: Date): readonly JsonObject[] {
  const version = parseVersion(kubernetes);
  const range = configMaps.find(({ name }) => name === 'ack-cluster-profile')?.data.serviceCIDR;
  if (version === undefined || !isAtLeast(version, '1.33') || range === undefined) return [];
  const ready = { type: 'Ready', status: 'True', reason: '', message: 'Kubernetes Service CIDR is ready' };
  return [
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'ServiceCIDR',
      metadata: { name: 'kubernetes', creationTimestamp: relativeTime('-300d', now) },
      spec: { cidrs: range.split(',').map((cidr) => cidr.trim()) },
      status: { conditions: [{ ...ready, lastTransitionTime: relativeTime('-300d', now) }] },
    },
  ];
}
