import type { AnswerFacts } from '../../../intents/answer-facts.js';
import { type Answer, composeAnswer } from '../../../intents/compose-answer.js';
import type { Intent } from '../../../intents/intent.js';
import type { IntentCatalogue } from '../intent-catalogue.js';

/** An entry fitted to a cluster, other entries in it by their titles. */
export function composeShown(
  { withTitles }: Pick<IntentCatalogue, 'withTitles'>,
  intent: Intent,
  facts: AnswerFacts | undefined,
): Answer {
  const { sections, omitted } = composeAnswer(intent, facts);
  return {
    sections: sections.map(({ name, markdown }) => ({ name, markdown: withTitles(markdown) })),
    omitted,
  };
}
