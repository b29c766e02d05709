/** What a kubelet says of a node whose runtime found no CNI config. */
interface CniWording {
  readonly runtime: 'docker' | 'containerd' | 'cri-o';
  readonly text: string;
}

/** Sources: kubernetes 1.23 pkg/kubelet/dockershim/network/cni; containerd/go-cni errors.go; cri-o internal/ocicni. */
export const cniWordings: readonly CniWording[] = [
  { runtime: 'docker', text: 'cni config uninitialized' },
  { runtime: 'containerd', text: 'cni plugin not initialized' },
  { runtime: 'cri-o', text: 'No CNI configuration file in ' },
];

/** Whether a node's Ready condition speaks of its network at all: of a hung runtime or a kubelet that is gone it does not. */
export const speaksOfNetwork = (text: string): boolean => /\bnetwork|\bcni/i.test(text);

/**
 * Of a sandbox that fails for another reason than want of an address: another plugin of the chain, one that is not
 * installed, the socket of one that does not run, versions that do not fit.
 */
export const namesOtherFault = (text: string): boolean =>
  /plugin type="(?!terway"|flannel"|bridge"|host-local")[^"]{1,60}" failed|failed to find plugin|incompatible CNI versions|does not support config version|(?:eni|cilium)\.sock|loadFlannelSubnetEnv failed/.test(
    text,
  );

/** Whether a condition or an event says that the node has no CNI config, whichever runtime it has. */
export const lacksCniConfig = (text: string): boolean =>
  cniWordings.some(({ text: wording }) => text.includes(wording));
