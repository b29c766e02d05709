import Fuse from 'fuse.js';
import lunr from 'lunr';
import MiniSearch from 'minisearch';
import { rankedIds } from '../../../src/intents/evaluation/evaluate.js';
import type { Intent } from '../../../src/intents/intent.js';
import { createMatcher } from '../../../src/intents/match/create-matcher.js';
import type { MatchData } from '../../../src/intents/match/data/load-match-data.js';

/** Ids of entries, best first. */
export type Search = (text: string) => readonly string[];

export interface Searcher {
  readonly name: string;
  /** Builds the index. */
  readonly build: (intents: readonly Intent[]) => Search;
}

const FIELDS = ['title', 'summary', 'keywords', 'ask', 'text'] as const;

interface Flat {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly keywords: string;
  readonly ask: string;
  readonly text: string;
}

/** What every searcher gets to see of an entry: the same as ours, the error texts among the keywords. */
function flatten(intent: Intent): Flat {
  return {
    id: intent.id,
    title: intent.title,
    summary: intent.summary,
    keywords: [...intent.keywords, ...intent.errors].join(' , '),
    ask: intent.ask.join(' . '),
    text: Object.values(intent.sections).join('\n'),
  };
}

export function ours(data: MatchData): Searcher {
  return {
    name: 'acknet',
    build: (intents) => {
      const matcher = createMatcher(intents, data);
      return (text) => rankedIds(matcher.match(text));
    },
  };
}

export const fuse: Searcher = {
  name: 'Fuse, token search',
  build: (intents) => {
    const index = new Fuse(
      intents.map((intent) => ({ ...flatten(intent), ask: intent.ask })),
      {
        keys: ['title', 'summary', 'keywords', 'ask'],
        useTokenSearch: true,
        threshold: 0.35,
        ignoreLocation: true,
      },
    );
    return (text) => index.search(text, { limit: 3 }).map(({ item }) => item.id);
  },
};

export const miniSearch: Searcher = {
  name: 'MiniSearch, fuzzy',
  build: (intents) => {
    const index = new MiniSearch<Flat>({ fields: [...FIELDS], searchOptions: { fuzzy: 0.2, prefix: true } });
    index.addAll(intents.map(flatten));
    return (text) => index.search(text).map(({ id }) => String(id));
  },
};

export const lunrSearch: Searcher = {
  name: 'lunr, stemmed',
  build: (intents) => {
    const index = lunr(function (this: lunr.Builder) {
      this.ref('id');
      for (const field of FIELDS) this.field(field);
      for (const intent of intents) this.add(flatten(intent));
    });
    return (text) =>
      index
        .query((query) => lunr.tokenizer(text).forEach((token) => void query.term(token, {})))
        .map(({ ref }) => ref);
  },
};
