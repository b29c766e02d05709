import { createHash } from 'node:crypto';
import type { Subject } from './tell-story.js';

/** Ids and what buttons carry: nobody reads them. */
const UNSEEN = new Set(['block_id', 'value', 'private_metadata', 'view_id']);

/** What another run, or one with a further check, shows otherwise: moments, how long something took, addresses of messages, ids that a cluster makes up. */
const VARYING: readonly (readonly [RegExp, string])[] = [
  [/<!date\^\d+\^[^>]{0,200}>/g, '<!date>'],
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::[\d.]+)?(?:Z| UTC)?/g, '(time)'],
  [/https?:[^|>\s]{0,200}\/archives\/[^|>\s]{0,200}/g, '(message)'],
  [/\b\d+(?:\.\d+)? ?(?:ms|s)\b/g, '(duration)'],
  [/(?<=\/[a-z0-9-]{1,80}-)[a-z0-9]{5}(?![a-z0-9-])/g, '(suffix)'],
  // Of a long word that keeps its end, such as a sandbox's name: `…nq7j_default`.
  [/(?<=…)[a-z0-9-]{1,20}(?=_)/g, '(suffix)'],
  [/(?<=\bcluster )[0-9a-f]{8}\b/g, '(uid)'],
  // How many checks there are is no reason to take a picture anew: it says the same with one more.
  [/\b\d+(?= (?:clear|not applicable) ·| checks in )|(?<=\b(?:Clear|Facts) \()\d+/g, '(checks)'],
  [/just now|\b\d+ (?:second|minute)s? ago/g, '(age)'],
];

/** Of all that somebody sees of a message, and of nothing else. */
export function shownHash(subject: Subject): string {
  const blocks = subject.at === 'message' ? subject.message.blocks : subject.view.blocks;
  return createHash('sha256').update(shownText(blocks)).digest('hex');
}

export const shownText = (blocks: unknown): string =>
  VARYING.reduce(
    (text, [pattern, instead]) => text.replace(pattern, instead),
    JSON.stringify(blocks, (key, value: unknown) => (UNSEEN.has(key) ? undefined : value), 1),
  );
