import type { CloudReader } from '../../../cloud/ports.js';
import type { NodeView } from '../../../cluster/views/node.js';
import type { PodView } from '../../../cluster/views/pod.js';
import { instanceEnd, type NamedPath } from '../../judging/named-path.js';
import { groupActions, readGroups } from './read-groups.js';
import type { SecurityGroup } from './security-group.js';
import { instanceActions, type SeenInstance, seeInstance } from './see-instance.js';
import { type SeenEnd, seePod } from './see-pod.js';

/** The ends that were named, as the cluster knows them. */
export interface NamedEnds {
  readonly path: NamedPath;
  readonly pod: PodView;
  /** undefined = the pod is on none, or it is gone. */
  readonly node: NodeView | undefined;
}

export interface SeenPath {
  /** Text = why it could not be told. */
  readonly pod: SeenEnd | string;
  readonly instance: SeenInstance | string;
  readonly groups: ReadonlyMap<string, SecurityGroup>;
}

export const pathActions = [...instanceActions, ...groupActions] as const;

/** The interfaces of both ends, and their groups. */
export async function seePath(cloud: CloudReader, { path, pod, node }: NamedEnds): Promise<SeenPath> {
  const wanted = instanceEnd(path);
  const ofPod = await seePod(cloud, { pod, node, beside: wanted });
  const vpc = typeof ofPod === 'string' ? undefined : ofPod.card.vpc;
  const instance = await seeInstance(cloud, wanted, vpc);
  const groups = [ofPod, instance].flatMap((end) => (typeof end === 'string' ? [] : (end.card.groups ?? [])));
  return { pod: ofPod, instance, groups: await readGroups(cloud, [...new Set(groups)].sort()) };
}
