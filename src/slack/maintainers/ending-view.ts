import type { EndingCredential } from '../../jobs/ports.js';
import { credentialTexts as texts } from '../../texts/maintainers.js';
import { context, section } from '../kit/blocks.js';
import type { SlackMessage } from '../kit/message.js';
import { bold, clip, literal, when } from '../kit/writing/mrkdwn.js';
import { namesLine } from '../schedules/views/change-lines.js';

/** Those with a line of their own; Slack takes 50 blocks a message. Of the others, the names. */
const SHOWN = 20;
const MORE_NAMES = 2000;

/** What ends, when, and what is lost with it; the worst first. */
export function endingView(endings: readonly EndingCredential[]): SlackMessage {
  const sorted = [...endings].sort((a, b) => a.ends.getTime() - b.ends.getTime());
  const clusters = [...new Set(sorted.map(({ cluster }) => cluster))];
  const ended = sorted.filter(({ stage }) => stage === 'ended').length;
  const head = texts.head(clusters, ended === 0 ? 'none' : ended === sorted.length ? 'all' : 'some');
  const lines = (at: (ends: Date) => string, show: (text: string) => string) =>
    sorted
      .slice(0, SHOWN)
      .map(({ cluster, use, ends, stage }) =>
        texts.line({ cluster: show(cluster), use, ends: at(ends), ended: stage === 'ended' }),
      );
  const more = sorted.slice(SHOWN);
  const plain = lines((ends) => ends.toISOString(), String);
  return {
    text: clip([`${head}.`, ...plain, texts.renew].join(' '), 3000),
    blocks: [
      section(`:hourglass: ${bold(literal(head))}`),
      ...lines(when, literal).map((line) => section(line)),
      ...(more.length === 0 ? [] : [section(literal(moreLine(more)))]),
      context(literal(texts.renew)),
    ],
  };
}

function moreLine(endings: readonly EndingCredential[]): string {
  const clusters = [...new Set(endings.map(({ cluster }) => cluster))];
  return texts.more({ left: endings.length, names: namesLine(clusters, MORE_NAMES) });
}
