import type { z } from 'zod';
import type { CloudAction } from '../cloud/actions.js';
import type { CloudReader } from '../cloud/ports.js';
import type { ClusterReader, Json, ObjectRef, RbacRule } from '../cluster/ports.js';
import { AcknetError } from '../errors.js';

export type Risk = 'low' | 'medium' | 'high';
/** `restore` puts every value back; `partial` some (the card says which); `none` cannot be undone. */
type Undo = 'restore' | 'partial' | 'none';
/** What the finding's check will say once the fix is in effect. */
type After = 'clear' | 'settles' | 'unchanged';

/** The closed vocabulary of changes. `from` is what the approver saw: apply refuses if it is not so any more. */
export type Change =
  | {
      readonly verb: 'set';
      readonly about: ObjectRef & { readonly kind: 'ConfigMap' | 'Node' | 'Service' };
      /** Path of keys from the object's root, e.g. ['data', 'disable_network_policy']. */
      readonly path: readonly string[];
      /** null = absent. */
      readonly from: Json;
      /** null = remove. */
      readonly to: Json;
    }
  | {
      readonly verb: 'edit-document';
      readonly about: ObjectRef & { readonly kind: 'ConfigMap' };
      /** Key of `data` that holds the document. */
      readonly key: string;
      readonly from: string;
      readonly to: string;
    }
  | {
      readonly verb: 'roll-pods';
      readonly about: ObjectRef & { readonly kind: 'DaemonSet' };
      /** Pods by label; deleted one by one with a uid precondition, each replaced and Ready before the next. */
      readonly selector: string;
      /** Nodes to roll first. */
      readonly canary?: readonly string[] | undefined;
      /** Only the pods on these; absent = all. */
      readonly nodes?: readonly string[] | undefined;
    }
  | {
      readonly verb: 'cordon';
      readonly about: ObjectRef & { readonly kind: 'Node' };
      readonly from: boolean;
      readonly to: boolean;
    }
  | {
      readonly verb: 'drain';
      readonly about: ObjectRef & { readonly kind: 'Node' };
      /** `<namespace>/<name>` of bare pods and pods with emptyDir that the approver accepted to lose. */
      readonly accepted: readonly string[];
      readonly timeoutSeconds: number;
    };

export interface Plan {
  /** Empty = nothing to do. */
  readonly changes: readonly Change[];
  /** Shown on the card, worst first; plain text. */
  readonly warnings: readonly string[];
  /** Raises the remediation's own risk. */
  readonly risk?: Risk | undefined;
}

export interface PlanInput<P> {
  /** The object the finding is about. */
  readonly target: ObjectRef | undefined;
  readonly params: P;
  readonly now: Date;
  /** The account that the cluster lives in; absent = not connected. */
  readonly cloud?: CloudReader | undefined;
}

interface ProofInput<P> {
  readonly target: ObjectRef | undefined;
  readonly params: P;
  /** Nodes whose pods were restarted; empty where nothing was. */
  readonly nodes: readonly string[];
  /** Logs and events before this moment prove nothing. */
  readonly since: Date;
}

/** `unreadable` = this version does not say; `detail` is shown with the outcome. */
export interface Proof {
  readonly state: 'in-effect' | 'not-in-effect' | 'unreadable';
  readonly detail: string;
}

/** A finding as a remediation needs it. */
interface FixedFinding {
  readonly id: string;
  readonly about: ObjectRef;
  readonly data: Readonly<Record<string, string | number>>;
}

/** What a cluster says of one parameter, for the form that asks for it. */
export interface KnownValue {
  /** What there is to choose from. */
  readonly choices?: readonly string[] | undefined;
  /** What a choice is shown as, where that is not itself. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** There may be others than these to choose from: one can be typed as well. */
  readonly orTyped?: boolean | undefined;
  /** As it is set now, or as the finding has it. */
  readonly now?: string | undefined;
  /** Stands below the field, behind its own hint. */
  readonly hint?: string | undefined;
}

