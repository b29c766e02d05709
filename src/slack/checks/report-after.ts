import type { AcknetError } from '../../errors.js';
import type { CheckJob } from '../../jobs/queues/payloads.js';
import type { CheckOutcome } from '../../jobs/ports.js';
import type { MessageRef } from '../../proposals/proposal.js';
import { checkTexts } from '../../texts/checks.js';
import { leftWords } from '../../texts/verdict.js';
import { calling } from '../kit/asker.js';
import { section } from '../kit/blocks.js';
import type { SlackMessage } from '../kit/message.js';
import { literalUpTo } from '../kit/writing/mrkdwn.js';
import type { Poster } from '../wire/create-poster.js';
import { postingOf, type RenderPorts, viewOf } from './render-result.js';
import { verdictFor } from './views/result.js';

interface AfterPorts extends RenderPorts {
  readonly poster: Pick<Poster, 'find' | 'adopt' | 'update' | 'post'>;
}

const { after: texts } = checkTexts;
const keyOf = ({ runId }: Pick<CheckJob, 'runId'>): string => `run:${runId}`;

/** The check after a change: no message of its own. The one that reported the problem shows what came of it. */
export function reportAfter(ports: AfterPorts) {
  const { poster } = ports;
  const tell = (job: CheckJob, at: MessageRef, message: SlackMessage) => {
    const place = { channel: at.channel, threadTs: job.threadTs ?? at.ts };
    return poster.post(`${keyOf(job)}:told`, place, message);
  };

  return {
    /** undefined = this check belongs to no change, or the message is not known any more: it is told as any other. */
    async messageOf(job: CheckJob): Promise<MessageRef | undefined> {
      const at = job.after && (await poster.find(keyOf({ runId: job.after.run })));
      if (at !== undefined) await poster.adopt(keyOf(job), at);
      return at;
    },

    async finished(job: CheckJob, at: MessageRef, result: CheckOutcome): Promise<void> {
      const view = await viewOf(ports, job, result);
      const { first } = postingOf(ports, job, { result, view });
      await poster.update(at, first);
      const left = leftWords(verdictFor(view));
      const note = view.notes?.[0] ?? '';
      await tell(job, at, {
        text: texts.told(job.cluster, left),
        blocks: [section(`${calling(job.requestedBy)}${note}${texts.checkedAgain(left)}`)],
      });
    },

    /** The result on show stays as it is. */
    async failed(job: CheckJob, at: MessageRef, error: AcknetError): Promise<void> {
      const why = texts.notChecked(literalUpTo(error.message, 600));
      await tell(job, at, {
        text: `${job.cluster}${texts.notChecked(error.message)}`,
        blocks: [section(`${calling(job.requestedBy)}${why}`)],
      });
    },
  };
}
