import { unescapeMrkdwn } from '../kit/mrkdwn.js';

/** No question is longer; what follows in a paste is logs. */
const LONGEST = 12_000;

/** The words of a Slack message, taken from it once, where it comes in: mentions of people dropped, links and channels as text, mark-up characters gone. */
export function questionText(slackText: string): string {
  const text = slackText
    .slice(0, LONGEST * 2)
    .replace(/<@[UW][A-Z0-9]+(?:\|[^>]*)?>/g, ' ')
    .replace(/<!(?:subteam\^[A-Z0-9]+|here|channel|everyone)(?:\|[^>]*)?>/g, ' ')
    .replace(/<#[A-Z0-9]+\|?([^>]*)>/g, '$1')
    .replace(/<!date\^[^|>]*\|?([^>]*)>/g, '$1')
    .replace(/<((?:https?|mailto|tel):[^|>]+)\|([^>]+)>/g, '$2')
    .replace(/<((?:https?|mailto|tel):[^>]+)>/g, '$1')
    .replace(/:(?:[a-z0-9_+'-]+):(?=\s|$)/g, ' ')
    .replace(/^\s*&gt;\s?/gm, '')
    .replace(/```/g, '\n')
    .replace(/(^|\s)[*_~]+(?=\S)|(?<=\S)[*_~]+(?=\s|[.,!?]|$)/gm, '$1');
  return unescapeMrkdwn(text).replaceAll('`', '').trim().slice(0, LONGEST);
}
