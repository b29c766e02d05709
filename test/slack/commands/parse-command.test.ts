import { describe, expect, it } from '@jest/globals';
import { AcknetError } from '../../../src/errors.js';
import { parseCommand } from '../../../src/slack/commands/parse-command.js';

describe('after /acknet', () => {
  it.each([
    ['', { name: 'help', words: [], options: {} }],
    ['  help ', { name: 'help', words: [], options: {} }],
    ['CHECK cluster-x', { name: 'check', words: ['cluster-x'], options: {} }],
    [
      'check cluster-x a b --ns x,y --node n1',
      { name: 'check', words: ['cluster-x', 'a', 'b'], options: { ns: 'x,y', node: 'n1' } },
    ],
    ['check —ns=x cluster-x', { name: 'check', words: ['cluster-x'], options: { ns: 'x' } }],
    ['unanswered --csv', { name: 'unanswered', words: [], options: { csv: '' } }],
    [
      'ask why --node and &lt;this&gt;?',
      {
        name: 'ask',
        words: ['why', '--node', 'and', '<this>?'],
        options: {},
        rest: 'why --node and <this>?',
      },
    ],
    [
      'mute a.b cluster-x --until 2026-12-31 known since May',
      {
        name: 'mute',
        words: ['a.b', 'cluster-x', 'known', 'since', 'May'],
        options: { until: '2026-12-31' },
      },
    ],
  ])('"%s" is understood', (text, expected) => {
    expect(parseCommand(text)).toMatchObject(expected);
  });

  it.each([
    ['chekc cluster-x', 'There is no command "chekc".', 'Did you mean /acknet check'],
    ['histroy', 'There is no command "histroy".', 'Did you mean /acknet history'],
    ['why do pods get no IP', 'There is no command "why".', 'To ask a question: /acknet ask'],
    ['check cluster-x --nod n', 'check has no option --nod. Did you mean --node?', 'Usage: /acknet check'],
    ['check cluster-x --ns', '--ns needs a value.', 'Usage: /acknet check'],
    ['explain', 'That is only a part of the command.', 'Usage: /acknet explain'],
    ['help --csv', 'help has no option --csv.', 'Usage: /acknet help'],
  ])('"%s" is answered with what would be right', (text, message, hint) => {
    const refused = () => parseCommand(text);
    expect(refused).toThrow(AcknetError);
    try {
      refused();
    } catch (error) {
      const { message: said, hint: hinted } = error as AcknetError;
      expect(said).toBe(message);
      expect(hinted).toContain(hint);
    }
  });
});
