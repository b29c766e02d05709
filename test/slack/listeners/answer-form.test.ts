import { describe, expect, it } from '@jest/globals';
import type { ModalView } from '@slack/types';
import { answerForm } from '../../../src/slack/listeners/answer-form.js';

const modal = (text: string): ModalView => ({
  ...{ type: 'modal', blocks: [] },
  title: { type: 'plain_text', text },
});

/** What Slack got, in order, for work that ends as `view`, at once or after Slack has waited long enough. */
async function sent(view: ModalView | undefined, { slow }: { readonly slow: boolean }): Promise<string[]> {
  const said: string[] = [];
  let finish = (): void => undefined;
  const acked = new Promise<void>((resolve) => {
    finish = resolve;
  });
  await answerForm({
    ack: async (answer) => {
      said.push(answer === undefined ? 'closed' : `ack ${JSON.stringify(answer)}`);
      finish();
    },
    update: async (shown) => void said.push(`update ${shown.title.text}`),
    work: async () => {
      if (slow) await acked;
      return view;
    },
    ...{ waiting: modal('waiting'), done: modal('done'), inTimeMs: slow ? 1 : 60_000 },
  });
  return said;
}

describe('a form', () => {
  it.each([
    ['closes when its work is done in time', undefined, false, ['closed']],
    ['shows in itself why not', modal('again'), false, [expect.stringMatching(/^ack .*update.*again/)]],
    [
      'says that it works, then that it is done',
      undefined,
      true,
      [expect.stringMatching(/waiting/), 'update done'],
    ],
    [
      'says that it works, then why not',
      modal('again'),
      true,
      [expect.stringMatching(/waiting/), 'update again'],
    ],
  ])('%s', async (_title, view, slow, says) => {
    expect(await sent(view, { slow })).toEqual(says);
  });
});
