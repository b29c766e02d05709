import { describe, expect, it } from '@jest/globals';
import {
  clip,
  clipMrkdwn,
  code,
  escapeMrkdwn,
  lengthOf,
  link,
  literal,
  literalUpTo,
  unescapeMrkdwn,
  when,
} from '../../../src/slack/kit/writing/mrkdwn.js';
import { onWire } from '../../../src/slack/kit/on-wire.js';
import { hostile, huge } from '../expect-sendable.js';

describe('untrusted text', () => {
  it.each([
    ['<!channel> look', '&lt;!channel&gt; look'],
    ['<@U0BO|bo>', '&lt;@U0BO|bo&gt;'],
    ['a & b', 'a &amp; b'],
    ['"access_key": "LTAI5tExampleKey1234"', '"access_key": "&lt;redacted&gt;"'],
  ])('%s calls nobody, links nowhere, and holds no secret', (text, safe) => {
    expect(escapeMrkdwn(text)).toBe(safe);
  });

  it('leaves names whole that Slack formats nothing in, fit to be copied', () => {
    for (const name of ['in_cluster_loadbalance', '10-terway.conf', 'a*b', 'nf_conntrack_max'])
      expect(literal(name)).toBe(name);
  });

  it('formats nothing where it is to be literal', () => {
    expect(literal('*b* _i_ ~s~ `c`').replaceAll('\u200b', '')).toBe('*b* _i_ ~s~ `c`');
    expect(literal('*b*')).not.toContain('*b');
  });

  it('ends no code span', () => {
    expect(code('a `b`\nc')).toBe('`a ˋbˋ c`');
  });

  it('breaks out of no link', () => {
    expect(link('https://x.y/?a=1&b=2', 'a|b>c')).toBe('<https://x.y/?a=1&amp;b=2|a¦b&gt;c>');
  });

  it('comes back as it was typed', () => {
    expect(unescapeMrkdwn(escapeMrkdwn(hostile))).toBe(hostile);
  });

  it.each([10, 100, 2800])('takes at most %d characters as sent, cut visibly', (limit) => {
    const shown = literalUpTo(huge, limit);
    expect(lengthOf(shown)).toBeLessThanOrEqual(limit);
    expect(shown).toMatch(/…$/);
  });
});

describe('the text of a message', () => {
  it('is escaped on its way out, also where it is cut', () => {
    for (const text of [hostile, huge]) {
      const wire = onWire({ text, blocks: [] });
      expect(wire.text).not.toMatch(/<[!@]/);
      expect(lengthOf(wire.text)).toBeLessThanOrEqual(4000);
    }
  });

  it('keeps the mentions that are meant', () => {
    expect(onWire({ text: 'No.', tail: 'Who can: <@U0BO>', blocks: [] }).text).toBe('No. Who can: <@U0BO>');
  });
});

describe('clip', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['😀😀😀', 2, '😀…'],
    ['😀😀😀', 3, '😀😀😀'],
    ['ends between two words', 17, 'ends between two…'],
    ['ends between two words', 20, 'ends between two…'],
    ['ends between two words', 22, 'ends between two words'],
    ['/a/path/that/is/longer/than/any/word', 12, '/a/path/tha…'],
  ])('%s to %d is %s', (text, limit, expected) => {
    expect(clip(text, limit)).toBe(expected);
  });
});

describe('clipMrkdwn', () => {
  const long = 'x'.repeat(40);
  it.each([
    ['a short text', 'a &amp; b', 'a &amp; b'],
    ['no entity in two', `1234567890123456789012&amp;${long}`, '1234567890123456789012…'],
    ['no mention in two', `12345678901234567890<@U0ANA>${long}`, '12345678901234567890…'],
    ['no link in two', `see <https://x.y/${long}|it>${long}`, 'see …'],
    ['no code block open', `\`\`\`\n${long}\n\`\`\``, `\`\`\`\n${'x'.repeat(21)}…\n\`\`\``],
    ['no code span open', `\`${long}\``, `\`${'x'.repeat(24)}…\``],
  ])('leaves %s', (_what, text, expected) => {
    expect(clipMrkdwn(text, 30)).toBe(expected);
  });
});

describe('when', () => {
  it('is shown in the reader’s time zone, with UTC where that is not possible', () => {
    expect(when('2026-11-24T03:00:00Z')).toBe(
      '<!date^1795489200^{date_short_pretty} {time}|2026-11-24 03:00 UTC>',
    );
  });

  it('of something that is no time is that text', () => {
    expect(when('<soon>')).toBe('&lt;soon&gt;');
  });
});
