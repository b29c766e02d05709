import { describe, expect, it } from '@jest/globals';
import { preformatted, richText, section, verbatim } from '../../../src/slack/kit/blocks.js';
import { createOnWire, onWire, onWireFile, onWireView } from '../../../src/slack/kit/on-wire.js';
import { escapeMrkdwn } from '../../../src/slack/kit/writing/mrkdwn.js';

const SECRET = 'c4n4ryS3cretValue';

describe('what goes to Slack', () => {
  it.each([
    [`token=${SECRET}`, 'token=<redacted>'],
    ['a\u202eb', 'a[U+202E]b'],
    ['no secret', 'no secret'],
  ])('is shown the same when %j was sent before', (text, shown) => {
    const remembering = createOnWire();
    const message = { text, blocks: [section(text)] };
    for (const sent of [remembering(message), remembering(message)])
      expect(sent).toEqual({ text: escapeMrkdwn(shown), blocks: [section(shown)] });
  });

  it.each([
    ['a block that was built without masking', section(`password=${SECRET}`)],
    ['code', richText(preformatted(`{"dbPassword":"${SECRET}"}`))],
  ])('is masked in %s', (_title, block) => {
    expect(JSON.stringify(onWire({ text: `token=${SECRET}`, blocks: [block] }))).not.toContain(SECRET);
  });

  it('is masked in modals and files', () => {
    const view = {
      type: 'modal',
      title: { type: 'plain_text', text: 'a' },
      blocks: [section(`token=${SECRET}`)],
    } as const;
    expect(JSON.stringify(onWireView({ ...view, blocks: [...view.blocks] }))).not.toContain(SECRET);
    expect(onWireFile({ name: 'a', title: 'b', content: `token=${SECRET}` }).content).toBe(
      'token=<redacted>',
    );
  });

  it.each([
    ['ESC', 'a\u001b[31mb', 'a\u241b[31mb'],
    ['NUL', 'a\u0000b', 'a\u2400b'],
    ['DEL', 'a\u007fb', 'a\u2421b'],
    ['a right-to-left override', 'a\u202eb', 'a[U+202E]b'],
    ['an isolate', 'a\u2066b\u2069', 'a[U+2066]b[U+2069]'],
    ['a mark', 'a\u200fb', 'a[U+200F]b'],
    ['a byte order mark', '\ufeffb', '[U+FEFF]b'],
    ['a line separator', 'a\u2028b', 'a[U+2028]b'],
  ])('shows %s by name', (_title, text, shown) => {
    expect(onWire({ text, blocks: verbatim(text) })).toMatchObject({
      text: shown,
      blocks: [{ elements: [{ elements: [{ text: shown }] }] }],
    });
  });

  it.each(['a\n\tb', '为什么 👩‍💻', 'a\u200b*\u200b'])('leaves %j as it is', (text) => {
    expect(onWire({ text, blocks: [] }).text).toBe(text);
  });

  it('leaves alone what comes back with a click', () => {
    const value = JSON.stringify({ x: 'token=abc12345' });
    const button = {
      type: 'button',
      text: { type: 'plain_text', text: 'a' },
      action_id: 'a',
      value,
    } as const;
    const { blocks } = onWire({ text: 'a', blocks: [{ type: 'actions', elements: [button] }] });
    expect(blocks).toEqual([{ type: 'actions', elements: [button] }]);
  });
});
