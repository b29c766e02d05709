import { object, text } from '../../cluster/fields.js';
import type { JsonObject } from '../../cluster/ports.js';

/** Where an object of the cluster belongs, as far as it says so itself. */
export interface Place {
  readonly name: string;
  readonly namespace?: string | undefined;
  readonly node?: string | undefined;
  /** `<namespace>/<name>` of the pod that it is about. */
  readonly pod?: string | undefined;
}

/** Kinds whose objects bear namespace and name of the pod that they are about. */
const POD_KINDS: ReadonlySet<string> = new Set(['Pod', 'PodENI', 'PodEIP']);

export function placeOf(kind: string, raw: JsonObject): Place {
  const name = text(raw, 'metadata', 'name') ?? '';
  const namespace = text(raw, 'metadata', 'namespace');
  if (kind === 'Event') return placeOfEvent(raw, name);
  // Terway's objects of kind Node bear the node's name too.
  if (kind === 'Node') return { name, node: name };
  const pod = POD_KINDS.has(kind) ? `${namespace}/${name}` : undefined;
  return { name, namespace, node: text(raw, 'spec', 'nodeName'), pod };
}

/** An event belongs where the object is that it is about; the kubelet that reported it tells that of a pod that is gone. */
function placeOfEvent(raw: JsonObject, name: string): Place {
  const about = object(raw, 'involvedObject');
  const [kind, namespace, subject] = [
    text(about, 'kind') ?? '',
    text(about, 'namespace') || undefined,
    text(about, 'name') ?? '',
  ];
  if (kind === 'Node') return { name, node: subject };
  const isOfPod = POD_KINDS.has(kind);
  return {
    name,
    namespace,
    node: isOfPod ? text(raw, 'source', 'host') || undefined : undefined,
    pod: isOfPod ? `${namespace}/${subject}` : undefined,
  };
}
