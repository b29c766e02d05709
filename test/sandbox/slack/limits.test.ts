import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../../sandbox/slack/json.js';
import { checkMessage } from '../../../sandbox/slack/limits/check-message.js';
import { checkView } from '../../../sandbox/slack/limits/check-view.js';
import { SlackApiError } from '../../../sandbox/slack/requests/slack-api-error.js';

const x = (length: number): string => 'x'.repeat(length);
const plain = (length: number) => ({ type: 'plain_text', text: x(length) });
const mrkdwn = (length: number) => ({ type: 'mrkdwn', text: x(length) });
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const section = (length: number, extra: object = {}) => ({ type: 'section', text: mrkdwn(length), ...extra });
const button = (extra: object = {}) => ({ type: 'button', action_id: 'a', text: plain(5), ...extra });
const actions = (elements: object[]) => ({ type: 'actions', elements });
const option = (text: number, value: number) => ({ text: plain(text), value: x(value) });
const select = (options: object[]) => actions([{ type: 'static_select', action_id: 'a', options }]);
const confirm = (lengths: { title?: number; text?: number; confirm?: number; deny?: number }) =>
  actions([
    button({
      confirm: {
        title: plain(lengths.title ?? 5),
        text: plain(lengths.text ?? 5),
        confirm: plain(lengths.confirm ?? 5),
        deny: plain(lengths.deny ?? 5),
      },
    }),
  ]);
const task = (status: string) => ({ type: 'task_card', task_id: 't', title: 'x', status });
const cell = (length: number) => ({ type: 'raw_text', text: x(length) });
const table = (rows: object[][]) => ({ type: 'table', rows });
const dataTable = (rows: object[][], extra: object = {}) => ({
  type: 'data_table',
  caption: 'Pods',
  rows,
  ...extra,
});
const rich = { type: 'rich_text', elements: [] };

/** undefined where Slack takes it; else its error and the pointers of the places. */
function verdict(check: () => void): { error: unknown; at: string[] } | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (!(error instanceof SlackApiError)) throw error;
    const lines = (error.body.errors ?? []) as string[];
    return {
      error: error.body.error,
      at: lines.map((line) => /json-pointer:(.*)\]$/.exec(line)?.[1] ?? line),
    };
  }
}

const ofBlocks = (...blocks: object[]) => verdict(() => checkMessage({ text: 'x', blocks }));
const ofView = (view: object, type: 'modal' | 'home' = 'modal') =>
  verdict(() => checkView(view as Json, type));
const invalid = (...at: string[]) => ({ error: 'invalid_blocks', at });

