import { splitMessage } from './split-message.js';

/** What is left of a Slack message for matching; all bounded. */
interface CleanText {
  /** What is asked, in the asker's words. */
  readonly asked: string;
  /** Log lines beside it; what was pasted as context too where next to nothing is asked. */
  readonly pasted: string;
  /** The places in source code that log lines name. */
  readonly places: string;
  /** Everything, quotes and pastes too, bounded: where error texts are looked for. */
  readonly everything: string;
}

const LONGEST = 60_000;
const HEAD = 1200;
const TAIL = 500;

/** Nothing to take out. */
const PLAIN = /^(?!.*https?:)[\w \t,.?!'"()/-]{1,300}$/;

/** Takes Slack mark-up, links, emoji codes and quote marks out of a message. Never throws; bounded work. */
export function cleanText(text: string): CleanText {
  if (PLAIN.test(text)) return { asked: text, pasted: '', places: '', everything: text };
  const plain = withoutMarkup(text.slice(0, LONGEST).normalize('NFKD').replace(/\p{M}/gu, ''));
  const everything = plain.replace(/^[ \t]*>+/gm, '').trim();
  const own = withoutRepeats(plain.replace(/^[ \t]*>.*$/gm, '')).trim();
  const { asked, logs, places, manifest } = splitMessage(wordCount(own) < 3 ? everything : own);
  const context = wordCount(asked) < ENOUGH && wordCount(logs) < ENOUGH ? `${logs}\n${manifest}` : logs;
  return { asked: bound(asked), pasted: bound(context), places: bound(places), everything };
}

/** "what is this?" asks nothing without what it points at. */
const ENOUGH = 5;

function withoutMarkup(text: string): string {
  return text
    .replace(/<[@!#][^<>|]*(?:\|([^<>]*))?>/g, ' ')
    .replace(/<(?:https?|mailto|tel|slack):[^<>|\s]*(?:\|([^<>]*))?>/g, ' $1 ')
    .replace(/\bhttps?:\/\/\S+/g, ' ')
    .replace(/&(lt|gt|amp|quot|nbsp);/g, (_, name: string) => entities[name] ?? ' ')
    .replace(/(^|\s):[a-z][a-z0-9_+'-]*:(?=$|[\s.,!?:])/gim, '$1 ')
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '');
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', nbsp: ' ' };

/** Logs say the same line again and again. */
function withoutRepeats(text: string): string {
  return [...new Set(text.split('\n'))].join('\n');
}

function wordCount(text: string): number {
  return text.slice(0, 400).split(/\s+/).filter(Boolean).length;
}

/** People ask at the start or at the end of a long paste. */
function bound(text: string): string {
  if (text.length <= HEAD + TAIL) return text;
  return `${text.slice(0, HEAD)}\n${text.slice(-TAIL)}`;
}
