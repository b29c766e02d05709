import type { ObjectStore } from '../api/objects/object-store.js';
import type { LogStore } from '../api/objects/pod-logs.js';
import type { Addresses } from '../expand/addresses.js';
import type { Scenario } from '../scenario.js';

export interface ControllerContext {
  readonly store: ObjectStore;
  readonly logs: LogStore;
  readonly scenario: Scenario;
  readonly addresses: Addresses;
  readonly now: () => Date;
  readonly nextId: () => string;
  /** How long a pod takes to end, and again to start. */
  readonly podStartMs: number;
  /** Nodes whose new pods never become Ready. */
  readonly stuckNodes: ReadonlySet<string>;
  /** Uids of pods that wait because the scenario says so; a rule lets them go. */
  readonly held: Set<string>;
  /** Runs once after `podStartMs`, unless the simulator has closed by then. */
  readonly later: (work: () => void) => void;
}

/** Compares what is with what should be and makes the next step; runs after every change. */
export type Reconciler = (context: ControllerContext) => void;