describe('a message’s blocks', () => {
  it.each<[string, object[], object[], string]>([
    ['50 blocks', times(50, () => ({ type: 'divider' })), times(51, () => ({ type: 'divider' })), '/blocks'],
    ['section text 3,000', [section(3000)], [section(3001)], '/blocks/0/text/text'],
    ['some text', [section(1)], [section(0)], '/blocks/0/text/text'],
    [
      '10 fields',
      [section(1, { fields: times(10, () => mrkdwn(1)) })],
      [section(1, { fields: times(11, () => mrkdwn(1)) })],
      '/blocks/0/fields',
    ],
    [
      'field text 2,000',
      [section(1, { fields: [mrkdwn(2000)] })],
      [section(1, { fields: [mrkdwn(2001)] })],
      '/blocks/0/fields/0/text',
    ],
    ['text or fields', [section(1)], [{ type: 'section' }], '/blocks/0'],
    [
      'header 150',
      [{ type: 'header', text: plain(150) }],
      [{ type: 'header', text: plain(151) }],
      '/blocks/0/text/text',
    ],
    [
      'a plain header',
      [{ type: 'header', text: plain(1) }],
      [{ type: 'header', text: mrkdwn(1) }],
      '/blocks/0/text/type',
    ],
    [
      '10 context elements',
      [{ type: 'context', elements: times(10, () => mrkdwn(1)) }],
      [{ type: 'context', elements: times(11, () => mrkdwn(1)) }],
      '/blocks/0/elements',
    ],
    [
      '25 actions',
      [actions(times(25, (i) => button({ action_id: `a${i}` })))],
      [actions(times(26, (i) => button({ action_id: `a${i}` })))],
      '/blocks/0/elements',
    ],
    [
      '5 context actions',
      [
        {
          type: 'context_actions',
          elements: times(5, (i) => ({
            type: 'icon_button',
            action_id: `a${i}`,
            icon: 'trash',
            text: plain(3),
          })),
        },
      ],
      [
        {
          type: 'context_actions',
          elements: times(6, (i) => ({
            type: 'icon_button',
            action_id: `a${i}`,
            icon: 'trash',
            text: plain(3),
          })),
        },
      ],
      '/blocks/0/elements',
    ],
    [
      'block_id 255',
      [{ type: 'divider', block_id: x(255) }],
      [{ type: 'divider', block_id: x(256) }],
      '/blocks/0/block_id',
    ],
    [
      'action_id 255',
      [actions([button({ action_id: x(255) })])],
      [actions([button({ action_id: x(256) })])],
      '/blocks/0/elements/0/action_id',
    ],
    [
      'block ids once',
      [
        { type: 'divider', block_id: 'a' },
        { type: 'divider', block_id: 'b' },
      ],
      [
        { type: 'divider', block_id: 'a' },
        { type: 'divider', block_id: 'a' },
      ],
      '/blocks/1/block_id',
    ],
    [
      'action ids once a block',
      [actions([button(), button({ action_id: 'b' })])],
      [actions([button(), button()])],
      '/blocks/0/elements/1/action_id',
    ],
    [
      'button text 75',
      [actions([button({ text: plain(75) })])],
      [actions([button({ text: plain(76) })])],
      '/blocks/0/elements/0/text/text',
    ],
    [
      'a plain button',
      [actions([button()])],
      [actions([button({ text: mrkdwn(5) })])],
      '/blocks/0/elements/0/text/type',
    ],
    [
      'button value 2,000',
      [actions([button({ value: x(2000) })])],
      [actions([button({ value: x(2001) })])],
      '/blocks/0/elements/0/value',
    ],
    [
      'button url 3,000',
      [actions([button({ url: x(3000) })])],
      [actions([button({ url: x(3001) })])],
      '/blocks/0/elements/0/url',
    ],
    [
      'accessibility label 75',
      [actions([button({ accessibility_label: x(75) })])],
      [actions([button({ accessibility_label: x(76) })])],
      '/blocks/0/elements/0/accessibility_label',
    ],
    [
      'two button styles',
      [actions([button({ style: 'danger' })])],
      [actions([button({ style: 'warning' })])],
      '/blocks/0/elements/0/style',
    ],
    [
      'confirm title 100',
      [confirm({ title: 100 })],
      [confirm({ title: 101 })],
      '/blocks/0/elements/0/confirm/title/text',
    ],
    [
      'confirm text 300',
      [confirm({ text: 300 })],
      [confirm({ text: 301 })],
      '/blocks/0/elements/0/confirm/text/text',
    ],
    [
      'confirm button 30',
      [confirm({ confirm: 30 })],
      [confirm({ confirm: 31 })],
      '/blocks/0/elements/0/confirm/confirm/text',
    ],
    [
      'deny button 30',
      [confirm({ deny: 30 })],
      [confirm({ deny: 31 })],
      '/blocks/0/elements/0/confirm/deny/text',
    ],
    [
      'option text 75',
      [select([option(75, 1)])],
      [select([option(76, 1)])],
      '/blocks/0/elements/0/options/0/text/text',
    ],
    [
      'option value 150',
      [select([option(1, 150)])],
      [select([option(1, 151)])],
      '/blocks/0/elements/0/options/0/value',
    ],
    [
      '100 options',
      [select(times(100, () => option(1, 1)))],
      [select(times(101, () => option(1, 1)))],
      '/blocks/0/elements/0/options',
    ],
    [
      'overflow of 5',
      [
        section(1, {
          accessory: { type: 'overflow', action_id: 'a', options: times(5, () => option(1, 1)) },
        }),
      ],
      [
        section(1, {
          accessory: { type: 'overflow', action_id: 'a', options: times(6, () => option(1, 1)) },
        }),
      ],
      '/blocks/0/accessory/options',
    ],
    [
      'task statuses',
      [{ type: 'plan', title: 'x', tasks: [task('complete')] }],
      [{ type: 'plan', title: 'x', tasks: [task('done')] }],
      '/blocks/0/tasks/0/status',
    ],
    [
      'rich task details',
      [{ type: 'plan', title: 'x', tasks: [{ ...task('error'), details: rich }] }],
      [{ type: 'plan', title: 'x', tasks: [{ ...task('error'), details: 'x' }] }],
      '/blocks/0/tasks/0/details',
    ],
    [
      '100 table rows',
      [table(times(100, () => [cell(1)]))],
      [table(times(101, () => [cell(1)]))],
      '/blocks/0/rows',
    ],
    [
      '20 table cells',
      [table([times(20, () => cell(1))])],
      [table([times(21, () => cell(1))])],
      '/blocks/0/rows/0',
    ],
    [
      '10,000 table characters',
      [table([[cell(5000), cell(5000)]])],
      [table([[cell(5000), cell(5001)]])],
      '/blocks/0/rows',
    ],
    ['text in every cell', [table([[cell(1)]])], [table([[cell(0)]])], '/blocks/0/rows/0/0/text'],
    [
      '100 data rows',
      [dataTable(times(101, () => [cell(1)]))],
      [dataTable(times(102, () => [cell(1)]))],
      '/blocks/0/rows',
    ],
    [
      'even data rows',
      [dataTable([[cell(1)], [cell(1)]])],
      [dataTable([[cell(1)], [cell(1), cell(1)]])],
      '/blocks/0/rows',
    ],
    [
      'a plain data header',
      [dataTable([[cell(1)], [rich]])],
      [dataTable([[rich], [cell(1)]])],
      '/blocks/0/rows/0/0/type',
    ],
    [
      'page size 100',
      [dataTable([[cell(1)], [cell(1)]], { page_size: 100 })],
      [dataTable([[cell(1)], [cell(1)]], { page_size: 101 })],
      '/blocks/0/page_size',
    ],
    [
      '10 contained blocks',
      [{ type: 'container', title: plain(1), child_blocks: times(10, () => section(1)) }],
      [{ type: 'container', title: plain(1), child_blocks: times(11, () => section(1)) }],
      '/blocks/0/child_blocks',
    ],
    [
      'no nested containers',
      [{ type: 'container', title: plain(1), child_blocks: [section(1)] }],
      [{ type: 'container', title: plain(1), child_blocks: [{ type: 'container' }] }],
      '/blocks/0/child_blocks/0/type',
    ],
    ['known types', [section(1)], [{ type: 'sektion' }], '/blocks/0/type'],
    ['known fields', [section(1)], [section(1, { colour: 'red' })], '/blocks/0'],
    ['no alert', [section(1)], [{ type: 'alert', text: plain(1) }], '/blocks/0/type'],
    [
      'no email input',
      [{ type: 'input', label: plain(1), element: { type: 'plain_text_input', action_id: 'a' } }],
      [{ type: 'input', label: plain(1), element: { type: 'email_text_input', action_id: 'a' } }],
      '/blocks/0/element/type',
    ],
  ])('may have %s', (_what, allowed, refused, pointer) => {
    expect(ofBlocks(...allowed)).toBeUndefined();
    expect(ofBlocks(...refused)).toEqual(invalid(pointer));
  });

  it('are counted in code points', () => {
    const header = (count: number) => ({
      type: 'header',
      text: { type: 'plain_text', text: '😀'.repeat(count) },
    });
    expect(ofBlocks(header(150))).toBeUndefined();
    expect(ofBlocks(header(151))).toEqual(invalid('/blocks/0/text/text'));
  });

  it.each<[string, object[], object[], string]>([
    [
      'less than 12,000 characters in all',
      [...times(3, () => section(3000)), section(2999)],
      times(4, () => section(3000)),
      'msg_blocks_too_long',
    ],
    [
      '12,000 characters of Markdown in all',
      times(2, () => ({ type: 'markdown', text: x(6000) })),
      times(2, () => ({ type: 'markdown', text: x(6001) })),
      'msg_blocks_too_long',
    ],
    [
      'one table',
      [table([[cell(1)]])],
      [table([[cell(1)]]), dataTable([[cell(1)], [cell(1)]])],
      'invalid_attachments',
    ],
  ])('may have %s', (_what, allowed, refused, error) => {
    expect(ofBlocks(...allowed)).toBeUndefined();
    expect(ofBlocks(...refused)?.error).toBe(error);
  });

  it('are held to the same in attachments, of which there are 100 at most', () => {
    const of = (attachments: object[]) => verdict(() => checkMessage({ attachments }));
    expect(of([{ color: '#a30200', blocks: [section(1)] }])).toBeUndefined();
    expect(of([{ color: 'crimson' }])).toEqual({
      error: 'invalid_attachments',
      at: ['/attachments/0/color'],
    });
    expect(of([{ blocks: [section(3001)] }])?.at).toEqual(['/attachments/0/blocks/0/text/text']);
    expect(of(times(101, () => ({ text: 'x' })))?.error).toBe('too_many_attachments');
    expect(verdict(() => checkMessage({ markdown_text: x(12_001) }))?.error).toBe('msg_too_long');
  });

  it('that are wrong are named in Slack’s words', () => {
    const fault = () => checkMessage({ blocks: [section(3001)] });
    const line = 'must be less than 3001 characters [json-pointer:/blocks/0/text/text]';
    const body = {
      ok: false,
      error: 'invalid_blocks',
      errors: [line],
      response_metadata: { messages: [`[ERROR] ${line}`] },
    };
    expect(fault).toThrow(expect.objectContaining({ body }));
  });
});

