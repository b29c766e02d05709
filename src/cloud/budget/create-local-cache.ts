import type { AnswerCache, CachedAnswer } from '../ports.js';

/** Of one process; it ends with it. */
export function createLocalCache(now: () => Date): AnswerCache {
  const kept = new Map<string, { readonly answer: CachedAnswer; readonly until: number }>();
  return {
    get: async (key) => {
      const found = kept.get(key);
      return found !== undefined && found.until > now().getTime() ? found.answer : undefined;
    },
    set: async (key, answer, seconds) =>
      void kept.set(key, { answer, until: now().getTime() + seconds * 1000 }),
  };
}
