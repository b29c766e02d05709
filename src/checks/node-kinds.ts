import { speaksOfNetwork } from '../cluster/cni-wordings.js';
import type { NodeView } from '../cluster/views/node.js';

/** Nodes that carry a real CNI: no ECI virtual nodes, no hybrid nodes, none that Terway is told to ignore. */
export const isNetworkedNode = ({ labels }: NodeView): boolean =>
  labels.type !== 'virtual-kubelet' &&
  labels['alibabacloud.com/nodepool-type'] !== 'hybridcloud' &&
  labels['k8s.aliyun.com/ignore-by-terway'] !== 'true';

/** A node has its route and its CNI config within seconds of joining; until then their absence is no fault. */
const JOINING_MS = 180_000;
export const isJoining = ({ createdAt }: NodeView, now: Date): boolean =>
  now.getTime() - Date.parse(createdAt ?? '') < JOINING_MS;

/** Not Ready for another reason than its network: nothing starts there, whatever the network does. */
export const isDownApart = ({ conditions }: NodeView): boolean =>
  conditions.some(
    ({ type, status, message }) => type === 'Ready' && status !== 'True' && !speaksOfNetwork(message),
  );

/** Not Ready for want of its network. */
export const lacksNetwork = ({ conditions }: NodeView): boolean =>
  conditions.some(
    ({ type, status, message }) => type === 'Ready' && status !== 'True' && speaksOfNetwork(message),
  );

/** Its kubelet has not written its status for so long that nobody knows what runs there. */
export const hasStoppedReporting = ({ conditions }: NodeView): boolean =>
  conditions.some(({ type, status }) => type === 'Ready' && status === 'Unknown');

export const zoneOf = ({ labels }: NodeView): string =>
  labels['topology.kubernetes.io/zone'] ?? labels['failure-domain.beta.kubernetes.io/zone'] ?? '';

/** What nodes without a pool are gathered under: they need not have anything in common. */
export const NO_POOL = 'no node pool';
export const poolOf = ({ labels }: NodeView): string =>
  labels['alibabacloud.com/nodepool-id'] ?? labels['node.alibabacloud.com/nodepool-id'] ?? NO_POOL;

export const internalIpOf = ({ addresses }: NodeView): string | undefined =>
  addresses.find(({ type }) => type === 'InternalIP')?.address;

/** The ECS instance that the node is; undefined = its provider id tells none. */
export const instanceOf = ({ providerID }: Pick<NodeView, 'providerID'>): string | undefined =>
  /\bi-[a-z0-9]{4,40}$/.exec(providerID?.slice(-200) ?? '')?.[0];

/** Whole cores; `3920m` counts as 3. */
export const coresOf = ({ capacity }: NodeView): number | undefined => {
  const text = capacity.cpu ?? '';
  const cores = text.endsWith('m') ? Math.floor(Number(text.slice(0, -1)) / 1000) : Number(text);
  return text === '' || !Number.isFinite(cores) ? undefined : cores;
};
