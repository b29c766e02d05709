import type { GroupRule, Policy } from '../../../cloud/views/security-group.js';

/** A group with all its rules. */
export interface SecurityGroup {
  readonly id: string;
  /** `normal` (basic) or `enterprise` (advanced). */
  readonly type: string;
  /** Whether members of a basic group reach each other whatever its rules say; undefined = not told. */
  readonly inner: Policy | undefined;
  readonly rules: readonly GroupRule[];
}
