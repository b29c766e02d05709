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

/** What does not hold for the cluster: what it is about, and what the cluster is instead. */
interface UnfitPassage {
  readonly about: string;
  readonly why: string;
}

/** An entry's passages for a cluster: without those that do not hold there, placeholders filled. */
export function fitPassages(
  intent: Pick<Intent, 'passages' | 'plugin'>,
  facts?: AnswerFacts,
): readonly FittedPassage[] {
  return passagesOf(intent)
    .map((passage) => fitPassage(intent, passage, facts))
    .filter((fitted) => 'markdown' in fitted);
}

/** The passages of the entry, and the one that its `plugin` makes. */
export function passagesOf({ plugin, passages }: Pick<Intent, 'passages' | 'plugin'>): readonly Passage[] {
  if (plugin === undefined) return passages;
  const aboutPlugin: Passage = {
    kinds: [APPLIES_TO],
    section: 'Solution',
    conditions: [],
    markdown: pluginNote({ plugin }),
  };
  return [aboutPlugin, ...passages];
}

/** Nothing of an entry about the other plugin is shown, but that it is. */
export function fitPassage(
  intent: Pick<Intent, 'plugin'>,
  { kinds, section, conditions, markdown }: Passage,
  facts?: AnswerFacts,
): FittedPassage | UnfitPassage {
  const elsewhere = judgePlugin(intent, facts);
  if ('why' in elsewhere && markdown !== pluginNote(intent)) return elsewhere;
  const verdict = judgeConditions(conditions, facts);
  if ('why' in verdict) return verdict;
  return { kinds, section, markdown: fillPlaceholders(markdown, facts), label: verdict.label };
}
