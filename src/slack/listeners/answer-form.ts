import { setTimeout as sleep } from 'node:timers/promises';
import type { ModalView } from '@slack/types';
import type { Masked } from '../../masking/masked.js';
import type { SlackMessage } from '../kit/message.js';
import { onWireView } from '../kit/on-wire.js';

/** Slack waits three seconds for the answer to a form. */
const IN_TIME_MS = 2000;

/** The answer to a submitted form: none closes it. */
export type AckForm = (
  answer?:
    | { readonly response_action: 'update'; readonly view: Masked<ModalView> }
    | { readonly response_action: 'errors'; readonly errors: Record<string, string> },
) => Promise<unknown>;

interface FormAnswer {
  readonly ack: AckForm;
  /** Shows something else in the form, once it has been answered. */
  readonly update: (view: ModalView) => Promise<unknown>;
  /** Resolves to undefined where all went well, else to why not. */
  readonly work: () => Promise<SlackMessage | undefined>;
  /** The form once more, with why not. */
  readonly again: (fault: SlackMessage) => ModalView | Promise<ModalView>;
  /** Says why not to who has closed the form meanwhile. */
  readonly tell: (fault: SlackMessage) => Promise<unknown>;
  readonly waiting: ModalView;
  readonly done: ModalView;
  /** Default 2 s. */
  readonly inTimeMs?: number;
}

/** Closes a form when its work is done, or shows in it why not; work that takes longer is waited for in the form. */
export async function answerForm(answer: FormAnswer): Promise<void> {
  const { ack, update, again, tell, waiting, done, inTimeMs = IN_TIME_MS } = answer;
  const work = answer.work().then((fault) => ({ fault }));
  const stop = new AbortController();
  const late = sleep(inTimeMs, undefined, { signal: stop.signal }).catch(() => undefined);
  const early = await Promise.race([work, late]);
  stop.abort();
  if (early !== undefined) {
    await (early.fault === undefined
      ? ack()
      : ack({ response_action: 'update', view: onWireView(await again(early.fault)) }));
    return;
  }
  await ack({ response_action: 'update', view: onWireView(waiting) });
  const { fault } = await work;
  await update(fault === undefined ? done : await again(fault)).catch(async () => {
    // Closed by now, most likely. What went well is seen where it stands; what did not would be lost.
    if (fault !== undefined) await tell(fault);
  });
}
