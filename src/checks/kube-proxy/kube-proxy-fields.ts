import { z } from 'zod';
import { isAtLeast, type Version } from '../../cluster/versions.js';
import { parseCidr } from '../cidr.js';
import { goDuration } from './go-duration.js';

/** One field of KubeProxyConfiguration v1alpha1; `since` and `until` (the first release without it) where they matter. */
export interface KubeProxyField {
  readonly schema: z.ZodType;
  readonly since?: string;
  readonly until?: string;
}
export type Fields = Readonly<Record<string, KubeProxyField>>;

const field = (schema: z.ZodType, since?: string, until?: string): KubeProxyField => ({
  schema: schema.nullish(),
  ...(since !== undefined && { since }),
  ...(until !== undefined && { until }),
});

const text = z.string({ error: 'must be a text' });
const flag = z.boolean({ error: 'must be true or false' });
const whole = z.int({ error: 'must be a whole number' });
const count = whole.min(0, { error: 'must not be negative' }).max(2_147_483_647, { error: 'is too large' });
const bit = whole.min(0, { error: 'must be 0 to 31' }).max(31, { error: 'must be 0 to 31' });
const oomScore = whole
  .min(-1000, { error: 'must be -1000 to 1000' })
  .max(1000, { error: 'must be -1000 to 1000' });
const duration = z
  .string({
    error: ({ input }) =>
      typeof input === 'number' ? `needs a unit, as in ${input}s` : 'must be a duration such as 10s',
  })
  .superRefine((value, context) => {
    const ms = goDuration(value);
    if (ms !== undefined && ms >= 0) return;
    const bare = /^\d+(\.\d+)?$/.test(value);
    const message = bare
      ? `needs a unit, as in ${value}s`
      : ms === undefined
        ? 'must be a duration such as 10s'
        : 'must not be negative';
    context.addIssue({ code: 'custom', message });
  });
const ranges = z.array(text, { error: 'must be a list' });
const clusterRanges = text.refine(
  (value) => value === '' || value.split(',').every((part) => parseCidr(part) !== undefined),
  { error: 'must be an address range, or an IPv4 and an IPv6 range with a comma between' },
);
const anything = z.unknown();

/** What stands under each section. Sources: k8s.io/kube-proxy config/v1alpha1/types.go; KubeProxyConfiguration reference. */
export const sections: Readonly<Record<string, Fields>> = {
  clientConnection: {
    kubeconfig: field(text),
    acceptContentTypes: field(text),
    contentType: field(text),
    qps: field(z.number({ error: 'must be a number' })),
    burst: field(count),
  },
  conntrack: {
    max: field(count, undefined, '1.13'),
    maxPerCore: field(count),
    min: field(count),
    tcpEstablishedTimeout: field(duration),
    tcpCloseWaitTimeout: field(duration),
    tcpBeLiberal: field(flag, '1.29'),
    udpTimeout: field(duration, '1.29'),
    udpStreamTimeout: field(duration, '1.29'),
  },
  iptables: {
    masqueradeBit: field(bit),
    masqueradeAll: field(flag),
    localhostNodePorts: field(flag, '1.26'),
    snatNodeInternalIP: field(flag),
    syncPeriod: field(duration),
    minSyncPeriod: field(duration),
  },
  ipvs: {
    syncPeriod: field(duration),
    minSyncPeriod: field(duration),
    scheduler: field(text),
    excludeCIDRs: field(ranges),
    strictARP: field(flag),
    tcpTimeout: field(duration, '1.18'),
    tcpFinTimeout: field(duration, '1.18'),
    udpTimeout: field(duration, '1.18'),
  },
  nftables: {
    masqueradeBit: field(bit),
    masqueradeAll: field(flag),
    syncPeriod: field(duration),
    minSyncPeriod: field(duration),
  },
  winkernel: {
    networkName: field(text),
    sourceVip: field(text),
    enableDSR: field(flag),
    rootHnsEndpointName: field(text),
    forwardHealthCheckVip: field(flag),
  },
  detectLocal: { bridgeInterface: field(text), interfaceNamePrefix: field(text) },
};

const notAMap = { error: 'must be a section with fields below it' };

/** Top-level fields that are no section. */
export const topFields: Fields = {
  apiVersion: field(text),
  kind: field(text),
  featureGates: field(z.record(z.string(), flag, notAMap)),
  logging: field(anything),
  hostnameOverride: field(text),
  bindAddress: field(text),
  healthzBindAddress: field(text),
  metricsBindAddress: field(text),
  bindAddressHardFail: field(flag),
  enableProfiling: field(flag),
  showHiddenMetricsForVersion: field(text),
  mode: field(text),
  detectLocalMode: field(text),
  clusterCIDR: field(clusterRanges),
  nodePortAddresses: field(ranges),
  oomScoreAdj: field(oomScore),
  configSyncPeriod: field(duration),
  portRange: field(text),
  resourceContainer: field(text, undefined, '1.16'),
  udpIdleTimeout: field(duration, undefined, '1.26'),
  windowsRunAsService: field(flag),
};

/** Sections that came later. */
export const sectionSince: Readonly<Record<string, string>> = { nftables: '1.29' };

/** Whether a release has the field; an unknown release has them all. */
export function isKnownTo(
  { since, until }: Pick<KubeProxyField, 'since' | 'until'>,
  version: Version | undefined,
): boolean {
  if (version === undefined) return true;
  return (
    (since === undefined || isAtLeast(version, since)) && (until === undefined || !isAtLeast(version, until))
  );
}

/** The configuration as kube-proxy of this release reads it; unknown keys are issues, null is as good as absent. */
export function kubeProxySchema(version: Version | undefined): z.ZodType {
  const known = (fields: Fields): Record<string, z.ZodType> =>
    Object.fromEntries(
      Object.entries(fields)
        .filter(([, entry]) => isKnownTo(entry, version))
        .map(([name, { schema }]) => [name, schema]),
    );
  const nested = Object.entries(sections)
    .filter(([name]) => {
      const since = sectionSince[name];
      return since === undefined || isKnownTo({ since }, version);
    })
    .map(([name, fields]) => [name, z.strictObject(known(fields), notAMap).nullish()]);
  return z.strictObject({ ...known(topFields), ...Object.fromEntries(nested) });
}
