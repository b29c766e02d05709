import type { Check } from '../../checks/judging/define-check.js';
import type { Intent } from '../../intents/intent.js';
import { questionTexts as texts } from '../../texts/questions.js';

/** The entries and the checks behind them, by id. */
export interface IntentCatalogue {
  readonly all: readonly Intent[];
  readonly checks: readonly Check[];
  get(id: string): Intent | undefined;
  /** The entries that exist among these ids, in order. */
  pick(ids: readonly string[]): readonly Intent[];
  /** An entry's checks that exist; ids nobody has yet are passed over. */
  checksOf(intent: Intent): readonly Check[];
  /** The checks that exist among these ids, in order. */
  checksNamed(ids: readonly string[]): readonly Check[];
  /** Markdown in which an entry is named by its id, which nobody can open, as its title and what to type for it. */
  withTitles(markdown: string): string;
  /** Some entries, the likeliest first, however far the text is from all of them. */
  nearest(text: string): readonly Intent[];
}

interface CatalogueParts {
  readonly intents: readonly Intent[];
  readonly checks: readonly Check[];
  /** The matcher's order of entries, whatever it makes of them. */
  readonly likeliest: (text: string) => readonly { readonly id: string }[];
}

const NEAREST = 3;
const CODE = /`([a-z0-9-]{1,80})`/g;

export function createIntentCatalogue({ intents, checks, likeliest }: CatalogueParts): IntentCatalogue {
  const byId = new Map(intents.map((intent) => [intent.id, intent]));
  return {
    all: intents,
    checks,
    get: (id) => byId.get(id),
    pick: (ids) => ids.flatMap((id) => byId.get(id) ?? []),
    checksOf: (intent) =>
      checks.filter(({ id, intents: named }) => intent.checks.includes(id) || named.includes(intent.id)),
    checksNamed: (ids) => ids.flatMap((id) => checks.filter((check) => check.id === id)),
    withTitles: (markdown) =>
      outsideFences(markdown, (part) =>
        part.replace(CODE, (span, id: string) => {
          const named = byId.get(id);
          return named === undefined ? span : texts.see({ title: named.title, id });
        }),
      ),
    nearest: (text) =>
      likeliest(text)
        .flatMap(({ id }) => byId.get(id) ?? [])
        .slice(0, NEAREST),
  };
}

/** What stands in a block of code is a command or a file, whatever it looks like. */
const outsideFences = (markdown: string, change: (part: string) => string): string =>
  markdown
    .split(/(^[ \t]*```[\s\S]*?^[ \t]*```)/m)
    .map((part, at) => (at % 2 === 1 ? part : change(part)))
    .join('');
