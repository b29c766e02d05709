import type { EffectiveConfig } from './effective-config.js';
import { durationText, timeAboveZero, timeNotNegative } from './number-rules.js';
import { invalid, type ValueRule, validated } from './value-rule.js';

const SECOND = 1_000_000_000n;
/** What an empty syncPeriod becomes. Source: pkg/proxy/apis/config/v1alpha1/defaults.go. */
const SYNC_DEFAULT = 30n * SECOND;

interface Block {
  readonly name: 'iptables' | 'ipvs' | 'nftables';
  readonly type: string;
  readonly since?: number | undefined;
}

const blocks: readonly Block[] = [
  { name: 'iptables', type: 'KubeProxyIPTablesConfiguration' },
  { name: 'ipvs', type: 'KubeProxyIPVSConfiguration' },
  { name: 'nftables', type: 'KubeProxyNFTablesConfiguration', since: 29 },
];

/**
 * syncPeriod and minSyncPeriod. Up to 1.30 each block has its own, and that of iptables is checked in every mode; from 1.31
 * on there is one pair, that of the mode in use. Source: pkg/proxy/apis/config/validation/validation.go, and conversion.go.
 */
export const periodRules: readonly ValueRule[] = blocks.flatMap((block) => {
  const isInUse = ({ mode }: EffectiveConfig): boolean => mode === block.name;
  const until30 = { until: 31, since: block.since };
  const before = block.name === 'iptables' ? until30 : { ...until30, when: isInUse };
  return [...pairOf(block, `${block.type}.`, before), ...pairOf(block, '', { since: 31, when: isInUse })];
});

type Rest = Pick<ValueRule, 'since' | 'until' | 'when'>;

function pairOf(block: Block, prefix: string, rest: Rest): readonly ValueRule[] {
  const sync = `${block.name}.syncPeriod`;
  const min = `${block.name}.minSyncPeriod`;
  return [
    timeAboveZero(sync, { ...rest, path: validated(`${prefix}SyncPeriod`) }),
    timeNotNegative(min, { ...rest, path: validated(`${prefix}MinSyncPeriod`) }),
    {
      ...rest,
      field: min,
      path: validated(`${prefix}SyncPeriod`),
      breach: (config) =>
        config.duration(min) === 0n
          ? undefined
          : order(config, { name: block.name, prefix, min: config.duration(min) }),
    },
    ...defaulted(block, prefix, rest),
  ];
}

/** An empty minSyncPeriod is 1 s (iptables by 1.20, nftables), so a shorter syncPeriod alone breaks the order. */
function defaulted({ name }: Block, prefix: string, rest: Rest): readonly ValueRule[] {
  if (name === 'ipvs') return [];
  const bounds = name === 'nftables' || rest.since !== undefined ? rest : { ...rest, since: 20, unread: 19 };
  return [
    {
      ...bounds,
      field: `${name}.syncPeriod`,
      path: validated(`${prefix}SyncPeriod`),
      breach: (config) =>
        config.duration(`${name}.minSyncPeriod`) === 0n
          ? order(config, { name, prefix, min: SECOND })
          : undefined,
    },
  ];
}

interface Least {
  readonly name: string;
  readonly prefix: string;
  readonly min: bigint;
}

function order(config: EffectiveConfig, { name, prefix, min }: Least) {
  const set = config.duration(`${name}.syncPeriod`);
  const sync = set === 0n ? SYNC_DEFAULT : set;
  if (min <= sync) return undefined;
  const [least, most] = [durationText(min, config), durationText(sync, config)];
  return {
    plain: `does not fit: minSyncPeriod (${least.replaceAll('"', '')}) must not be more than syncPeriod (${most.replaceAll('"', '')})`,
    says: invalid(least, `must be greater than or equal to KubeProxyConfiguration.${prefix}MinSyncPeriod`),
  };
}
