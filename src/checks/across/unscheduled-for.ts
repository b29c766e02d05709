/** What of a node's network the scheduler names where it places a pod nowhere. */
export type NetworkRefusal = 'waitsForRoute' | 'noEniLeft' | 'waitsForNode' | 'hostPortTaken';

/** Taints that nothing but the network's own start takes away. Sources: k8s.io/cloud-provider/api; cilium, pkg/option. */
const STARTING = /node\.cloudprovider\.kubernetes\.io\/uninitialized|node\.cilium\.io\/agent-not-ready/;
/** These have many reasons: of the network they are where a node says so itself. */
const NOT_READY = /node\.kubernetes\.io\/(?:not-ready|unreachable)/;

/** Source: kube-scheduler, plugins tainttoleration, noderesources and nodeports. */
const refusals: readonly (readonly [NetworkRefusal, RegExp])[] = [
  ['waitsForRoute', /node\.kubernetes\.io\/network-unavailable/],
  ['noEniLeft', /Insufficient aliyun\/(?:member-)?eni/],
  ['waitsForNode', STARTING],
  ['hostPortTaken', /didn't have free ports for the requested pod ports/],
];

/** undefined = for another reason; `networkDown` = whether a node is not Ready for want of its network. */
export function unscheduledFor(message: string, networkDown: boolean): NetworkRefusal | undefined {
  const named = refusals.find(([, pattern]) => pattern.test(message))?.[0];
  return named ?? (networkDown && NOT_READY.test(message) ? 'waitsForNode' : undefined);
}

/** Of a refusal: the taints that it names. */
export const taintsNamed = (message: string): readonly string[] => [
  ...new Set([...message.matchAll(/\bnode\.[a-z.]{1,40}\/[a-z-]{1,40}/g)].map(([key]) => key)),
];
