import { number, text } from '../../../cluster/fields.js';
import type { JsonObject } from '../../../cluster/ports.js';
import type { Version } from '../../../cluster/identity/versions.js';
import { goDuration } from '../go/go-duration.js';
import { setGates } from '../validation/effective-config.js';
import { parseKubeProxyDocument } from './kube-proxy-document.js';
import type { KubeProxyFault } from './kube-proxy-fault.js';
import { documentFaults } from './kube-proxy-faults.js';

/** The settings of `config.conf` that checks and fixes are about; what is missing or of a wrong type is absent. */
export interface KubeProxySettings {
  /** Empty and absent mean iptables. */
  readonly mode: string;
  /** Absent = `rr`. */
  readonly scheduler: string | undefined;
  /** Absent, and 0, leave the kernel's 300 s. */
  readonly udpTimeoutMs: number | undefined;
  readonly maxPerCore: number | undefined;
  readonly min: number | undefined;
  readonly clusterCIDR: string | undefined;
  readonly featureGates: Readonly<Record<string, boolean>>;
}

export interface KubeProxyConfig {
  /** undefined = not readable as a KubeProxyConfiguration at all. */
  readonly settings: KubeProxySettings | undefined;
  readonly faults: readonly KubeProxyFault[];
}

/** The fault that keeps a setting from being read: its own value's, or that of a section above it. */
export const brokenValue = ({ faults }: KubeProxyConfig, path: string): KubeProxyFault | undefined =>
  faults.find(
    (fault) => fault.kind === 'value' && (path === fault.path || path.startsWith(`${fault.path}.`)),
  );

/** Upstream defaults where the file says nothing. Source: kube-proxy v1alpha1 defaults. */
export const DEFAULT_MAX_PER_CORE = 32_768;
export const DEFAULT_MIN = 131_072;

/** nf_conntrack_max that kube-proxy sets on a node with so many cores; undefined = it leaves the kernel's value. */
export function conntrackMaximum(
  { maxPerCore, min }: Pick<KubeProxySettings, 'maxPerCore' | 'min'>,
  cores: number,
): number | undefined {
  const perCore = maxPerCore ?? DEFAULT_MAX_PER_CORE;
  return perCore === 0 ? undefined : Math.max(perCore * cores, min ?? DEFAULT_MIN);
}

/** Reads `config.conf` as kube-proxy of `version` does (YAML 1.1, unknown fields ignored). Never throws. */
export function readKubeProxyConfig(source: string, version: Version | undefined): KubeProxyConfig {
  const parsed = parseKubeProxyDocument(source);
  if (!('root' in parsed)) return { settings: undefined, faults: [parsed] };
  const faults = documentFaults(parsed, version);
  const readable = faults.every(({ kind }) => kind !== 'unreadable');
  return { settings: readable ? settingsOf(parsed.root) : undefined, faults };
}

const NANOSECONDS_A_MS = 1e6;

function settingsOf(root: JsonObject): KubeProxySettings {
  const udpTimeout = goDuration(text(root, 'ipvs', 'udpTimeout') ?? '');
  return {
    mode: text(root, 'mode') || 'iptables',
    scheduler: text(root, 'ipvs', 'scheduler') || undefined,
    udpTimeoutMs: udpTimeout === undefined ? undefined : Number(udpTimeout) / NANOSECONDS_A_MS,
    maxPerCore: number(root, 'conntrack', 'maxPerCore'),
    min: number(root, 'conntrack', 'min'),
    clusterCIDR: text(root, 'clusterCIDR'),
    featureGates: setGates(root),
  };
}
