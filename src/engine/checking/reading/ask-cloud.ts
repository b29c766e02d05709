import type { CloudOutcome } from '../../../checks/judging/cloud-part.js';
import type { Check } from '../../../checks/judging/define-check.js';
import type { CloudAction } from '../../../cloud/actions.js';
import type { CloudReader } from '../../../cloud/ports.js';
import { isAcknetError } from '../../../errors.js';
import { faultOf, type RunLimits, Stopped, untilStopped } from '../unfinished.js';

interface Asking {
  /** undefined = not connected. */
  readonly cloud: CloudReader | undefined;
  /** What asks first, where the account's budget may not last for all. */
  readonly before?: Promise<unknown> | undefined;
  /** Calls that the run is not worth: a check that needs one of them asks nothing, nor does one that decides nothing by it. */
  readonly spare?: readonly CloudAction[] | undefined;
  readonly stop: AbortSignal;
  readonly limits: RunLimits;
}

/** The cloud's side of a check. A fault of the cloud, or too little time, is an outcome: what Kubernetes told stands. */
export async function askCloud(
  check: Pick<Check, 'cloud'>,
  facts: unknown,
  { cloud, before, spare, stop, limits }: Asking,
): Promise<CloudOutcome | undefined> {
  if (cloud === undefined || check.cloud === undefined) return undefined;
  if (check.cloud.asks?.(facts) === false) return undefined;
  const { actions, decides } = check.cloud;
  if (spare && (decides.length === 0 || actions.some((action) => spare.includes(action)))) return undefined;
  try {
    if (before !== undefined) await untilStopped(before, stop);
    return { seen: await untilStopped(check.cloud.gather(cloud, facts), stop) };
  } catch (error) {
    const ended = error instanceof Stopped || (error instanceof Error && error.name === 'AbortError');
    if (ended || isAcknetError(error)) return { fault: faultOf(error, limits) };
    throw error;
  }
}