interface RemediationDefinition<P> {
  /** An order, verb first; also the file's name. */
  readonly id: string;
  readonly title: string;
  /** The first line of its card, verb first, without what restarts; `{name}` = a parameter, or the object it is for. */
  readonly does: string;
  /** What it means to those who use the cluster while it is made, in a sentence. */
  readonly impact: string;
  readonly intent: string;
  /** Finding ids it may be offered for; empty = started by command. */
  readonly fixes: readonly string[];
  readonly risk: Risk;
  readonly undo: Undo;
  readonly after: After;
  /** Said on the card where the FAQ advises against it, with the better way. */
  readonly notRecommended?: string;
  /** Of a mere restart: whose pods it replaces where they are broken or run an old configuration. */
  readonly restartsPodsOf?: readonly string[];
  readonly reads: readonly RbacRule[];
  readonly writes: readonly RbacRule[];
  /** What it asks of the cloud where that is connected. */
  readonly cloudActions?: readonly CloudAction[];
  readonly params: z.ZodType<P>;
  /** What the cluster says of its parameters. Only a help: a form can be filled in without. */
  known?(
    reader: ClusterReader,
    input: {
      readonly data: Readonly<Record<string, string | number>>;
      /** Absent = not connected. */
      readonly cloud?: CloudReader | undefined;
    },
  ): Promise<Readonly<Record<string, KnownValue>>>;
  /** Reads and decides; never writes. Throws `plan.refused` with the reason where no change must be made. */
  plan(reader: ClusterReader, input: PlanInput<P>): Promise<Plan>;
  /**
   * What has to stay so until the last pod, beside the objects that are written and the config that pods read: asked
   * again before each. Throws `plan.refused` once it is not so any more.
   */
  mustHold?(reader: ClusterReader, input: PlanInput<P>): Promise<void>;
  /** Of the findings it may be offered for: whether this one is about what this very change changes; absent = all are. */
  concerns?(finding: FixedFinding, input: Pick<PlanInput<P>, 'target' | 'params'>): boolean;
  /** The FAQ's own proof that the change is in effect, beyond "written" and "restarted". Asked of the canary, then of all. */
  prove?(reader: ClusterReader, input: ProofInput<P>): Promise<Proof>;
}

export interface Remediation
  extends Omit<RemediationDefinition<unknown>, 'plan' | 'mustHold' | 'concerns' | 'prove' | 'params'> {
  readonly params: z.ZodType<unknown>;
  /** Parses `params` before planning; a bad value throws `plan.refused` naming the field. */
  plan(reader: ClusterReader, input: PlanInput<unknown>): Promise<Plan>;
  readonly mustHold?: ((reader: ClusterReader, input: PlanInput<unknown>) => Promise<void>) | undefined;
  readonly concerns?:
    | ((finding: FixedFinding, input: Pick<PlanInput<unknown>, 'target' | 'params'>) => boolean)
    | undefined;
  readonly prove?: ((reader: ClusterReader, input: ProofInput<unknown>) => Promise<Proof>) | undefined;
}

export function defineRemediation<P>(definition: RemediationDefinition<P>): Remediation {
  const { prove, mustHold, concerns, ...rest } = definition;
  const parsed = <I extends { readonly params: unknown }>(input: I): I & { readonly params: P } => ({
    ...input,
    params: parseParams(definition, input.params),
  });
  return {
    ...rest,
    plan: (reader, input) => definition.plan(reader, parsed(input)),
    concerns: concerns && ((finding, input) => concerns(finding, parsed(input))),
    mustHold: mustHold && ((reader, input) => mustHold(reader, parsed(input))),
    prove: prove && ((reader, input) => prove(reader, parsed(input))),
  };
}

/** Must someone choose something before it can be planned? */
export const needsParams = ({ params }: Pick<Remediation, 'params'>): boolean =>
  !params.safeParse({}).success;

function parseParams<P>(definition: RemediationDefinition<P>, params: unknown): P {
  const parsed = definition.params.safeParse(params ?? {});
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(
    (issue) => `${issue.path.join('.') || 'parameters'}: ${issue.message}`,
  );
  throw new AcknetError('plan.refused', `${definition.id}: ${faults.join('; ')}`);
}
