import { count } from '../count.js';

export interface Touched {
  /** Name of the set of pods, e.g. kube-flannel-ds. */
  readonly daemonSet: string;
  readonly pods: number;
}

/** What people call the pods of a DaemonSet. */
const podNames: Readonly<Record<string, string>> = {
  'kube-flannel-ds': 'Flannel',
  'terway-eniip': 'Terway',
  'terway-eni': 'Terway',
  'kube-proxy-worker': 'kube-proxy',
  'kube-proxy-master': 'master kube-proxy',
};

export const podsOf = ({ daemonSet, pods }: Touched): string =>
  count(pods, `${podNames[daemonSet] ?? daemonSet} pod`);

/** `2 a, 3 b and 1 c`. */
export function joined(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}
