import type { Analyze } from './analyze.js';
import type { Stem } from './create-stemmer.js';
import type { Knowledge, Signal } from './knowledge.js';
import { contrastSignal } from './signals/contrast-signal.js';
import { coverageSignal } from './signals/coverage-signal.js';
import { entryTextSignals } from './signals/entry-text-signals.js';
import { errorSignals } from './signals/error-signals.js';
import { type NameParts, nameSignal } from './signals/name-signal.js';
import { oddsSignals } from './signals/odds-signal.js';
import { conceptSignal, containedSignal, letterSignal, phrasingSignals } from './signals/phrasing-signals.js';

interface SignalParts extends NameParts {
  readonly analyze: Analyze;
  readonly stem: Stem;
}

/** Every signal, in the order of the weights. */
export function createSignals(knowledge: Knowledge, parts: SignalParts): readonly Signal[] {
  return [
    ...phrasingSignals(knowledge),
    containedSignal(knowledge),
    letterSignal(knowledge),
    conceptSignal(knowledge),
    ...oddsSignals(knowledge),
    coverageSignal(knowledge),
    contrastSignal(knowledge, parts.vocabulary.contrasts),
    ...errorSignals(knowledge, parts.stem),
    ...entryTextSignals(knowledge, parts),
    nameSignal(knowledge, parts),
  ];
}