describe('a view', () => {
  const modal = (extra: object = {}) => ({ type: 'modal', title: plain(5), blocks: [section(1)], ...extra });
  const input = { type: 'input', label: plain(1), element: { type: 'plain_text_input', action_id: 'a' } };

  it.each<[string, object, object, string]>([
    ['title 24', modal({ title: plain(24) }), modal({ title: plain(25) }), '/view/title/text'],
    ['submit 24', modal({ submit: plain(24) }), modal({ submit: plain(25) }), '/view/submit/text'],
    ['close 24', modal({ close: plain(24) }), modal({ close: plain(25) }), '/view/close/text'],
    [
      'private_metadata 3,000',
      modal({ private_metadata: x(3000) }),
      modal({ private_metadata: x(3001) }),
      '/view/private_metadata',
    ],
    ['callback_id 255', modal({ callback_id: x(255) }), modal({ callback_id: x(256) }), '/view/callback_id'],
    [
      '100 blocks',
      modal({ blocks: times(100, () => ({ type: 'divider' })) }),
      modal({ blocks: times(101, () => ({ type: 'divider' })) }),
      '/view/blocks',
    ],
    [
      'a submit with inputs',
      modal({ submit: plain(1), blocks: [input] }),
      modal({ blocks: [input] }),
      '/view',
    ],
    [
      'an alert, no plan',
      modal({ blocks: [{ type: 'alert', text: plain(200) }] }),
      modal({ blocks: [{ type: 'plan', title: 'x' }] }),
      '/view/blocks/0/type',
    ],
    [
      'a section, no Markdown',
      modal(),
      modal({ blocks: [{ type: 'markdown', text: 'x' }] }),
      '/view/blocks/0/type',
    ],
  ])('may have %s', (_what, allowed, refused, pointer) => {
    expect(ofView(allowed)).toBeUndefined();
    expect(ofView(refused)).toEqual({ error: 'invalid_arguments', at: [pointer] });
  });

  it('may not be larger than 250 kB', () => {
    const blocks = times(90, () => section(3000));
    expect(ofView(modal({ blocks }))).toEqual({ error: 'view_too_large', at: [] });
  });

  it('of Home has no table and no date-time input', () => {
    const home = (blocks: object[]) => ofView({ type: 'home', blocks }, 'home');
    expect(home([section(1)])).toBeUndefined();
    expect(home([table([[cell(1)]])])?.at).toEqual(['/view/blocks/0/type']);
    expect(home([{ ...input, element: { type: 'datetimepicker', action_id: 'a' } }])?.at).toEqual([
      '/view/blocks/0/element/type',
    ]);
  });
});
