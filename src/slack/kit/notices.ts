import type { Authorisation } from '../../approvals/authorise.js';
import { AcknetError } from '../../errors.js';
import { kitTexts } from '../../texts/kit.js';
import { context, section } from './blocks.js';
import { entitledText } from './entitled.js';
import type { SlackMessage } from './message.js';
import { clip, literal, literalUpTo } from './writing/mrkdwn.js';

/** A short answer that only its reader sees. */
export function noticeView(text: string, more?: string): SlackMessage {
  return {
    text: clip(text, 3000),
    blocks: [section(literalUpTo(text, 2800)), ...(more === undefined ? [] : [context(more)])],
  };
}

/** Why not, and who can. */
export function refusalView({ reason, entitled }: Extract<Authorisation, { ok: false }>): SlackMessage {
  return {
    text: clip(reason, 3000),
    tail: entitled && `${kitTexts.whoCan(entitledText(entitled))}.`,
    blocks: [
      section(`:no_entry: ${literalUpTo(reason, 2800)}`),
      ...(entitled === undefined ? [] : [context(kitTexts.whoCan(entitledText(entitled)))]),
    ],
  };
}

/** An error as its reader can use it: what happened and what to do next. Faults of ours are named as such. */
export function errorView(error: unknown): SlackMessage {
  if (error instanceof AcknetError) {
    const { message, hint } = error;
    const view = noticeView(message, hint === undefined ? undefined : literal(hint));
    return hint === undefined ? view : { ...view, text: clip(`${view.text} ${hint}`, 3000) };
  }
  return noticeView(kitTexts.broken);
}

/** A result is on show and stays: it is what follows it that could not be posted. */
export function incompleteView(error: AcknetError): SlackMessage {
  const { text, blocks } = errorView(error);
  const head = kitTexts.incomplete;
  return { text: clip(`${head} ${text}`, 3000), blocks: [section(`:warning: ${head}`), ...blocks] };
}
