import { goCidr } from '../go/go-address.js';
import type { EffectiveConfig } from './effective-config.js';
import { type Breach, invalid, listText, quoted, type ValueRule } from './value-rule.js';

const FRAME = 'failed validate: KubeProxyConfiguration.';
const DUAL = '(e.g. 10.100.0.0/16,fde4:8dba:82e1::/48)';
const NOT_A_RANGE =
  'must be an address range, or an IPv4 and an IPv6 range with a comma between and no blank';
const TOO_MANY = 'may hold one IPv4 and one IPv6 range, no more';

const rangesOf = (config: EffectiveConfig): readonly string[] => config.text('clusterCIDR').split(',');
const isPair = (ranges: readonly string[]): boolean =>
  ranges.length === 2 &&
  ranges.every((range) => goCidr(range) !== undefined) &&
  goCidr(ranges[0] ?? '') !== goCidr(ranges[1] ?? '');

/** Whether this release takes two ranges: by the file's own gate in 1.16 and 1.17, by the gate in effect up to 1.22. */
function takesTwo(config: EffectiveConfig): boolean {
  const { minor, gates } = config;
  if (minor === undefined || minor >= 23) return true;
  return minor < 18 ? minor >= 16 && gates.IPv6DualStack === true : config.isOn('IPv6DualStack') === true;
}

function singleExample(minor: number | undefined): string {
  if (minor === 14) return '(e.g. 10.100.0.0/16)';
  return minor !== undefined && minor < 18
    ? '(e.g. 10.100.0.0/16 or FD02::0:0:0/96)'
    : '(e.g. 10.100.0.0/16 or fde4:8dba:82e1::/48)';
}

/** Up to 1.30: one text, and how many ranges it may hold is a matter of the release and of its gate. */
function textBreach(config: EffectiveConfig): Breach | undefined {
  const value = config.text('clusterCIDR');
  const ranges = rangesOf(config);
  if (value === '' || (ranges.length === 1 && goCidr(value) !== undefined)) return undefined;
  const says = (text: string): string => invalid(quoted(value), text);
  if (ranges.length === 1)
    return { plain: NOT_A_RANGE, says: says(`must be a valid CIDR block ${singleExample(config.minor)}`) };
  if (takesTwo(config)) {
    if (isPair(ranges)) return undefined;
    const many = ranges.length > 2;
    const text = many
      ? `only one CIDR allowed or a valid DualStack CIDR ${DUAL}`
      : `must be a valid DualStack CIDR ${DUAL}`;
    return { plain: plainOf(ranges), says: says(text) };
  }
  const plain = 'may hold one range only in this release, unless the gate IPv6DualStack is on';
  const known = config.minor !== undefined && config.minor >= 18;
  return known ? { plain, says: says(`only one CIDR allowed ${singleExample(config.minor)}`) } : { plain };
}

/** From 1.31 on: a list, looked at only where clusterCIDR is what tells local traffic. */
function listBreach(config: EffectiveConfig): Breach | undefined {
  const ranges = rangesOf(config);
  const bad = ranges.findIndex((range) => goCidr(range) === undefined);
  if (config.text('clusterCIDR') === '' || (bad === -1 && (ranges.length === 1 || isPair(ranges))))
    return undefined;
  if (ranges.length <= 2 && bad !== -1)
    return {
      plain: plainOf(ranges),
      at: `[${bad}]`,
      says: invalid(
        quoted(ranges[bad] ?? ''),
        'must be a valid CIDR block (e.g. 10.100.0.0/16 or fde4:8dba:82e1::/48)',
      ),
    };
  const text =
    'must be a either a single CIDR or dual-stack pair of CIDRs (e.g. [10.100.0.0/16, fde4:8dba:82e1::/48]';
  return { plain: plainOf(ranges), says: invalid(listText(ranges, config), text) };
}

const plainOf = (ranges: readonly string[]): string =>
  ranges.every((range) => goCidr(range) !== undefined) ? TOO_MANY : NOT_A_RANGE;

/** What is refused in a release that was not read is what both forms refuse. */
const isText = ({ minor }: EffectiveConfig): boolean => minor !== undefined && minor < 31;
const isByClusterRange = (config: EffectiveConfig): boolean =>
  ['', 'ClusterCIDR'].includes(config.text('detectLocalMode'));

/** Source: pkg/proxy/apis/config/validation/validation.go; 1.31 and later: v1alpha1/conversion.go too. */
export const clusterRangeRules: readonly ValueRule[] = [
  {
    field: 'clusterCIDR',
    path: (minor) => `${FRAME}${minor >= 31 ? 'DetectLocalConfiguration.ClusterCIDRs' : 'ClusterCIDR'}`,
    when: (config) => isText(config) || isByClusterRange(config),
    breach: (config) => (isText(config) ? textBreach(config) : listBreach(config)),
  },
];
