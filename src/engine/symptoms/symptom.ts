import type { Evidence, SymptomKind } from '../../checks/judging/define-check.js';
import type { ObjectRef } from '../../cluster/ports.js';
import type { EventView } from '../../cluster/views/event.js';

/** Something that is not as it should be, whatever its cause. */
export interface Symptom {
  readonly kind: SymptomKind;
  readonly about: ObjectRef;
  /** The node it shows on; absent = it is about no node, or the pod has none yet. */
  readonly node?: string | undefined;
  /** The DaemonSet or Deployment of kube-system that it belongs to. */
  readonly workload?: string | undefined;
  /** Its own words: of the condition, the newest event, or the container. Empty = it comes with none. */
  readonly words: string;
  /** What follows from further signs, as a sentence to be told with it. */
  readonly adds?: string | undefined;
  /** Newest first. A finding that quotes of it accounts for it. */
  readonly evidence: readonly Evidence[];
  /** What else its object shows: told with it, and of what a finding accounts for no sign. */
  readonly further?: readonly Evidence[] | undefined;
  /** ISO time of the fix that ended what brought it about, so that it only needs a moment; absent = it goes on. */
  readonly recoveringSince?: string | undefined;
}

/** Whether an event is about that object. */
export const isAboutSame = (
  { about }: Pick<EventView, 'about'>,
  { kind, namespace = '', name }: ObjectRef,
): boolean => about.kind === kind && about.namespace === namespace && about.name === name;

export const symptomName = ({ about }: Pick<Symptom, 'about'>): string =>
  about.namespace === undefined ? about.name : `${about.namespace}/${about.name}`;

/** What a finding that leaves it to another keeps of it. */
export const symptomKey = (symptom: Pick<Symptom, 'kind' | 'about'>): string =>
  `${symptom.kind} ${symptomName(symptom)}`;
