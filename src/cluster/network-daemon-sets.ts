import type { DaemonSetView } from './views/daemon-set.js';
import type { PodView } from './views/pod.js';

/** Flannel's DaemonSet; upstream manifests up to v0.11 had one for each architecture. Source: kube-flannel.yml of flannel v0.10 and v0.11. */
const FLANNEL = /^kube-flannel-ds(?:-(?:amd64|arm64|arm|ppc64le|s390x))?$/;

const isNamed = (pattern: RegExp, { namespace, name }: Pick<DaemonSetView, 'namespace' | 'name'>): boolean =>
  namespace === 'kube-system' && pattern.test(name);

/** Flannel's DaemonSets, those that want most pods first: of several most stand for machines that are not there. */
export const flannelSets = (sets: readonly DaemonSetView[]): readonly DaemonSetView[] =>
  sets.filter((set) => isNamed(FLANNEL, set)).toSorted((a, b) => b.desired - a.desired);

/** Of the upstream manifest, which somebody else than ACK looks after. Source: kube-flannel.yml since flannel v0.20. */
export const isUpstreamFlannel = ({ namespace, name }: Pick<DaemonSetView, 'namespace' | 'name'>): boolean =>
  namespace === 'kube-flannel' && name === 'kube-flannel-ds';

export const isFlannelPod = ({ namespace, owner }: PodView): boolean =>
  owner?.kind === 'DaemonSet' && isNamed(FLANNEL, { namespace, name: owner.name });
