import type { Intent } from '../../../intents/intent.js';
import { questionTexts as texts } from '../../../texts/questions.js';
import { actionIds } from '../../kit/action-ids.js';
import { encodeValue } from '../../kit/action-values.js';
import { actions, blocksOf, button, context, section } from '../../kit/blocks.js';
import { markdownToRichText } from '../../kit/writing/markdown-to-rich-text.js';
import type { KnownBlock, SlackMessage } from '../../kit/message.js';
import { bold, clip, escapeMrkdwn, link } from '../../kit/writing/mrkdwn.js';

/** As entries write where the rest of something stands. */
const TO_MORE = '*More*';

/** What an entry says to a question, or that it does not. */
export type SaidPassage =
  | { readonly markdown: string; readonly label: string | undefined; readonly cut: boolean }
  | { readonly unsaid: string }
  | { readonly about: string; readonly why: string };

interface PassageView {
  readonly intent: Pick<Intent, 'id' | 'title' | 'links' | 'plugin'>;
  /** What was asked for, in order; a second one where the message asked two things. */
  readonly passages: readonly SaidPassage[];
  readonly exchange: string;
  readonly cluster: string | undefined;
  readonly checks: readonly { readonly id: string }[];
  /** Whether the entry's card stands in the thread already: it is not shown twice. */
  readonly shown: boolean;
  readonly hasMore: boolean;
  /** Other entries to name, and why. */
  readonly others: readonly Pick<Intent, 'id' | 'title'>[];
  /** What to try next, where the answer did not help. */
  readonly stillBroken: boolean;
}

/** The passage asked for, in a line or two; the rest of the entry is behind a button. */
export function passageView(view: PassageView): SlackMessage {
  const { intent, passages, stillBroken } = view;
  const head = stillBroken ? texts.firstSee(intent.title) : intent.title;
  const spoken = passages.map(plainly).join(' ');
  return {
    text: clip(texts.headed(head, spoken), 300),
    blocks: blocksOf(
      context(bold(escapeMrkdwn(head))),
      passages.flatMap((one) => blocksFor(one, intent)),
      stillBroken ? section(nextSteps(view)) : undefined,
      !stillBroken && view.others.length > 0 ? context(besides(view)) : undefined,
      context(`:book: ${intent.links.map(({ title, url }) => link(url, title)).join(' · ')}`),
      buttons(view),
    ),
  };
}

function plainly(said: SaidPassage): string {
  if ('markdown' in said) return said.markdown.replace(/[*`>]/g, '').replace(/\s+/g, ' ');
  if ('unsaid' in said) return texts.unsaid(said.unsaid);
  return `${said.about}: ${said.why}.`;
}

function blocksFor(said: SaidPassage, { links }: PassageView['intent']): KnownBlock[] {
  if ('markdown' in said) {
    const label = said.label === undefined ? '' : `**${said.label}:** `;
    return blocksOf(
      markdownToRichText(`${label}${said.markdown}`),
      said.cut ? context(texts.moreToStep) : undefined,
    );
  }
  if ('unsaid' in said) {
    const [source] = links;
    const unsaid = texts.unsaid(bold(escapeMrkdwn(said.unsaid)));
    const where = source === undefined ? [] : [texts.documentationMay(link(source.url, source.title))];
    return [section([unsaid, ...where].join(' '))];
  }
  return [section(texts.notHere(escapeMrkdwn(said.about), escapeMrkdwn(said.why)))];
}

const besides = ({ others }: PassageView): string => texts.otherMayBe(titlesOf(others));

const titlesOf = (entries: PassageView['others']): readonly string[] =>
  entries.map(({ title }) => escapeMrkdwn(title));

/** The check, the next candidate, and whom to ask, in that order. */
function nextSteps({ cluster, checks, others }: PassageView): string {
  const check =
    checks.length === 0
      ? texts.compare
      : cluster === undefined
        ? texts.letMeLook
        : texts.letMeLookAt(escapeMrkdwn(cluster), checks.length);
  const next = others.length === 0 ? texts.noOtherClose : texts.somethingElse(titlesOf(others));
  return [`1. ${check}`, `2. ${next}`, `3. ${texts.neitherHelps}`].join('\n');
}

function buttons(view: PassageView): KnownBlock[] {
  const { intent, passages, exchange, cluster, checks, shown, hasMore, others } = view;
  const entry = (id: string) => encodeValue('entry', { x: exchange, e: id, c: cluster });
  const check =
    cluster === undefined || checks.length === 0
      ? []
      : [button(texts.checkFor(cluster), { action: actionIds.answerCheck, value: entry(intent.id) })];
  const named = others.map((other, at) =>
    button(clip(other.title, 70), { action: `${actionIds.chooseEntry}:${at + 1}`, value: entry(other.id) }),
  );
  const whole = shown
    ? []
    : [button(texts.wholeEntry, { action: `${actionIds.chooseEntry}:0`, value: entry(intent.id) })];
  const isReferred = passages.some((said) => 'markdown' in said && said.markdown.includes(TO_MORE));
  const more =
    hasMore && (shown || isReferred)
      ? [button(texts.more, { action: actionIds.answerMore, value: entry(intent.id) })]
      : [];
  const not = button(texts.notIt, { action: actionIds.answerNotIt, value: entry(intent.id) });
  return actions(`answer:${exchange}`, [...check, ...named, ...whole, ...more, not]);
}
