import type { CloudAction } from '../../cloud/actions.js';
import type { CloudReader } from '../../cloud/ports.js';
import type { ShownCode } from '../../errors.js';

/** What a check asks of the cloud, beside what it reads of the cluster. */
export interface CloudPart<Facts, Seen, Message extends string> {
  /** The RAM policy is generated from this, and the simulated cloud enforces it. */
  readonly actions: readonly CloudAction[];
  /** What a person gets of it, after "Connecting the cloud would show": `how many addresses each vSwitch has left`. */
  readonly shows: string;
  /** Entries whose `blind` text it answers. */
  readonly settles: readonly string[];
  /** Messages that only the cloud's side can bring: left open where it was not read. */
  readonly decides: readonly Message[];
  /** Whether there is anything to ask, by what the cluster told; absent = always. */
  asks?(facts: Facts): boolean;
  /** Reads only, no opinion. Faults of the cloud are left to the engine, which leaves `decides` open. */
  gather(cloud: CloudReader, facts: Facts): Promise<Seen>;
}

/** What came of asking the cloud, with the fact type closed over; absent = it is not connected. */
export type CloudOutcome = { readonly seen: unknown } | { readonly fault: CloudFault };

export interface CloudFault {
  readonly code: ShownCode;
  readonly detail: string;
}
