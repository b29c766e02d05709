import { configTexts as texts } from '../../texts/maintainers.js';
import { context, section } from '../kit/blocks.js';
import type { SlackMessage } from '../kit/message.js';
import { bold, clip, literal, literalUpTo } from '../kit/writing/mrkdwn.js';

/** Lines with a place of their own, and how long one may be: YAML is quoted in some. The log and doctor have all of it. */
const SHOWN = 10;
const LONGEST = 600;

/** Changed files that are not taken up: what is wrong, and that nothing else has changed. */
export function configRefusedView(faults: readonly string[]): SlackMessage {
  const lines = faults.flatMap((fault) => fault.split('\n'));
  const shown = lines.slice(0, SHOWN);
  const left = lines.length - shown.length;
  const more = left === 0 ? [] : [texts.more(left)];
  return {
    text: clip([texts.refused, ...shown, ...more, texts.kept].join(' '), 3000),
    blocks: [
      section(`:warning: ${bold(literal(texts.refused))}`),
      ...shown.map((line) => section(literalUpTo(line, LONGEST))),
      ...more.map((line) => section(literal(line))),
      context(literal(texts.kept)),
    ],
  };
}

export function configTakenView(): SlackMessage {
  return { text: texts.taken, blocks: [section(`:white_check_mark: ${literal(texts.taken)}`)] };
}
