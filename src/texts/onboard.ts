import { count } from './count.js';

/** What `acknet onboard` and `acknet offboard` print. */
export const onboardTexts = {
  printed: (cluster: string) =>
    `# Nothing was changed. Apply this as an administrator of ${cluster}, or let acknet do it:\n# acknet onboard ${cluster} --apply --kubeconfig ADMIN_KUBECONFIG --context CONTEXT\n`,
  aboutToApply: (about: { readonly objects: number; readonly cluster: string; readonly server: string }) =>
    `This creates or updates ${count(about.objects, 'object')} on ${about.cluster} (${about.server}).`,
  goAhead: 'Go ahead?',
  goAheadRemoving: (cluster: string) =>
    `Remove acknet's ServiceAccounts, roles, bindings and credential files of ${cluster}?`,
  declined: 'Nothing was changed.\n',
  notAsked: 'Nobody can be asked here: add --yes to go ahead.',
  line: (what: string, kind: string, name: string) => `${what}: ${kind} ${name}\n`,
  token: (file: string, ends: string) => `wrote: ${file} (its token ends ${ends})\n`,
  kept: (namespace: string) => `kept: Namespace ${namespace}: it holds pods, or was not made by acknet\n`,
  configLines: (yaml: string) => `\nInto acknet.yaml, paths relative to it:\n\n${yaml}`,
  renewLine: (cluster: string, command: string) =>
    `\nRenew the tokens before they end, by hand or from a scheduled job: ${command}\nacknet doctor warns two weeks before the end; ${cluster} needs no restart of acknet.\n`,
  noFiles: (file: string) =>
    `${file} is not there: run acknet onboard with --apply first, or name the folder with --out.`,
} as const;
