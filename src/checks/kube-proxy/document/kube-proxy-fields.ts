import { z } from 'zod';
import type { Version } from '../../../cluster/identity/versions.js';
import { goDuration } from '../go/go-duration.js';
import { holdsIn, type ReleaseSpan, readMinor } from '../validation/release-span.js';

/** One field of KubeProxyConfiguration v1alpha1, with the releases that have it. */
interface KubeProxyField extends ReleaseSpan {
  readonly schema: z.ZodType;
}
export type Fields = Readonly<Record<string, KubeProxyField>>;

const field = (schema: z.ZodType, span: ReleaseSpan = {}): KubeProxyField => ({
  schema: schema.nullish(),
  ...span,
});

const text = z.string({ error: 'must be a text' });
const flag = z.boolean({ error: 'must be true or false' });
const int32 = z
  .int({ error: 'must be a whole number' })
  .min(-2_147_483_648, { error: 'is too small' })
  .max(2_147_483_647, { error: 'is too large' });
const duration = z
  .string({
    error: ({ input }) =>
      typeof input === 'number' ? `needs a unit, as in ${input}s` : 'must be a duration such as 10s',
  })
  .superRefine((value, context) => {
    if (goDuration(value) !== undefined) return;
    const bare = /^\d+(\.\d+)?$/.test(value);
    const message = bare ? `needs a unit, as in ${value}s` : 'must be a duration such as 10s';
    context.addIssue({ code: 'custom', message });
  });
/** A text is a duration, a whole number nanoseconds. Source: k8s.io/component-base logs/api/v1/types.go. */
const timeOrDuration = z.union([z.int(), duration], {
  error: 'must be a duration such as 10s, or a whole number of nanoseconds',
});
const texts = z.array(text, { error: 'must be a list' });
const notAMap = { error: 'must be a section with fields below it' };

/** What stands under each section. Source: k8s.io/kube-proxy config/v1alpha1/types.go of each release. */
export const sections: Readonly<Record<string, Fields>> = {
  clientConnection: {
    kubeconfig: field(text),
    acceptContentTypes: field(text),
    contentType: field(text),
    qps: field(z.number({ error: 'must be a number' })),
    burst: field(int32),
  },
  conntrack: {
    max: field(int32, { until: 16, unread: 15 }),
    maxPerCore: field(int32),
    min: field(int32),
    tcpEstablishedTimeout: field(duration),
    tcpCloseWaitTimeout: field(duration),
    tcpBeLiberal: field(flag, { since: 29 }),
    udpTimeout: field(duration, { since: 29 }),
    udpStreamTimeout: field(duration, { since: 29 }),
  },
  iptables: {
    masqueradeBit: field(int32),
    masqueradeAll: field(flag),
    localhostNodePorts: field(flag, { since: 26 }),
    syncPeriod: field(duration),
    minSyncPeriod: field(duration),
  },
  ipvs: {
    syncPeriod: field(duration),
    minSyncPeriod: field(duration),
    scheduler: field(text),
    excludeCIDRs: field(texts),
    strictARP: field(flag, { since: 16, unread: 15 }),
    tcpTimeout: field(duration, { since: 18 }),
    tcpFinTimeout: field(duration, { since: 18 }),
    udpTimeout: field(duration, { since: 18 }),
  },
  nftables: {
    masqueradeBit: field(int32),
    masqueradeAll: field(flag),
    syncPeriod: field(duration),
    minSyncPeriod: field(duration),
  },
  winkernel: {
    networkName: field(text),
    sourceVip: field(text),
    enableDSR: field(flag),
    rootHnsEndpointName: field(text, { since: 24 }),
    forwardHealthCheckVip: field(flag, { since: 24 }),
  },
  detectLocal: { bridgeInterface: field(text), interfaceNamePrefix: field(text) },
  logging: {
    format: field(text),
    flushFrequency: field(timeOrDuration),
    verbosity: field(z.int({ error: 'must be a whole number' }).min(0, { error: 'must not be negative' })),
    vmodule: field(z.unknown()),
    options: field(z.unknown()),
  },
};

/** Sections that came later. */
export const sectionSpans: Readonly<Record<string, ReleaseSpan>> = {
  detectLocal: { since: 24 },
  logging: { since: 28 },
  nftables: { since: 29 },
};

/** Top-level fields that are no section. */
export const topFields: Fields = {
  apiVersion: field(text),
  kind: field(text),
  featureGates: field(z.record(z.string(), flag, notAMap)),
  hostnameOverride: field(text),
  bindAddress: field(text),
  healthzBindAddress: field(text),
  metricsBindAddress: field(text),
  bindAddressHardFail: field(flag, { since: 19 }),
  enableProfiling: field(flag),
  showHiddenMetricsForVersion: field(text, { since: 18 }),
  mode: field(text),
  detectLocalMode: field(text, { since: 18 }),
  clusterCIDR: field(text),
  nodePortAddresses: field(texts),
  oomScoreAdj: field(int32),
  configSyncPeriod: field(duration),
  portRange: field(text),
  resourceContainer: field(text, { until: 16, unread: 15 }),
  udpIdleTimeout: field(duration, { until: 26 }),
  windowsRunAsService: field(flag, { since: 31 }),
};

/** Whether a release reads the field; in a release that was not read, and where it is not known, it is taken to. */
export const isReadBy = (span: ReleaseSpan, version: Version | undefined): boolean =>
  holdsIn(span, readMinor(version)) !== 'no';

/** The configuration as kube-proxy of this release reads it; unknown keys are issues, null is as good as absent. */
export function kubeProxySchema(version: Version | undefined): z.ZodType {
  const known = (fields: Fields): Record<string, z.ZodType> =>
    Object.fromEntries(
      Object.entries(fields)
        .filter(([, entry]) => isReadBy(entry, version))
        .map(([name, { schema }]) => [name, schema]),
    );
  const nested = Object.entries(sections)
    .filter(([name]) => isReadBy(sectionSpans[name] ?? {}, version))
    .map(([name, fields]) => [name, z.strictObject(known(fields), notAMap).nullish()]);
  return z.strictObject({ ...known(topFields), ...Object.fromEntries(nested) });
}
