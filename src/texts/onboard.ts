import { count } from './count.js';

interface About {
  readonly cluster: string;
  readonly server: string;
}

/** What `acknet onboard` and `acknet offboard` print. */
export const onboardTexts = {
  printed: (cluster: string) =>
    `# Nothing was changed. Apply this as an administrator of ${cluster}, or let acknet do it:\n# acknet onboard ${cluster} --apply --kubeconfig ADMIN_KUBECONFIG --context CONTEXT\n`,
  aboutToApply: (about: About & { readonly objects: number }) =>
    `This creates or updates ${count(about.objects, 'object')} on ${about.cluster} (${about.server}).`,
  goAhead: 'Go ahead?',
  declined: 'Nothing was changed.\n',
  notAsked: 'Nobody can be asked here: add --yes to go ahead.',
  line: (what: string, kind: string, name: string) => `${what}: ${kind} ${name}\n`,
  token: (file: string, ends: string) => `wrote: ${file} (its token ends ${ends})\n`,
  configLines: (yaml: string) =>
    `\nInto acknet.yaml in this folder; elsewhere, paths relative to it:\n\n${yaml}`,
  renewLine: (cluster: string, command: string) =>
    `\nRenew the tokens before they end, by hand or from a scheduled job:\n\n${command}\n\nFrom two weeks before the end acknet doctor calls it a fault; ${cluster} needs no restart of acknet.\n`,
  noFiles: (file: string) =>
    `${file} is not there: run acknet onboard with --apply first, or name the folder with --out.`,
  notWritten: (file: string, code: string | undefined) => `${file} could not be written (${code}).`,
  writeAgain:
    'Free space there, or name another folder with --out, and run the same command again: what is in the cluster already stays as it is.',
  waiting: (cluster: string) => `${cluster} still refuses what was just granted; asked again each second.\n`,

  aboutToRemove: (
    about: About & { readonly objects: readonly string[]; readonly files: readonly string[] },
  ) =>
    `This removes ${whatGoes(about)}:\n${[...about.objects, ...about.files].map((one) => `  ${one}\n`).join('')}`,
  goAheadRemoving: (
    about: About & { readonly objects: readonly string[]; readonly files: readonly string[] },
  ) => `Remove ${whatGoes(about)}?`,
  nothingToRemove: ({ cluster, server }: About) =>
    `Nothing of acknet onboard is on ${cluster} (${server}), and none of its files is here.\n`,
  removedFile: (file: string) => `removed: ${file}\n`,
  kept: (namespace: string, why: string) => `kept: Namespace ${namespace}: ${why}\n`,
  notMade: 'it was not made by acknet',
  holds: (held: readonly string[]) => `it holds what acknet onboard did not make: ${held.join(', ')}`,

  notOurs: (kind: string, name: string) =>
    `${kind} ${name} is there already and was not made by acknet onboard; nothing of it was changed.`,
  notOursHint: (label: string) =>
    `If it may be acknet's, label it ${label}; else take another --namespace or rename it.`,
  ofOtherInstall: (kind: string, name: string, namespace: string) =>
    `${kind} ${name} belongs to the acknet whose ServiceAccounts live in namespace ${namespace}; nothing of it was changed.`,
  ofOtherInstallHint: (namespace: string) =>
    `Its kubeconfigs would lose their rights. Use --namespace ${namespace}, or take that one back first: acknet offboard with --namespace ${namespace}.`,
  noAccount: (name: string) => `ServiceAccount ${name} is not there, so no token can be issued for it.`,
  noAccountHint: 'Run acknet onboard with --apply first, or name its namespace with --namespace.',
  noToken: (account: string) => `No token came with the answer for ${account}; no file was changed.`,
  noEnd: (account: string) =>
    `The answer for ${account} does not say when its token ends; no file was changed.`,
} as const;

const whatGoes = ({
  cluster,
  server,
  objects,
  files,
}: About & { readonly objects: readonly string[]; readonly files: readonly string[] }): string =>
  `${count(objects.length, 'object')} from ${cluster} (${server}) and ${count(files.length, 'file')} here`;
