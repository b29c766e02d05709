import { unescapeMrkdwn } from '../kit/writing/mrkdwn.js';

/** No question is longer; what follows in a paste is logs. */
const LONGEST = 12_000;
const EMOJI = /:(?:[a-z0-9_+'-]+):(?=\s|$)/g;

/** The words of a Slack message, taken from it once, where it comes in: mentions of people dropped, links and channels as text, mark-up characters gone. */
export function questionText(slackText: string): string {
  const text = slackText
    .slice(0, LONGEST * 2)
    .replace(/<([^<>]*)>/g, wordsOf)
    .replace(EMOJI, ' ')
    .replace(/^[ \t]*&gt;\s?/gm, '')
    .replace(/```/g, '\n')
    .replace(/[*_~]+/g, withoutEmphasis);
  const words = unescapeMrkdwn(text).replaceAll('`', '').trim().slice(0, LONGEST);
  return words === '' ? emojiIn(slackText) : words;
}

/** Where somebody says nothing else, these are what is said. */
const emojiIn = (slackText: string): string =>
  (slackText.slice(0, LONGEST).match(EMOJI) ?? []).join(' ').slice(0, LONGEST);

/** What stands in angle brackets: mentions say nothing, links and channels their label. */
function wordsOf(whole: string, inner: string): string {
  const bar = inner.indexOf('|');
  const target = bar === -1 ? inner : inner.slice(0, bar);
  const label = bar === -1 ? '' : inner.slice(bar + 1);
  if (/^(?:@[UW][A-Z0-9]+|!(?:subteam\^[A-Z0-9]+|here|channel|everyone))$/.test(target)) return ' ';
  if (/^(?:#[A-Z0-9]+$|!date\^)/.test(target)) return label;
  if (/^(?:https?|mailto|tel):./.test(target)) return label === '' ? target : label;
  return whole;
}

/** Marks at the edge of a word are Slack's; between letters and between spaces they are the writer's. */
function withoutEmphasis(marks: string, at: number, text: string): string {
  const before = text[at - 1] ?? ' ';
  const after = text[at + marks.length] ?? ' ';
  const opens = /\s/.test(before) && /\S/.test(after);
  const closes = /\S/.test(before) && /[\s.,!?]/.test(after);
  return opens || closes ? '' : marks;
}
