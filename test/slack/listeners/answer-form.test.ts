import { describe, expect, it } from '@jest/globals';
import type { ModalView } from '@slack/types';
import { answerForm } from '../../../src/slack/listeners/answer-form.js';

const modal = (text: string): ModalView => ({
  ...{ type: 'modal', blocks: [] },
  title: { type: 'plain_text', text },
});

/** What Slack got, in order, for work that ends with `fault`, at once or after Slack has waited long enough. */
async function sent(
  fault: string | undefined,
  { slow, closed = false }: { readonly slow: boolean; readonly closed?: boolean },
): Promise<string[]> {
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
    update: async (shown) => {
      if (closed) throw new Error('not_found');
      said.push(`update ${shown.title.text}`);
    },
    work: async () => {
      if (slow) await acked;
      return fault === undefined ? undefined : { text: fault, blocks: [] };
    },
    again: ({ text }) => modal(text),
    tell: async ({ text }) => void said.push(`told ${text}`),
    ...{ waiting: modal('waiting'), done: modal('done'), inTimeMs: slow ? 1 : 60_000 },
  });
  return said;
}

describe('a form', () => {
  it.each([
    ['closes when its work is done in time', undefined, false, ['closed']],
    ['shows in itself why not', 'again', false, [expect.stringMatching(/^ack .*update.*again/)]],
    [
      'says that it works, then that it is done',
      undefined,
      true,
      [expect.stringMatching(/waiting/), 'update done'],
    ],
    ['says that it works, then why not', 'again', true, [expect.stringMatching(/waiting/), 'update again']],
  ])('%s', async (_title, fault, slow, says) => {
    expect(await sent(fault, { slow })).toEqual(says);
  });

  it.each([
    ['has why not said to them', 'again', [expect.stringMatching(/waiting/), 'told again']],
    ['has nothing said where all went well', undefined, [expect.stringMatching(/waiting/)]],
  ])('that its reader has closed meanwhile %s', async (_title, fault, says) => {
    expect(await sent(fault, { slow: true, closed: true })).toEqual(says);
  });
});
