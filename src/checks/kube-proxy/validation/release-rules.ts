import type { EffectiveConfig } from './effective-config.js';
import { type Breach, invalid, quoted, type ValueRule, validated } from './value-rule.js';

const HIGHEST_PORT = 65_535;
const RANGE = /^\d{1,5}(?:[-+]\d{1,5})?$/;

function portRangeBreach(config: EffectiveConfig): Breach | undefined {
  const value = config.text('portRange').trim();
  const [low = 0, high = 0] = value.split(/[-+]/).map(Number);
  const fits = low <= HIGHEST_PORT && (!value.includes('-') || (high <= HIGHEST_PORT && low <= high));
  if (value === '' || (RANGE.test(value) && fits)) return undefined;
  return {
    plain: 'must be a port or a range of ports such as 300-2000',
    says: invalid(quoted(config.text('portRange')), 'must be a valid port range (e.g. 300-2000)'),
  };
}

function hiddenMetricsBreach(config: EffectiveConfig): Breach | undefined {
  const value = config.text('showHiddenMetricsForVersion');
  const { minor } = config;
  if (value === '' || minor === undefined || value === `1.${minor - 1}`) return undefined;
  const only = `must be omitted or have the value '1.${minor - 1}'`;
  const says =
    minor < 36
      ? `--show-hidden-metrics-for-version ${only}. Only the previous minor version is allowed`
      : undefined;
  return {
    plain: `must be 1.${minor - 1}, the release before, or absent`,
    says: says && invalid(quoted(value), says),
  };
}

/** Rules about what came or went with a release. Source: pkg/proxy/apis/config/validation/validation.go. */
export const releaseRules: readonly ValueRule[] = [
  { field: 'portRange', path: validated('PortRange'), until: 31, breach: portRangeBreach },
  {
    field: 'showHiddenMetricsForVersion',
    path: validated('ShowHiddenMetricsForVersion'),
    since: 18,
    breach: hiddenMetricsBreach,
  },
  {
    field: 'featureGates.IPv6DualStack',
    path: validated('FeatureGates'),
    since: 20,
    until: 21,
    unread: 19,
    breach: (config) =>
      config.isOn('IPv6DualStack') === true && config.isOn('EndpointSlice') === false
        ? { plain: 'needs the gate EndpointSlice, which is off' }
        : undefined,
  },
];
