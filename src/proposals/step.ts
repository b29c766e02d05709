import { z } from 'zod';
import { factSchema } from './basis.js';
import { objectRefSchema } from './object-ref.js';

const progress = {
  /** Unique within the proposal, and the same whenever the same plan is laid out again. */
  id: z.string(),
  title: z.string(),
  state: z.enum(['pending', 'started', 'done', 'failed', 'unknown']),
  startedAt: z.string().optional(),
  endedAt: z.string().optional(),
  detail: z.string().optional(),
};

/** One entry of the apply order: a write to an object, one pod of a roll-out, one eviction, or a look. */
export const stepSchema = z.discriminatedUnion('kind', [
  z.object({
    ...progress,
    kind: z.literal('write'),
    about: objectRefSchema,
    /** The version that the write was for, so that a successor can tell whether it happened. */
    resourceVersion: z.string().optional(),
  }),
  z.object({
    ...progress,
    kind: z.literal('restart'),
    daemonSet: z.string(),
    node: z.string(),
    /** Name of the pod that stood there when the steps were laid out; absent = by an earlier version. */
    pod: z.string().optional(),
    /** The pod to be replaced; absent = not begun, '' = there was none. */
    uid: z.string().optional(),
    /** Ready status of the node before anything was written. */
    wasReady: z.string(),
    /** What else the node was then: another machine, other labels or a cordon are somebody's doing. */
    host: z.array(factSchema),
  }),
  z.object({
    ...progress,
    kind: z.literal('evict'),
    node: z.string(),
    /** `<namespace>/<name>`. */
    pod: z.string(),
    /** The very pod that was approved; absent = laid out by an earlier version, and not begun. */
    uid: z.string().optional(),
  }),
  z.object({ ...progress, kind: z.literal('see-empty'), node: z.string() }),
]);
export type Step = z.infer<typeof stepSchema>;

export type StepOf<K extends Step['kind']> = Extract<Step, { readonly kind: K }>;

export const isRestart = (step: Step): step is StepOf<'restart'> => step.kind === 'restart';

/** What the step acted on, for the audit log. */
export function actedOn(step: Step): string | undefined {
  if (step.kind === 'write') return step.resourceVersion;
  return step.kind === 'see-empty' ? undefined : step.uid;
}
