import type { Authorisation } from '../../approvals/authorise.js';
import type { Approvals } from '../../approvals/create-approvals.js';
import type { Queues, RunningCheck } from '../../jobs/queues/queues.js';
import type { Person } from '../../proposals/proposal.js';

export interface CancelPorts {
  readonly approvals: Pick<Approvals, 'may'>;
  readonly queues: Pick<Queues, 'cancelCheck'>;
}

type Refusal = Extract<Authorisation, { ok: false }>;

/** Cancels those of these checks that this person may ask for; the first refusal, where there was one. */
export async function cancelChecks(
  { approvals, queues }: CancelPorts,
  who: Person,
  running: readonly RunningCheck[],
): Promise<Refusal | undefined> {
  const answers = await Promise.all(
    running.map(async ({ runId, job }) => {
      const may = await approvals.may('ask', who, job.cluster);
      if (may.ok) await queues.cancelCheck(runId);
      return may;
    }),
  );
  return answers.find((may): may is Refusal => !may.ok);
}
