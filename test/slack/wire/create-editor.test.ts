import { describe, expect, it } from '@jest/globals';
import type { WebClient } from '@slack/web-api';
import { createEditor } from '../../../src/slack/wire/create-editor.js';
import { createSendFolded } from '../../../src/slack/wire/posts/send-folded.js';
import { quietLogger } from '../../support/quiet-logger.js';
import { redisForTest } from '../../support/redis-for-test.js';
import { waitFor } from '../../support/wait-for.js';

interface Edit {
  readonly ts: string;
  readonly text: string;
}

const { connect, newPrefix } = redisForTest();
const redis = connect();

function stand(options: { everyMs: number; globalEveryMs: number; fail?: boolean; prefix?: string }) {
  const edits: Edit[] = [];
  const update = async ({ ts, text }: { ts: string; text: string }) => {
    edits.push({ ts, text });
    if (options.fail === true) throw new Error('rate limited');
    return {};
  };
  const client = { chat: { update } } as unknown as WebClient;
  const logger = quietLogger();
  const sendFolded = createSendFolded({ logger });
  const parts = { client, sendFolded, redis, prefix: newPrefix(), logger, now: () => new Date() };
  const editor = createEditor({ ...parts, ...options });
  return { editor, edits };
}

const at = (ts: string) => ({ channel: 'C1', ts });
const text = (words: string) => () => ({ text: words, blocks: [] });

describe('progress edits', () => {
  it('in quick succession become the first and the newest', async () => {
    const { editor, edits } = stand({ everyMs: 60, globalEveryMs: 1 });
    editor.edit(at('1'), text('0'));
    await waitFor('the first edit', () => edits.length === 1);
    for (let n = 1; n <= 20; n += 1) editor.edit(at('1'), text(String(n)));
    await waitFor('the newest edit', () => edits.length === 2);
    expect(edits.map((edit) => edit.text)).toEqual(['0', '20']);
    editor.close();
  });

  it('of one message keep their distance, without holding up those of another', async () => {
    const { editor, edits } = stand({ everyMs: 3_600_000, globalEveryMs: 1 });
    editor.edit(at('1'), text('a'));
    await waitFor('the first edit', () => edits.length === 1);
    editor.edit(at('1'), text('b'));
    editor.edit(at('2'), text('c'));
    await waitFor('the other message', () => edits.length === 2);
    expect(edits.map((edit) => edit.text)).toEqual(['a', 'c']);
    editor.close();
  });

  it('never come after the message has settled', async () => {
    const { editor, edits } = stand({ everyMs: 1, globalEveryMs: 40 });
    editor.edit(at('1'), text('a'));
    editor.edit(at('2'), text('late'));
    await waitFor('one edit', () => edits.length === 1);
    await editor.settle(at('2'));
    editor.edit(at('3'), text('after'));
    await waitFor('the edit after', () => edits.some((edit) => edit.text === 'after'));
    expect(edits.map((edit) => edit.text)).not.toContain('late');
    editor.close();
  });

  it('of a process that was held up never come after another has settled the message', async () => {
    const prefix = newPrefix();
    const old = stand({ everyMs: 1, globalEveryMs: 60, prefix });
    const successor = stand({ everyMs: 1, globalEveryMs: 1, prefix });
    old.editor.edit(at('1'), text('another message'));
    old.editor.edit(at('2'), text('late'));
    await waitFor('the edit of the other message', () => old.edits.length === 1);
    await successor.editor.settle(at('2'));
    old.editor.edit(at('3'), text('after'));
    await waitFor('the edit after', () => old.edits.some((edit) => edit.text === 'after'));
    expect(old.edits.map((edit) => edit.text)).not.toContain('late');
    old.editor.close();
    successor.editor.close();
  });

  it('are dropped where another process goes on, and are taken again when it comes back', async () => {
    const { editor, edits } = stand({ everyMs: 1, globalEveryMs: 40 });
    editor.edit(at('1'), text('a'));
    editor.edit(at('2'), text('dropped'));
    editor.drop(at('2'));
    editor.edit(at('3'), text('c'));
    await waitFor('the others', () => edits.length === 2);
    editor.edit(at('2'), text('taken up'));
    await waitFor('the message again', () => edits.length === 3);
    expect(edits.map((edit) => edit.text)).toEqual(['a', 'c', 'taken up']);
    editor.close();
  });

  it('that Slack refuses are dropped: the next state comes anyway', async () => {
    const { editor, edits } = stand({ everyMs: 1, globalEveryMs: 1, fail: true });
    editor.edit(at('1'), text('a'));
    await waitFor('the refused edit', () => edits.length === 1);
    editor.edit(at('1'), text('b'));
    await waitFor('the next edit', () => edits.length === 2);
    editor.close();
  });
});
