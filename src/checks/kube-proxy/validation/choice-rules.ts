import type { EffectiveConfig } from './effective-config.js';
import { type Breach, invalid, quoted, type ValueRule, validated } from './value-rule.js';

/** Names that kube-proxy before 1.27 checks itself; later ones leave it to the kernel. */
const VALIDATED_SCHEDULERS = ['rr', 'wrr', 'lc', 'wlc', 'lblc', 'lblcr', 'sh', 'dh', 'sed', 'nq'];
const LOCAL_MODES = ['ClusterCIDR', 'NodeCIDR', 'BridgeInterface', 'InterfaceNamePrefix'];
const isIn = (mode: string) => (config: EffectiveConfig) => config.text('detectLocalMode') === mode;

/** Modes on Linux; the list is part of kube-proxy's words, and so is its separator. */
function modesOf(config: EffectiveConfig): readonly string[] {
  const { minor } = config;
  if (minor === undefined) return ['iptables', 'ipvs', 'nftables', 'userspace'];
  const nftables = minor >= 33 || (minor >= 29 && config.isOn('NFTablesProxyMode') === true);
  return ['iptables', 'ipvs', ...(nftables ? ['nftables'] : []), ...(minor < 26 ? ['userspace'] : [])];
}

function modeBreach(config: EffectiveConfig): Breach | undefined {
  const modes = modesOf(config);
  if (modes.includes(config.mode)) return undefined;
  const list = modes.join(config.minor !== undefined && config.minor < 28 ? ',' : ', ');
  const text = `must be ${list} or blank (blank means the best-available proxy [currently iptables])`;
  const meant = modes.find((mode) => mode === config.mode.toLowerCase());
  const plain = meant === undefined ? `must be one of ${modes.join(', ')}` : `must be written ${meant}`;
  return { plain, says: invalid(quoted(config.mode), text) };
}

function schedulerBreach(config: EffectiveConfig): Breach | undefined {
  const value = config.text('ipvs.scheduler');
  if (value === '' || VALIDATED_SCHEDULERS.includes(value)) return undefined;
  const list = `${VALIDATED_SCHEDULERS.join(' ')} `;
  return {
    plain: `must be one of ${VALIDATED_SCHEDULERS.join(', ')}`,
    says: invalid(
      quoted(value),
      `must be in [${list}], blank means the default algorithm method (currently rr)`,
    ),
  };
}

function localModeBreach(
  config: EffectiveConfig,
  known: readonly string[],
  says: (value: string) => string,
): Breach | undefined {
  const value = config.text('detectLocalMode');
  if (value === '' || known.includes(value)) return undefined;
  return { plain: `must be one of ${known.join(', ')}`, says: says(value) };
}

/** Names that a mode needs; what is not set is empty. */
const nameRule = (mode: string, field: string, name: string): ValueRule => ({
  field,
  path: (minor) =>
    `failed validate: KubeProxyConfiguration.${minor >= 31 ? 'DetectLocalConfiguration.' : ''}${name}`,
  since: 24,
  when: isIn(mode),
  breach: (config) =>
    config.text(field) === ''
      ? { plain: `must be set, as detectLocalMode is ${mode}`, says: invalid('""', 'must not be empty') }
      : undefined,
});

/** Texts that are one of a few words. Source: pkg/proxy/apis/config/validation/validation.go; cmd/kube-proxy/app/server_others.go. */
export const choiceRules: readonly ValueRule[] = [
  { field: 'mode', path: validated('Mode.ProxyMode'), breach: modeBreach },
  {
    field: 'ipvs.scheduler',
    path: validated('KubeProxyIPVSConfiguration.Scheduler.Scheduler'),
    until: 27,
    when: ({ mode }) => mode === 'ipvs',
    breach: schedulerBreach,
  },
  {
    field: 'detectLocalMode',
    path: () => 'cannot determine detect-local-mode',
    since: 18,
    until: 28,
    breach: (config) =>
      localModeBreach(
        config,
        LOCAL_MODES.slice(0, config.minor !== undefined && config.minor < 24 ? 2 : 4),
        (value) => `unknown detect-local-mode: ${value}`,
      ),
  },
  {
    field: 'detectLocalMode',
    path: validated('DetectLocalMode'),
    since: 28,
    breach: (config) =>
      localModeBreach(
        config,
        LOCAL_MODES,
        (value) =>
          `Unsupported value: ${quoted(value)}: supported values: ${[...LOCAL_MODES, ''].map(quoted).join(', ')}`,
      ),
  },
  nameRule('BridgeInterface', 'detectLocal.bridgeInterface', 'InterfaceName'),
  nameRule('InterfaceNamePrefix', 'detectLocal.interfaceNamePrefix', 'InterfacePrefix'),
];
