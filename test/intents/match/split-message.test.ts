import { describe, expect, it } from '@jest/globals';
import { splitMessage } from '../../../src/intents/match/words/split-message.js';

describe('splitMessage', () => {
  it.each([
    ['I0418 10:00:00.000001 1 server.go:511] "Using lenient decoding"', '"Using lenient decoding"'],
    ['time="2026-01-19T10:02:11Z" level=fatal msg="no client"', 'time=" " level=fatal msg="no client"'],
    [
      'Warning  FailedScheduling  3s  default-scheduler  0/3 nodes',
      'Warning  FailedScheduling  3s  default-scheduler  0/3 nodes',
    ],
    ['{"level":"error","msg":"no ip"}', '{"level":"error","msg":"no ip"}'],
    ['cmdAdd: error: code = Unknown desc = none', 'cmdAdd: error: code = Unknown desc = none'],
    ['$ ip route', '$ ip route'],
  ])('takes a line of a log for one, without its time and place: %s', (line, left) => {
    const { asked, logs } = splitMessage(`what is this\n${line}`);
    expect(asked).toBe('what is this');
    expect(logs.replaceAll(/ +/g, ' ').trim()).toBe(left.replaceAll(/ +/g, ' '));
  });

  it('keeps a manifest apart, but not what its status says', () => {
    const { asked, logs, manifest } = splitMessage(
      'why?\nkind: Node\nstatus:\n  conditions:\n  - type: Ready\n    message: vsw-1 ip is not enough\n',
    );
    expect(asked.trim()).toBe('why?');
    expect(logs).toContain('ip is not enough');
    expect(manifest).toContain('kind: Node');
  });

  it.each([
    'terway: pods fail with unexpected end of JSON input',
    'question: is the eni shared?\nbackground: we moved to 1.30',
    '- first we added a vswitch\n- then pods failed',
  ])('leaves a sentence with a colon to the asker: %s', (text) => {
    expect(splitMessage(text).asked).toBe(text);
  });

  it('is linear in any text', () => {
    for (const text of [
      'a: '.repeat(20_000),
      '{"'.repeat(30_000),
      '- \n'.repeat(20_000),
      '1234-12-12T'.repeat(5000),
    ]) {
      expect(Object.values(splitMessage(text)).join('').length).toBeGreaterThan(0);
    }
  });
});
