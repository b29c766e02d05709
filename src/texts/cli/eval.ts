import { form } from '../count.js';

/** What `acknet eval` prints. */
export const evalTexts = {
  unreadable: (file: string, code: string | undefined) => `${file} cannot be read (${code}).`,
  misses: (n: number) => `${n} ${form(n, 'miss', 'misses')}`,
  times: (median: string, p99: string) =>
    `A match takes ${median} ms at the median, ${p99} ms at the 99th percentile.`,
  outOfScope: 'out of scope',
  atMost: (ids: string) => `out of scope, at most torn over ${ids}`,
  expected: (what: string) => `expected ${what}`,
  inScope: 'in scope',
  out: 'out',
  smallTalk: 'small talk',
  after: (text: string) => `after: ${text}`,

  turns: {
    first: (n: number) => `right entry, of ${n} first turns`,
    switch: (n: number) => `right entry, of ${n} switches`,
    followUp: (n: number) => `right entry, of ${n} follow-ups`,
    passage: 'right passage, of those the entry answers',
    unsaidPassage: 'right passage, of those it does not answer',
    stillBroken: (n: number) => `right entry, of ${n} "still broken"`,
    stillBrokenCheck: 'answered with the check',
    twoQuestions: (n: number) => `all named, of ${n} with two questions`,
    wrongSure: 'wrong and sure, of all of these',
    talk: (n: number) => `taken for a question, of ${n} small talk`,
  },
} as const;
