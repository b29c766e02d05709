import type { Knowledge, Signal } from './knowledge.js';
import { entryTextSignals } from './signals/entry-text-signals.js';
import { errorTextSignal } from './signals/error-text-signal.js';
import { oddsSignal } from './signals/odds-signal.js';
import { conceptSignal, letterSignal } from './signals/phrasing-signals.js';
import type { Analyze } from './words/analyze.js';
import type { Stem } from './words/create-stemmer.js';
import type { Sift } from './words/generic-texts.js';

interface SignalParts {
  readonly sift: Sift;
  readonly analyze: Analyze;
  readonly stem: Stem;
  /** What components print alike. */
  readonly alike: ReadonlySet<string>;
}

/** Every signal, in the order of the weights. */
export function createSignals(knowledge: Knowledge, parts: SignalParts): readonly Signal[] {
  return [
    letterSignal(knowledge),
    conceptSignal(knowledge),
    oddsSignal(knowledge),
    errorTextSignal(knowledge, parts.sift, parts.alike),
    ...entryTextSignals(knowledge, parts),
  ];
}
