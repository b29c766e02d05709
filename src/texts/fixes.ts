import { answerTexts } from './fixes/answers.js';
import { cardTexts } from './fixes/card.js';
import { formTexts } from './fixes/forms.js';
import { outcomeTexts } from './fixes/outcome.js';
import { stateTexts } from './fixes/states.js';

/** What acknet says with a fix: its card, its buttons and what they answer (`slack/fixes`). */
export const fixTexts = {
  ...stateTexts,
  ...cardTexts,
  ...outcomeTexts,
  ...answerTexts,
  ...formTexts,
} as const;
