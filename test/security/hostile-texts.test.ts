import { describe, expect, it } from '@jest/globals';
import { mask } from '../../src/masking/mask.js';
import { parseCommand } from '../../src/slack/commands/parse-command.js';
import { chunkText } from '../../src/slack/kit/writing/chunk-text.js';
import { literalUpTo } from '../../src/slack/kit/writing/mrkdwn.js';
import { questionText } from '../../src/slack/questions/question-text.js';
import { processorTime } from './processor-time.js';

const parts = [
  ...[
    '<!date^',
    'a*** … b ',
    '*',
    '\\',
    '\\"',
    '"password":"',
    'password: ',
    'password=',
    'sk=',
    '--token ',
    'auth="',
  ],
  ...[
    '{',
    '[',
    '{"a":',
    '{"token":[',
    '- ',
    'a:\n ',
    'password:\n ',
    'password: |\n ',
    '://',
    'a://b:',
    'eyJaaaaaaaa.',
  ],
  ...[
    '-----BEGIN PRIVATE KEY-----',
    'kind: Secret\ndata:\n',
    '- name: token\n  value: x\n',
    ' ',
    '\n',
    'access key ',
    '<password>',
  ],
];
const LONG = 25_000;
const LONGER = 4 * LONG;

/** The best of three: a busy machine only ever makes it slower. */
const millisecondsOf = (work: (text: string) => unknown, text: string): number =>
  Math.min(...[0, 1, 2].map(() => processorTime(() => work(text))));

const entries: readonly (readonly [string, (text: string) => unknown])[] = [
  ['mask', mask],
  ['the words of a question', questionText],
  ['a command', (text) => parseCommand(`ask ${text}`)],
  ['literal text', (text) => literalUpTo(text, 2800)],
  ['pieces of a text', (text) => chunkText(text, 2800)],
];

describe.each(entries)('%s', (_title, work) => {
  it.each(parts)(
    'takes %j a hundred thousand characters long, and no more than in proportion',
    (part) => {
      const of = (length: number) => `token ${part.repeat(Math.ceil(length / part.length))}`;
      const once = millisecondsOf(work, of(LONG));
      const longer = millisecondsOf(work, of(LONGER));
      // Sixteen times where it is quadratic; below some milliseconds a clock tells nothing.
      expect(longer / Math.max(once, 20)).toBeLessThan(10);
    },
    120_000,
  );
});
