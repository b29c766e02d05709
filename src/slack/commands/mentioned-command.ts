import { questionText } from '../questions/question-text.js';

/**
 * The command in a mention, as after `/acknet`; undefined = a question. Only what cannot be a question counts, so
 * that "check why my pods…" is one.
 */
export function mentionedCommand(slackText: string, clusters: readonly string[]): string | undefined {
  const text = questionText(slackText).replace(/^\/?acknet\s+/i, '');
  if (/^(help|checks|status|pending|history|clusters)$/i.test(text)) return text;
  const [verb, ...words] = text.split(/\s+/);
  const named = words.flatMap((word) => word.split(','));
  const namesCluster = named.some((word) => word === 'all' || clusters.includes(word));
  return verb?.toLowerCase() === 'check' && namesCluster && words.length <= 6 ? text : undefined;
}
