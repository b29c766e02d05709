import type { AcknetError } from '../../errors.js';
import type { Queues } from '../queues/queues.js';
import type { CheckJob } from '../queues/payloads.js';
import type { CheckReporter } from '../ports.js';

/** The same reporter; what the check of an incident came to is shown on the incident's message as well. */
export function tellIncident(
  reporter: CheckReporter,
  { queues }: { readonly queues: Pick<Queues, 'looked'> },
): CheckReporter {
  const tell = async ({ incident, runId, after }: CheckJob, error?: AcknetError): Promise<void> => {
    if (incident === undefined) return;
    const afterFix = after !== undefined;
    await queues.looked({ incident, run: runId, afterFix, failed: error && reasonOf(error) });
  };
  return {
    ...reporter,
    finished: async (job, at, result) => {
      await reporter.finished(job, at, result);
      await tell(job);
    },
    failed: async (job, at, error) => {
      // Where its own thread takes nothing, the message still says so.
      await reporter.failed(job, at, error).finally(() => tell(job, error));
    },
  };
}

const reasonOf = ({ message, hint }: AcknetError): string => [message, hint].filter(Boolean).join(' ');
