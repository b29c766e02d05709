import type { ShownCode } from '../../errors.js';
import type { Finding } from './finding.js';

export type Outcome = 'clear' | 'found' | 'unknown' | 'not-applicable';

/** A fact worth showing that is no fault: `{label: 'Pod vSwitches', value: 'vsw-a, vsw-b'}`. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly where?: string | undefined;
}

export interface Verdict {
  readonly outcome: Outcome;
  readonly findings: readonly Finding[];
  readonly facts: readonly Fact[];
  /** `only` = the ids of the findings left open, where all others are decided. */
  readonly unknown?:
    | { readonly code: ShownCode; readonly detail: string; readonly only?: readonly string[] | undefined }
    | undefined;
  readonly reason?: string | undefined;
  /** The cloud's side was read, whatever came of it; absent = it was not. */
  readonly cloudSeen?: true | undefined;
}
