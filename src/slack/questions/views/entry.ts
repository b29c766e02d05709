import type { AnswerFacts } from '../../../intents/answer-facts.js';
import type { Answer } from '../../../intents/compose-answer.js';
import type { Intent } from '../../../intents/intent.js';
import { questionTexts as texts } from '../../../texts/questions.js';
import { paginate } from '../../kit/block-budget.js';
import { context, section } from '../../kit/blocks.js';
import type { SlackMessage } from '../../kit/message.js';
import { bold, clip, escapeMrkdwn, link } from '../../kit/writing/mrkdwn.js';
import { fittedTo, sectionBlocks } from './answer-sections.js';

interface EntryView {
  readonly intent: Pick<Intent, 'title' | 'summary' | 'links'>;
  readonly answer: Answer;
  /** The cluster that it is fitted to. */
  readonly facts: Pick<AnswerFacts, 'name' | 'ageSeconds'> | undefined;
}

/** An entry to who asks for it by name: no question led to it, so it is all there, and no button belongs to it. */
export function entryView({ intent, answer, facts }: EntryView): SlackMessage[] {
  const parts = answer.sections.filter(({ name }) => name !== 'Corrections');
  return paginate(clip(texts.headed(intent.title, intent.summary), 300), [
    [section(bold(escapeMrkdwn(intent.title)))],
    ...parts.map((part) => sectionBlocks(part, parts.length > 1)),
    [
      ...(facts === undefined ? [] : [context(fittedTo(facts, answer))]),
      context(`:book: ${intent.links.map(({ title, url }) => link(url, title)).join(' · ')}`),
    ],
  ]);
}
