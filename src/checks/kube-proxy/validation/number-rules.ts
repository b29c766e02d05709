import { goDurationText } from '../go/go-duration-text.js';
import type { EffectiveConfig } from './effective-config.js';
import { invalid, quoted, type ValueRule, validated, validatedLinux } from './value-rule.js';

type Rest = Omit<ValueRule, 'field' | 'breach'>;

/** A duration in kube-proxy's words: bare up to 1.33, as JSON from 1.34 on. */
export const durationText = (value: bigint, { minor }: EffectiveConfig): string =>
  minor === undefined || minor < 34 ? goDurationText(value) : quoted(goDurationText(value));

const wholeNotNegative = (field: string, rest: Rest): ValueRule => ({
  field,
  ...rest,
  breach: (config) => {
    const value = config.int(field);
    return value === undefined || value >= 0
      ? undefined
      : { plain: 'must not be negative', says: invalid(String(value), 'must be greater than or equal to 0') };
  },
});

const within = (field: string, [from, to]: readonly [number, number], rest: Rest): ValueRule => ({
  field,
  ...rest,
  breach: (config) => {
    const value = config.int(field);
    return value === undefined || (value >= from && value <= to)
      ? undefined
      : {
          plain: `must be ${from} to ${to}`,
          says: invalid(String(value), `must be within the range [${from}, ${to}]`),
        };
  },
});

/** A negative time is refused, in the words of the field. */
const time =
  (plain: string, says: string) =>
  (field: string, rest: Rest): ValueRule => ({
    field,
    ...rest,
    breach: (config) => {
      const value = config.duration(field);
      return value >= 0n ? undefined : { plain, says: invalid(durationText(value, config), says) };
    },
  });

export const timeNotNegative = time('must not be negative', 'must be greater than or equal to 0');

/** An empty one is replaced by its default, so only a negative one is left to refuse. */
export const timeAboveZero = time('must be more than 0', 'must be greater than 0');

const inIpvs = ({ mode }: EffectiveConfig): boolean => mode === 'ipvs';
const inNftables = ({ mode }: EffectiveConfig): boolean => mode === 'nftables';
const CONNTRACK = 'KubeProxyConntrackConfiguration';

/** Numbers and single durations. Source: pkg/proxy/apis/config/validation/validation.go. */
export const numberRules: readonly ValueRule[] = [
  within('iptables.masqueradeBit', [0, 31], {
    path: validated('KubeProxyIPTablesConfiguration.MasqueradeBit'),
  }),
  within('nftables.masqueradeBit', [0, 31], {
    path: validated('KubeProxyNFTablesConfiguration.MasqueradeBit'),
    since: 29,
    when: inNftables,
  }),
  within('oomScoreAdj', [-1000, 1000], { path: validatedLinux('OOMScoreAdj') }),
  wholeNotNegative('clientConnection.burst', { path: validated('ClientConnection.Burst') }),
  wholeNotNegative('conntrack.max', { path: validated(`${CONNTRACK}.Max`), until: 16, unread: 15 }),
  wholeNotNegative('conntrack.maxPerCore', { path: validatedLinux(`${CONNTRACK}.MaxPerCore`) }),
  wholeNotNegative('conntrack.min', { path: validatedLinux(`${CONNTRACK}.Min`) }),
  timeNotNegative('conntrack.tcpEstablishedTimeout', {
    path: validatedLinux(`${CONNTRACK}.TCPEstablishedTimeout`),
  }),
  timeNotNegative('conntrack.tcpCloseWaitTimeout', {
    path: validatedLinux(`${CONNTRACK}.TCPCloseWaitTimeout`),
  }),
  timeNotNegative('conntrack.udpTimeout', { path: validatedLinux(`${CONNTRACK}.UDPTimeout`), since: 29 }),
  timeNotNegative('conntrack.udpStreamTimeout', {
    path: validatedLinux(`${CONNTRACK}.UDPStreamTimeout`),
    since: 29,
  }),
  ...(['tcpTimeout', 'tcpFinTimeout', 'udpTimeout'] as const).map((name) =>
    timeNotNegative(`ipvs.${name}`, {
      path: validated(
        `KubeProxyIPVSConfiguration.${{ tcpTimeout: 'TCPTimeout', tcpFinTimeout: 'TCPFinTimeout', udpTimeout: 'UDPTimeout' }[name]}`,
      ),
      since: 18,
      when: inIpvs,
    }),
  ),
  timeAboveZero('udpIdleTimeout', { path: validated('UDPIdleTimeout'), until: 26 }),
  timeAboveZero('configSyncPeriod', { path: validated('ConfigSyncPeriod') }),
];
