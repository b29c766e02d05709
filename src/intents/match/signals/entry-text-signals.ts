import type { Analyze } from '../analyze.js';
import type { Knowledge, Signal } from '../knowledge.js';
import { WeightedIndex } from '../weighted-index.js';

/** What an entry says about itself: its keywords, and weakly the words of its text. */
export function entryTextSignals(knowledge: Knowledge, analyze: Analyze): readonly Signal[] {
  const keywords = knowledge.intents.map(({ keywords }) => analyze(keywords.join(' , ')));
  const keywordIndex = new WeightedIndex(
    keywords.map(({ stems, concepts }) => [
      { texts: stems, scale: 1 },
      { texts: concepts, scale: 1 },
    ]),
  );
  const texts = knowledge.intents.map(({ sections }) =>
    analyzeParts(Object.values(sections).join('\n\n'), analyze),
  );
  const textIndex = new WeightedIndex(texts.map((stems) => [{ texts: stems, scale: 1 }]));
  return [
    {
      name: 'keywords',
      score: ({ analysis: { stems, concepts } }) =>
        keywordIndex.similarities([
          { texts: stems, scale: 1 },
          { texts: concepts, scale: 1 },
        ]),
    },
    {
      name: 'entry-text',
      score: ({ analysis: { stems } }) => textIndex.similarities([{ texts: stems, scale: 1 }]),
    },
  ];
}

/** An analysis is bounded to the length of a question: longer texts are read paragraph by paragraph. */
function analyzeParts(text: string, analyze: Analyze): readonly string[] {
  return text.split(/\n\n+/).flatMap((part) => analyze(part).stems);
}
