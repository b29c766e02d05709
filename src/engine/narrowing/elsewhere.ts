import type { RunScope } from '../checking/run-scope.js';
import type { Place } from './place.js';

/** Names as they stand in texts: of nodes, pods and whatever else bears one. */
const NAME = /[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?:\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)?/gi;

/** Tells texts that name what belongs elsewhere. */
export interface Elsewhere {
  readonly names: (text: string) => boolean;
}

/** A namespaced name counts with its namespace; that of a pod by itself too, as it is like no other. */
export function createElsewhere(others: readonly Place[], { namespaces }: RunScope): Elsewhere {
  const known = new Set(others.flatMap(namesOf));
  const foreign = new Set(namespaces.length === 0 ? [] : others.flatMap(({ namespace }) => namespace ?? []));
  const isIn = (namespace: string): boolean => namespace === 'kube-system' || namespaces.includes(namespace);
  const isElsewhere = (name: string): boolean => {
    const [first = '', rest] = name.split('/');
    return known.has(name) || (rest !== undefined && foreign.has(first) && !isIn(first));
  };
  return { names: (text) => (text.match(NAME) ?? []).some(isElsewhere) };
}

function namesOf({ name, namespace, node, pod }: Place): readonly string[] {
  const ownPod = pod === undefined ? [] : [pod, pod.slice(pod.indexOf('/') + 1)];
  return [
    ...(node === undefined ? [] : [node]),
    ...ownPod,
    namespace === undefined ? name : `${namespace}/${name}`,
  ];
}
