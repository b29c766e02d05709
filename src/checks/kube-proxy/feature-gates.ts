import { formatVersion, isAtLeast, type Version } from '../../cluster/versions.js';

/**
 * Feature gates that people set for kube-proxy: the first release that knows each, and the first that does not any more
 * (undefined = still known). Source: Kubernetes reference "Feature Gates" and "Feature Gates (removed)".
 */
const gates: Readonly<Record<string, readonly [string, string | undefined]>> = {
  AllAlpha: ['1.8', undefined],
  AllBeta: ['1.8', undefined],
  EndpointSlice: ['1.16', '1.25'],
  EndpointSliceNodeName: ['1.20', '1.25'],
  EndpointSliceProxying: ['1.18', '1.25'],
  ExternalPolicyForExternalIP: ['1.18', '1.23'],
  IPv6DualStack: ['1.15', '1.25'],
  KubeProxyDrainingTerminatingNodes: ['1.28', '1.33'],
  LoadBalancerIPMode: ['1.29', '1.35'],
  MinimizeIPTablesRestore: ['1.26', '1.30'],
  MixedProtocolLBService: ['1.20', '1.28'],
  NFTablesProxyMode: ['1.29', undefined],
  ProxyTerminatingEndpoints: ['1.22', '1.30'],
  SCTPSupport: ['1.12', '1.23'],
  ServiceInternalTrafficPolicy: ['1.21', '1.28'],
  ServiceTopology: ['1.17', '1.23'],
  ServiceTrafficDistribution: ['1.30', undefined],
  SupportIPVSProxyMode: ['1.8', '1.21'],
  TopologyAwareHints: ['1.21', undefined],
};

export interface GateFault {
  /** `refused` = this release does not know the gate and exits; `unfamiliar` = acknet cannot say. */
  readonly kind: 'refused' | 'unfamiliar';
  readonly detail: string;
}

/** What is wrong with setting this gate; undefined = nothing. */
export function gateFault(name: string, version: Version | undefined): GateFault | undefined {
  const known = Object.hasOwn(gates, name) ? gates[name] : undefined;
  if (known === undefined) return { kind: 'unfamiliar', detail: 'is not known to acknet' };
  if (version === undefined) return undefined;
  const [since, until] = known;
  if (until !== undefined && isAtLeast(version, until))
    return { kind: 'refused', detail: `was removed in Kubernetes ${until}` };
  if (!isAtLeast(version, since))
    return { kind: 'refused', detail: `exists from ${since} on, this is ${formatVersion(version)}` };
  return undefined;
}
