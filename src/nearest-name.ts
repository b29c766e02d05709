import { distance } from 'fastest-levenshtein';

/** The closest known name, for "did you mean"; undefined when nothing is close enough to be a slip. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const wanted = name.toLowerCase();
  const ranked = known
    .map((candidate) => ({ candidate, far: distance(wanted, candidate.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  const best = ranked[0];
  if (best === undefined) return undefined;
  const contained = known.find((candidate) => wanted.length > 2 && candidate.toLowerCase().includes(wanted));
  if (best.far <= Math.max(2, Math.ceil(wanted.length / 3))) return best.candidate;
  return contained;
}
