/**
 * The command in what was said to acknet, as after `/acknet`; undefined = a question. Only what cannot be a question
 * counts, so that "check why my pods…" is one.
 */
export function mentionedCommand(said: string, clusters: readonly string[]): string | undefined {
  const text = said.replace(/^\/?acknet\s+/i, '');
  if (/^(help|checks|status|pending|history|clusters)$/i.test(text)) return text;
  const [verb, ...words] = text.split(/\s+/);
  const named = words.flatMap((word) => word.split(','));
  const namesCluster = named.some((word) => word === 'all' || clusters.includes(word));
  return verb?.toLowerCase() === 'check' && namesCluster && words.length <= 6 ? text : undefined;
}
