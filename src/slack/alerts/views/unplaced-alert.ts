import type { UnplacedAlert } from '../../../jobs/ports.js';
import { alertTexts } from '../../../texts/alerts.js';
import { context, section } from '../../kit/blocks.js';
import type { SlackMessage } from '../../kit/message.js';
import { bold, clip, literal, literalUpTo } from '../../kit/writing/mrkdwn.js';

const { unplaced: texts } = alertTexts;

/** An alert that acknet looks at no cluster for: which, why, and what to do about it. */
export function unplacedAlertView(what: UnplacedAlert): SlackMessage {
  const title = texts.title(clip(what.alert, 200));
  const why = reasonOf(what);
  const hint = texts.hints[what.kind];
  return {
    text: clip(`${title}. ${why} ${hint}`, 3000),
    blocks: [
      section(`:grey_question: ${bold(literal(title))}\n${literalUpTo(why, 900)} ${hint}`),
      context(texts.once),
    ],
  };
}

function reasonOf(what: UnplacedAlert): string {
  switch (what.kind) {
    case 'unknown':
      return texts.unknown(clip(what.named, 200));
    case 'several':
      return texts.several(clip(what.named, 200));
    case 'unnamed':
      return texts.unnamed;
    case 'restricted':
      return texts.restricted(what.cluster);
  }
}
