import { goAddress, goCidr, goPort, splitHostPort } from '../go/go-address.js';
import type { EffectiveConfig } from './effective-config.js';
import { type Breach, invalid, listText, quoted, type ValueRule, validated } from './value-rule.js';

const bindRule = (field: string, name: string, port: number): ValueRule => ({
  field,
  path: validated(name),
  breach: (config) => hostPortBreach(withPort(config.text(field), port, config)),
});

/** An address alone gets its port: in 1.14 a text without colon, from 1.16 on whatever is an IP. */
function withPort(value: string, port: number, { minor }: EffectiveConfig): string {
  const family = goAddress(value);
  if (minor === 14) return value === '' || value.includes(':') ? value : `${value}:${port}`;
  if (family === undefined) return value;
  return family === 6 ? `[${value}]:${port}` : `${value}:${port}`;
}

/** An empty one is replaced by its default. */
function hostPortBreach(value: string): Breach | undefined {
  if (value === '') return undefined;
  const parts = splitHostPort(value);
  if (parts === undefined)
    return {
      plain: 'must be IP:port, an IPv6 address in brackets',
      says: invalid(quoted(value), 'must be IP:port'),
    };
  if (goAddress(parts.host) === undefined)
    return {
      plain: `must begin with an IP address, and ${quoted(parts.host)} is none`,
      says: invalid(quoted(parts.host), 'must be a valid IP'),
    };
  if (goPort(parts.port) === undefined)
    return {
      plain: `must end with a port from 1 to 65535, and ${quoted(parts.port)} is none`,
      says: invalid(quoted(parts.port), 'must be a valid port'),
    };
  return undefined;
}

/** 1.14 refuses an IPv6 address without a port and 1.16 adds the port: what 1.15 does is not known. */
const bareIPv6 = (field: string, name: string): ValueRule => ({
  field,
  path: validated(name),
  since: 16,
  until: 16,
  unread: 15,
  breach: (config) => (goAddress(config.text(field)) === 6 ? { plain: 'has no port' } : undefined),
});

function firstBad(values: readonly string[], isGood: (value: string) => boolean): number | undefined {
  const index = values.findIndex((value) => !isGood(value));
  return index === -1 ? undefined : index;
}

/** By 1.20 the entry is named; before, the whole list is. */
function cidrBreach(values: readonly string[], config: EffectiveConfig, isGood: (value: string) => boolean) {
  const index = firstBad(values, isGood);
  if (index === undefined) return undefined;
  const bad = values[index] ?? '';
  const named = config.minor === undefined || config.minor >= 20;
  return {
    plain: `must hold address ranges (CIDR), and ${quoted(bad.slice(0, 60))} is none`,
    at: named ? `[${index}]` : undefined,
    says: named
      ? invalid(quoted(bad), 'must be a valid CIDR')
      : invalid(listText(values, config), 'must be a valid IP block'),
  };
}

const PRIMARY = 'primary';
const isCidr = (value: string): boolean => goCidr(value) !== undefined;

/** From 1.31 on `primary` may stand alone. */
function nodePortBreach(config: EffectiveConfig): Breach | undefined {
  const values = config.list('nodePortAddresses');
  if (config.minor === undefined || config.minor < 31) return cidrBreach(values, config, isCidr);
  const index = values.indexOf(PRIMARY);
  if (index === -1 || values.length === 1)
    return index === -1 ? cidrBreach(values, config, isCidr) : undefined;
  return {
    plain: 'must hold “primary” alone or address ranges, not both',
    at: `[${index}]`,
    says: invalid(quoted(PRIMARY), "can't use both 'primary' and CIDRs"),
  };
}

/** Addresses and lists of ranges. Source: pkg/proxy/apis/config/validation/validation.go; defaults: v1alpha1/defaults.go. */
export const addressRules: readonly ValueRule[] = [
  {
    field: 'bindAddress',
    path: validated('BindAddress'),
    breach: (config) => {
      const value = config.text('bindAddress');
      return value === '' || goAddress(value) !== undefined
        ? undefined
        : {
            plain: 'must be an IP address, without a port',
            says: invalid(quoted(value), 'not a valid textual representation of an IP address'),
          };
    },
  },
  bindRule('healthzBindAddress', 'HealthzBindAddress', 10_256),
  bindRule('metricsBindAddress', 'MetricsBindAddress', 10_249),
  bareIPv6('healthzBindAddress', 'HealthzBindAddress'),
  bareIPv6('metricsBindAddress', 'MetricsBindAddress'),
  {
    field: 'ipvs.excludeCIDRs',
    path: validated('KubeProxyIPVSConfiguration.ExcludeCidrs'),
    when: ({ mode }) => mode === 'ipvs',
    breach: (config) => cidrBreach(config.list('ipvs.excludeCIDRs'), config, isCidr),
  },
  { field: 'nodePortAddresses', path: validated('NodePortAddresses'), breach: nodePortBreach },
];
