import type { Vocabulary } from './data/vocabulary.js';
import type { Knowledge, Signal } from './knowledge.js';
import { contrastSignal } from './signals/contrast-signal.js';
import { entryTextSignals } from './signals/entry-text-signals.js';
import { errorSignals } from './signals/error-signals.js';
import { oddsSignal } from './signals/odds-signal.js';
import { conceptSignal, containedSignal, letterSignal, phrasingSignal } from './signals/phrasing-signals.js';
import type { Analyze } from './words/analyze.js';
import type { Stem } from './words/create-stemmer.js';
import type { Sift } from './words/generic-texts.js';

interface SignalParts {
  readonly vocabulary: Vocabulary;
  readonly sift: Sift;
  readonly analyze: Analyze;
  readonly stem: Stem;
}

/** Every signal, in the order of the weights. */
export function createSignals(knowledge: Knowledge, parts: SignalParts): readonly Signal[] {
  return [
    phrasingSignal(knowledge),
    containedSignal(knowledge),
    letterSignal(knowledge),
    conceptSignal(knowledge),
    oddsSignal(knowledge),
    contrastSignal(knowledge, parts.vocabulary.contrasts),
    ...errorSignals(knowledge, parts),
    ...entryTextSignals(knowledge, parts),
  ];
}
