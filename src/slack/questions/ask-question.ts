import type { QuestionJob } from '../../jobs/queues/payloads.js';
import type { Queues } from '../../jobs/queues/queues.js';
import type { ShowWaiting } from './show-waiting.js';
import { isAddressed } from './spoken-to.js';

export interface AskPorts {
  readonly queues: Pick<Queues, 'question'>;
  readonly showWaiting: ShowWaiting;
}

/** Hands a question to the workers; who spoke to acknet is told if they take their time. */
export async function askQuestion({ queues, showWaiting }: AskPorts, job: QuestionJob): Promise<void> {
  await queues.question(job);
  if (isAddressed(job.surface)) void showWaiting(job);
}
