/** The share of those that pass, 0 to 1, to four places; 0 of none. */
export function shareOf<T>(all: readonly T[], test: (one: T) => boolean): number {
  return all.length === 0 ? 0 : Math.round((10_000 * all.filter(test).length) / all.length) / 10_000;
}
