const rules = new Intl.PluralRules('en');

/** `3 pods`, `1 pod`; which form a number takes is the language's own rule. */
export function count(n: number, noun: string, nouns = `${noun}s`): string {
  return `${n} ${rules.select(n) === 'one' ? noun : nouns}`;
}
