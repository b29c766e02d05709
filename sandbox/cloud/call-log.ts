import type { Call } from './call-of.js';
import { CloudRefusal } from './cloud-world.js';
import type { CountedCalls } from './shown/cloud-state.js';

export interface CallLog {
  /** Every call that came, as `<product>:<API>`, in order. */
  readonly calls: readonly string[];
  /** Runs what answers the call and says how that ended: a word, or the code of the refusal that it throws. */
  follow(call: Call, answer: () => Promise<string>): Promise<void>;
  /** How the calls of each API ended. */
  counted(): readonly CountedCalls[];
}

export function createCallLog(changed: () => void): CallLog {
  const calls: string[] = [];
  const ended = new Map<string, Record<string, number>>();
  const count = (api: string, outcome: string) => {
    const counts = ended.get(api) ?? {};
    ended.set(api, { ...counts, [outcome]: (counts[outcome] ?? 0) + 1 });
    changed();
  };
  return {
    calls,
    counted: () => [...ended].map(([api, outcomes]) => ({ api, outcomes })),
    follow: async ({ product, api }, answer) => {
      const name = `${product}:${api}`;
      calls.push(name);
      try {
        count(name, await answer());
      } catch (error) {
        count(name, error instanceof CloudRefusal ? error.code : 'SimulatorFault');
        throw error;
      }
    },
  };
}
