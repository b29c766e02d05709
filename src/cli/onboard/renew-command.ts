import { type OnboardFlags, onboardDefaults } from './onboard-flags.js';

type RenewFlags = Omit<OnboardFlags, 'server' | 'apply' | 'renew' | 'check' | 'yes'>;

/** The command line that renews what these flags made, fit for a shell. */
export function renewCommand(cluster: string, flags: RenewFlags): string {
  const { fixes, configMaps, logNamespaces, kubeconfig, context, ...placed } = flags;
  const words = [
    ...['acknet', 'onboard', cluster, '--renew'],
    ...(fixes === undefined ? [] : ['--fixes', ...(fixes === true ? [] : fixes)]),
    ...(configMaps === undefined ? [] : ['--config-maps', ...configMaps]),
    ...(logNamespaces === undefined ? [] : ['--log-namespaces', ...logNamespaces]),
    ...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig]),
    ...(context === undefined ? [] : ['--context', context]),
    ...(['namespace', 'out', 'days'] as const).flatMap((flag) =>
      placed[flag] === onboardDefaults[flag] ? [] : [`--${flag}`, placed[flag]],
    ),
  ];
  return words.map(shellWord).join(' ');
}

const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
