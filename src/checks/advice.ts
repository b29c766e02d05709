/** What a finding’s advice has somebody change. One word a part: advice about different parts contradicts itself where it is about one symptom. */
export const mendedParts = [
  'pod vSwitches',
  'ENIs of the node',
  'security group',
  'cloud permission',
  'way to the metadata service',
  'network card driver',
  'number of nodes',
  'type of the nodes',
  'ENI mode of the node',
  'plugin config',
  'plugin pods',
  'pod range of the node',
  'leaked addresses',
  'route of the node',
  'kube-proxy config',
  'kube-proxy pods',
] as const;
export type MendedPart = (typeof mendedParts)[number];

/**
 * How near a finding’s proof comes to the symptoms it explains. `state` = the state of the very node or pod, which leaves no
 * other cause; `told` = what an event, a log line or a count says; `open` = the message itself leaves several causes.
 */
export const proofs = ['open', 'told', 'state'] as const;
export type Proof = (typeof proofs)[number];
