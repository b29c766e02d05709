import type { AnswerFacts } from '../../../intents/answer-facts.js';
import type { Answer, AnswerSection } from '../../../intents/compose-answer.js';
import type { SectionName } from '../../../intents/intent.js';
import { questionTexts as texts } from '../../../texts/questions.js';
import { blocksOf, section } from '../../kit/blocks.js';
import type { KnownBlock } from '../../kit/message.js';
import { markdownToRichText } from '../../kit/writing/markdown-to-rich-text.js';
import { bold, escapeMrkdwn } from '../../kit/writing/mrkdwn.js';

/** Where what was asked for is said, how to find it oneself is behind "More" as well. */
export const behindMore = (name: SectionName, answered: boolean): boolean =>
  name === 'More' || name === 'Corrections' || (answered && name === 'Solution');

const labels: Readonly<Record<SectionName, string>> = texts.sections;

export function sectionBlocks({ name, markdown }: AnswerSection, labelled: boolean): KnownBlock[] {
  return blocksOf(labelled ? section(bold(labels[name])) : undefined, markdownToRichText(markdown));
}

/** Which cluster an entry is fitted to, as it was when, and what was left out for that. Trusted mrkdwn. */
export function fittedTo(
  { name, ageSeconds }: Pick<AnswerFacts, 'name' | 'ageSeconds'>,
  { omitted }: Answer,
): string {
  const left = omitted.map(({ about, why }) => `${escapeMrkdwn(about)}: ${escapeMrkdwn(why)}`);
  return [
    texts.forCluster(escapeMrkdwn(name), age(ageSeconds)),
    ...(left.length === 0 ? [] : [texts.leftOut([...new Set(left)])]),
  ].join(' ');
}

const age = (seconds: number): string =>
  seconds < 60 ? texts.justNow : texts.minutesAgo(Math.round(seconds / 60));
