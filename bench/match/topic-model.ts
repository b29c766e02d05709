import type { Analysis } from '../../src/intents/match/analyze.js';
import { round5 } from './train-ranking.js';

const DOUBT = 1;
const CAP = 4;

/** Counts which words our phrasings have and which messages on other topics have. */
export class TopicModel {
  readonly #ours = new Map<string, number>();
  readonly #others = new Map<string, number>();
  #ourTexts = 0;
  #otherTexts = 0;

  add(analysis: Analysis, ours: boolean): void {
    if (ours) this.#ourTexts++;
    else this.#otherTexts++;
    const counts = ours ? this.#ours : this.#others;
    for (const feature of featuresOf(analysis)) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  }

  /** Log odds of each known word; `leftOut` counts as if it had not been added. */
  odds(leftOut?: { readonly analysis: Analysis; readonly ours: boolean }): Record<string, number> {
    const own = new Set(leftOut === undefined ? [] : featuresOf(leftOut.analysis));
    const names = leftOut === undefined ? [...this.#ours.keys(), ...this.#others.keys()] : [...own];
    return Object.fromEntries(
      [...new Set(names)].sort().flatMap((name) => {
        const less = own.has(name) ? 1 : 0;
        const ours = (this.#ours.get(name) ?? 0) - (leftOut?.ours === true ? less : 0);
        const others = (this.#others.get(name) ?? 0) - (leftOut?.ours === false ? less : 0);
        return ours + others === 0 ? [] : [[name, this.#logOdds(ours, others)]];
      }),
    );
  }

  #logOdds(ours: number, others: number): number {
    const ratio =
      (ours + DOUBT) / (this.#ourTexts + 2 * DOUBT) / ((others + DOUBT) / (this.#otherTexts + 2 * DOUBT));
    return round5(Math.max(-CAP, Math.min(CAP, Math.log(ratio))));
  }
}

function featuresOf({ stems, concepts }: Analysis): readonly string[] {
  return [...stems, ...concepts.map((name) => `:${name}`)];
}
