/** The configured cluster that a text names as a word of its own; the longest name wins. */
export function nameCluster(text: string, clusters: readonly string[]): string | undefined {
  const lower = text.toLowerCase();
  return longestFirst(clusters).find((name) => placesOf(lower, name).length > 0);
}

/**
 * A text without them: terway-exhausted is a name, and no word about what is wrong. `prod` may be either. "It" says least
 * in their place, but where the cluster itself is asked about.
 */
export function withoutNames(text: string, clusters: readonly string[]): string {
  return longestFirst(clusters.filter(isNoWord)).reduce(
    (left, name) =>
      placesOf(left.toLowerCase(), name).reduceRight((rest, at) => namelessAt(rest, { at, name }), left),
    text,
  );
}

const ASKS = /\b(?:does|do|did|is|has|can|will|should)\s$/i;

function namelessAt(text: string, { at, name }: { readonly at: number; readonly name: string }): string {
  const before = text.slice(0, at);
  return `${before}${ASKS.test(before) ? 'the cluster' : 'it'}${text.slice(at + name.length)}`;
}

const isNoWord = (name: string): boolean => /[^a-z]/.test(name);

const longestFirst = (names: readonly string[]): readonly string[] =>
  [...names].sort((a, b) => b.length - a.length);

/** Where a name stands with nothing beside it that belongs to a longer one. */
function placesOf(lower: string, name: string): readonly number[] {
  const places: number[] = [];
  for (let at = lower.indexOf(name); at !== -1; at = lower.indexOf(name, at + name.length)) {
    const around = `${lower[at - 1] ?? ' '}${lower[at + name.length] ?? ' '}`;
    if (!/[a-z0-9_-]/.test(around)) places.push(at);
  }
  return places;
}
