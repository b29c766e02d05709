const rules = new Intl.PluralRules('en');

/** What is said of `n`; which form a number takes is the language's own rule. */
export const form = (n: number, one: string, many: string): string =>
  rules.select(n) === 'one' ? one : many;

/** `3 pods`, `1 pod`. */
export const count = (n: number, noun: string, nouns = `${noun}s`): string => `${n} ${form(n, noun, nouns)}`;
