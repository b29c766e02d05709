import type { ObjectRef } from '../../../cluster/ports.js';

/** Something that is not as it was. */
export interface Moved {
  readonly about: ObjectRef;
  /** Absent = it is no field that somebody writes: a deletion. */
  readonly path?: readonly string[] | undefined;
  /** `ConfigMap kube-system/x, data["k"]`. */
  readonly words: string;
}
