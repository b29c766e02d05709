import type { ActionsBlock, ContextActionsBlock } from '@slack/types';
import type { LookedUp } from '../../../engine/checking/look-up.js';
import type { Answer } from '../../../intents/compose-answer.js';
import type { Intent } from '../../../intents/intent.js';
import { questionTexts as texts } from '../../../texts/questions.js';
import { actionIds } from '../../kit/action-ids.js';
import { encodeValue } from '../../kit/action-values.js';
import { fitsOneMessage, paginate } from '../../kit/block-budget.js';
import { blocksOf, context, section, sections } from '../../kit/blocks.js';
import type { KnownBlock, Posting } from '../../kit/message.js';
import { bold, clip, escapeMrkdwn, link, literal, when } from '../../kit/writing/mrkdwn.js';
import { anotherCluster, answerControls } from './answer-controls.js';
import { behindMore, fittedTo, sectionBlocks } from './answer-sections.js';

interface AnswerView {
  readonly intent: Intent;
  /** What acknet cannot see of it, as things are. */
  readonly blind: string | undefined;
  readonly answer: Answer;
  /** What the cluster says of it. */
  readonly here?: LookedUp | undefined;
  /** The exchange that the buttons belong to. */
  readonly exchange: string;
  /** The cluster whose facts fill the answer in, and how old they are. */
  readonly cluster?: { readonly name: string; readonly ageSeconds: number } | undefined;
  /** Why the facts of a named cluster are missing. */
  readonly factsMissing?: string | undefined;
  readonly clusters: readonly string[];
  /** The entry's checks that exist. */
  readonly checks: readonly { readonly id: string; readonly title: string }[];
  /** Whether another entry was close. */
  readonly hasOthers: boolean;
  /** Entries that begin like this one, and that checks can tell from it. */
  readonly alike?: readonly Pick<Intent, 'title'>[];
  /** Entries that a second question in the same message may be about. */
  readonly besides?: readonly Pick<Intent, 'id' | 'title'>[] | undefined;
}

/** What helps now; the rest is behind "More". What one message cannot hold follows in the thread. */
export function answerView(view: AnswerView): Posting {
  const { intent, answer } = view;
  const now = answer.sections.filter(({ name }) => !behindMore(name, isAnswered(view)));
  const body = now.flatMap((part) => sectionBlocks(part, now.length > 1));
  const head = [section(bold(escapeMrkdwn(intent.title))), ...(view.here ? hereBlocks(view.here) : [])];
  const foot = [...notes(view), ...controls(view), feedback(view)];
  const text = clip(texts.headed(intent.title, intent.summary), 300);

  if (fitsOneMessage([...head, ...body, ...foot]))
    return { first: { text, blocks: [...head, ...body, ...foot] }, more: [], files: [] };
  const [opening, ...rest] = paginate(text, [head, ...body.map((block) => [block])]);
  const last = rest.pop();
  const end = paginate(text, [last?.blocks ?? [], foot]);
  return { first: opening ?? { text, blocks: head }, more: [...rest, ...end], files: [] };
}

interface MoreView extends Pick<AnswerView, 'intent' | 'answer'> {
  /** The cluster said itself what was asked for. */
  readonly answered?: boolean;
}

/** The sections kept behind "More", as they follow in the thread. */
export function moreView({ intent, answer, answered = false }: MoreView): Posting {
  const groups = answer.sections
    .filter(({ name }) => behindMore(name, answered))
    .map((part) => sectionBlocks(part, true));
  const text = texts.moreOn(intent.title);
  const [first = { text, blocks: [section(escapeMrkdwn(text))] }, ...more] = paginate(text, groups);
  return { first, more, files: [] };
}

const isAnswered = ({ here }: Pick<AnswerView, 'here'>): boolean =>
  here !== undefined && here.blind === undefined;

function hereBlocks({ cluster, at, facts, unread }: LookedUp): KnownBlock[] {
  const lines = [
    texts.readFrom(escapeMrkdwn(cluster), when(at)),
    ...facts.map(({ label, value }) => `• *${escapeMrkdwn(label)}*: ${literal(value)}`),
    ...unread.map(({ title, why }) => `:grey_question: ${escapeMrkdwn(title)}: ${literal(why)}`),
  ];
  return sections(lines.join('\n'));
}

function notes(view: AnswerView): KnownBlock[] {
  const { intent, answer, cluster, factsMissing } = view;
  return blocksOf(
    view.blind === undefined ? undefined : context(texts.notVisible(escapeMrkdwn(view.blind))),
    cluster === undefined ? undefined : clusterLine(view, fittedTo(cluster, answer)),
    factsMissing === undefined ? undefined : context(`:grey_question: ${literal(factsMissing)}`),
    context(`:book: ${intent.links.map(({ title, url }) => link(url, title)).join(' · ')}`),
    view.besides === undefined || view.besides.length === 0
      ? undefined
      : context(texts.yourOther(view.besides.map(({ title }) => escapeMrkdwn(title)))),
  );
}

/** Which cluster it is for, with what changes that. */
function clusterLine(view: AnswerView, text: string): KnownBlock[] {
  const another = anotherCluster(view);
  if (another === undefined) return [context(text)];
  return sections(text).map((block, at) =>
    at === 0 ? { ...block, block_id: `cluster:${view.exchange}`, accessory: another } : block,
  );
}

const controls = (view: AnswerView): ActionsBlock[] =>
  answerControls({
    ...view,
    hasMore: view.answer.sections.some(({ name }) => behindMore(name, isAnswered(view))),
    hasAlike: (view.alike ?? []).length > 0,
    besides: view.besides ?? [],
  });

function feedback({ intent, exchange }: AnswerView): ContextActionsBlock {
  const value = (good: boolean) => encodeValue('feedback', { x: exchange, e: intent.id, good });
  return {
    type: 'context_actions',
    block_id: `feedback:${exchange}`,
    elements: [
      {
        type: 'feedback_buttons',
        action_id: actionIds.answerFeedback,
        positive_button: {
          text: { type: 'plain_text', text: texts.helpful },
          accessibility_label: texts.helped,
          value: value(true),
        },
        negative_button: {
          text: { type: 'plain_text', text: texts.unhelpful },
          accessibility_label: texts.didNotHelp,
          value: value(false),
        },
      },
    ],
  };
}
