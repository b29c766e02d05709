import { setTimeout as sleep } from 'node:timers/promises';
import type { ModalView } from '@slack/types';
import type { Masked } from '../../masking/masked.js';
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
  /** Resolves to undefined where all went well, else to what the form shows then. */
  readonly work: () => Promise<ModalView | undefined>;
  readonly waiting: ModalView;
  readonly done: ModalView;
  /** Default 2 s. */
  readonly inTimeMs?: number;
}

/** Closes a form when its work is done, or shows in it why not; work that takes longer is waited for in the form. */
export async function answerForm(answer: FormAnswer): Promise<void> {
  const { ack, update, waiting, done, inTimeMs = IN_TIME_MS } = answer;
  const work = answer.work().then((view) => ({ view }));
  const stop = new AbortController();
  const late = sleep(inTimeMs, undefined, { signal: stop.signal }).catch(() => undefined);
  const early = await Promise.race([work, late]);
  stop.abort();
  if (early !== undefined) {
    await (early.view === undefined
      ? ack()
      : ack({ response_action: 'update', view: onWireView(early.view) }));
    return;
  }
  await ack({ response_action: 'update', view: onWireView(waiting) });
  await update((await work).view ?? done);
}
