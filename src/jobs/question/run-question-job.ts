import { asAcknetError } from '../as-acknet-error.js';
import { type JobHandler, willRetry } from '../job-context.js';
import type { QuestionJob } from '../queues/payloads.js';
import type { QuestionResponder } from '../ports.js';

/** Answers, or says in the end that no answer was possible: silence is none. */
export function createQuestionHandler({
  responder,
}: {
  responder: QuestionResponder;
}): JobHandler<QuestionJob> {
  return async (job, context) => {
    try {
      if (context.givenUp) throw context.givenUp;
      await responder.answer(job);
    } catch (error) {
      if (!willRetry(error, context)) await responder.failed?.(job, asAcknetError(error));
      throw error;
    }
  };
}
