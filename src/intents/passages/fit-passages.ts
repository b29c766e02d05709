import type { AnswerFacts } from '../answer-facts.js';
import type { Intent, Passage } from '../intent.js';
import { judgeConditions } from '../judge-conditions.js';
import { fillPlaceholders } from '../placeholders.js';
import { judgePlugin, pluginNote } from '../plugin-note.js';
import { APPLIES_TO } from './passage-kinds.js';

interface FittedPassage extends Pick<Passage, 'kinds' | 'section' | 'markdown'> {
  /** When it holds, where the facts do not decide: "Terway 1.11.0 and later". */
  readonly label: string | undefined;
}

/** An entry's passages for a cluster: without those that do not hold there, placeholders filled. */
export function fitPassages(
  intent: Pick<Intent, 'passages' | 'plugin'>,
  facts?: AnswerFacts,
): readonly FittedPassage[] {
  const here = !('why' in judgePlugin(intent, facts));
  return [...pluginPassage(intent), ...(here ? intent.passages : [])].flatMap(
    ({ kinds, section, conditions, markdown }) => {
      const verdict = judgeConditions(conditions, facts);
      if ('why' in verdict) return [];
      return [{ kinds, section, markdown: fillPlaceholders(markdown, facts), label: verdict.label }];
    },
  );
}

function pluginPassage({ plugin }: Pick<Intent, 'plugin'>): readonly Passage[] {
  if (plugin === undefined) return [];
  return [{ kinds: [APPLIES_TO], section: 'Solution', conditions: [], markdown: pluginNote({ plugin }) }];
}
