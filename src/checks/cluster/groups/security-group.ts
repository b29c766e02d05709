import type { GroupRule, Policy } from '../../../cloud/views/security-group.js';

/** A group, with all its rules where they were read. */
export interface SecurityGroup {
  readonly id: string;
  /** `normal` (basic) or `enterprise` (advanced); empty = the account does not list the group. */
  readonly type: string;
  /** Whether members of a basic group reach each other whatever its rules say; undefined = not told. */
  readonly inner: Policy | undefined;
  /** Text = why they were not read: nothing is decided by such a group, and nothing beside it. */
  readonly rules: readonly GroupRule[] | string;
}
