import type { Match } from '../intent.js';
import type { Analysis } from './analyze.js';
import type { Stem } from './create-stemmer.js';
import { functionWords } from './function-words.js';
import { featureKinds, type Knowledge } from './knowledge.js';
import { PhraseTable } from './phrase-table.js';
import { splitWords } from './split-words.js';
import type { Vocabulary } from './vocabulary.js';

/** Whether a message goes on about `entry`; `own` is what it would be matched to without a thread. */
type IsFollowUp = (analysis: Analysis, entry: number, own: Match) => boolean;

/** The most words a follow-up may have that neither its phrases nor the entry know: two, or this share of them. */
const MOST_STRANGE = 0.4;

export function createFollowUps(knowledge: Knowledge, vocabulary: Vocabulary, stem: Stem): IsFollowUp {
  const phrases = new PhraseTable();
  const add = (text: string, name: string): void => {
    phrases.add(
      splitWords(text).map((word) => stem(word.text)),
      name,
    );
  };
  for (const text of vocabulary['follow-ups']) add(text, 'follow-up');
  for (const [name, aliases] of Object.entries(vocabulary.qualifiers)) {
    for (const text of [name.replaceAll('-', ' '), ...aliases]) add(text, 'qualifier');
  }
  const subjects = new Set(Object.keys(vocabulary.subjects));
  const knows = (entry: number, kind: number, text: string): boolean =>
    knowledge.features
      .find(kind, text)
      ?.documents.some((document) => knowledge.phrasings[document]?.entry === entry) ?? false;

  return (analysis, entry, own) => {
    const stems = analysis.words.map(stem);
    const hits = phrases.find(stems);
    if (!hits.some(({ names }) => names.includes('follow-up'))) return false;
    const named = analysis.concepts.filter((name) => subjects.has(name));
    if (named.some((name) => !knows(entry, featureKinds.concepts, name))) return false;
    if (named.length > 0 && own.kind === 'sure') return false;

    const rest = stems.filter(
      (_, at) =>
        !functionWords.has(analysis.words[at] ?? '') && !hits.some(({ from, to }) => at >= from && at < to),
    );
    if (analysis.foreign.some((text) => text.split(' ').every((one) => rest.includes(one)))) return false;
    const strange = rest.filter((one) => !knows(entry, featureKinds.stems, one));
    return strange.length <= Math.max(2, MOST_STRANGE * rest.length);
  };
}
