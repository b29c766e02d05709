const LONGEST = 300;

/** The words of a sign without names, numbers and ids, which differ from object to object where the cause is one. */
export const withoutNames = (words: string): string =>
  words
    .slice(0, LONGEST)
    .split(' ')
    .map((word) => (/[\d"]/.test(word) ? '*' : word))
    .join(' ');
