import { count } from './count.js';

interface Ending {
  readonly cluster: string;
  readonly use: 'reader' | 'fixer';
  /** `<!date…>` or an ISO time: as the place it is shown in takes it. */
  readonly ends: string;
  readonly ended: boolean;
}

const loses = {
  reader: (cluster: string) => `nothing of ${cluster} can be checked`,
  fixer: (cluster: string) => `no fix can be applied on ${cluster}`,
} as const;

const loss = { all: 'has lost', some: 'is losing', none: 'will lose' } as const;

/** What maintainers are told before acknet's access to a cluster ends. */
export const credentialTexts = {
  head: (clusters: readonly string[], ended: 'all' | 'some' | 'none') =>
    `acknet ${loss[ended]} its access to ${clusters.length === 1 ? clusters[0] : count(clusters.length, 'cluster')}`,
  line: ({ cluster, use, ends, ended }: Ending) =>
    ended
      ? `${cluster}, ${use}: its credential ended ${ends}; ${loses[use](cluster)} until it is renewed.`
      : `${cluster}, ${use}: its credential ends ${ends}; then ${loses[use](cluster)}.`,
  /** Of those that are too many for a line each. */
  more: ({ left, names }: { readonly left: number; readonly names: string }) =>
    `${count(left, 'more credential')} ended or ending soon: ${names}.`,
  renew:
    'As an administrator, the line that acknet onboard printed: acknet onboard CLUSTER --renew …; made another way, renew it that way. No restart is needed.',
} as const;

/** What maintainers are told of changed files. */
export const configTexts = {
  refused: 'acknet does not take the changed acknet.yaml, or a kubeconfig that it names.',
  more: (left: number) => `${count(left, 'more line')}: acknet doctor has them all.`,
  kept: 'It goes on with what it had. Correct the file: that is taken up without a restart. Do not restart acknet before, with faults in acknet.yaml it does not start.',
  taken: 'acknet goes by acknet.yaml and its kubeconfigs again: what it refused is gone from them.',
} as const;
