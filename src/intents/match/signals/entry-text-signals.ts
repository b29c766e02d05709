import { FeatureTable } from '../feature-table.js';
import type { Knowledge, Signal } from '../knowledge.js';
import { WeightedIndex } from '../weighted-index.js';
import type { Analyze } from '../words/analyze.js';
import type { Stem } from '../words/create-stemmer.js';
import { functionWords } from '../words/function-words.js';
import { splitWords } from '../words/split-words.js';

interface TextParts {
  readonly analyze: Analyze;
  readonly stem: Stem;
}

/** What an entry says about itself: its keywords, and weakly the words of its text. */
export function entryTextSignals(knowledge: Knowledge, { analyze, stem }: TextParts): readonly Signal[] {
  const keywords = knowledge.intents.map(({ keywords: words }) => analyze(words.join(' , ')));
  const keywordTable = new FeatureTable(keywords.map(({ stems, concepts }) => [stems, concepts]));
  const keywordIndex = new WeightedIndex(keywordTable, [1, 1]);
  const texts = knowledge.intents.map(({ sections }) =>
    topicStems(Object.values(sections).join('\n\n'), stem),
  );
  const textIndex = new WeightedIndex(new FeatureTable(texts.map((stems) => [stems])), [1]);
  return [
    {
      name: 'keywords',
      score: ({ analysis: { stems, concepts } }) => keywordIndex.similarities([stems, concepts]),
    },
    { name: 'entry-text', score: ({ analysis: { stems } }) => textIndex.similarities([stems]) },
  ];
}

/** Read paragraph by paragraph: a text is only split up to the length of a question. */
function topicStems(text: string, stem: Stem): readonly string[] {
  return text
    .split(/\n\n+/)
    .flatMap((part) => splitWords(part))
    .flatMap((word) => (functionWords.has(word.text) ? [] : [stem(word.text)]));
}
