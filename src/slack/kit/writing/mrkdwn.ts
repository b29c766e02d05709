import { mask } from '../../../masking/mask.js';

/**
 * Marks that Slack would read as formatting; a zero-width space beside one keeps it literal. There is no escape for them.
 * Between two letters Slack formats nothing, and `in_cluster_loadbalance` must stay fit to be copied.
 */
const FORMATTING = /`|(?<!\w)[*_~](?=\S)|(?<=\S)[*_~](?!\w)/g;
const ZERO_WIDTH = '\u200b';

/** Text safe to insert in mrkdwn: nothing in it is a mention, a link or a special command, and no secret survives. */
export function escapeMrkdwn(text: string): string {
  return escaped(mask(text));
}

/** Each mark's own way to be read as itself. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Untrusted text shown exactly as it is: escaped, and its `*`, `_`, `~` and back-ticks format nothing. */
export function literal(text: string): string {
  return unformatted(mask(text));
}

const unformatted = (text: string): string =>
  escaped(text).replace(FORMATTING, (mark) => ZERO_WIDTH + mark + ZERO_WIDTH);

/** `literal`, cut visibly so that no more than `limit` characters go out: escaping makes a text longer. */
export function literalUpTo(text: string, limit: number): string {
  // Masked before it is cut: half a secret is no pattern any more.
  const safe = mask(text);
  let room = limit;
  let shown = unformatted(clip(safe, room));
  while (lengthOf(shown) > limit) {
    room = Math.floor(room * 0.8);
    shown = unformatted(clip(safe, room));
  }
  return shown;
}

/** A code span; line breaks and back-ticks would end it. */
export function code(text: string): string {
  const flat = escapeMrkdwn(text).replace(/\s+/g, ' ').replaceAll('`', 'ˋ').trim();
  return flat === '' ? '' : `\`${flat}\``;
}

/** A code block that nothing in the text can end. Longer than `limit` as sent, it is cut visibly. */
export function fenced(text: string, limit: number): string {
  const safe = mask(text);
  const inside = (room: number) => escaped(clip(safe, room)).replaceAll('`', `\`${ZERO_WIDTH}`);
  let room = limit;
  while (lengthOf(inside(room)) > limit) room = Math.floor(room * 0.8);
  return `\`\`\`\n${inside(room)}\n\`\`\``;
}

/** What Slack escaped in an incoming text, as the user typed it. */
export function unescapeMrkdwn(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

export const bold = (text: string): string => `*${text}*`;
export const mentionUser = (id: string): string => `<@${id}>`;
export const mentionGroup = (id: string): string => `<!subteam^${id}>`;

export function link(url: string, label: string): string {
  const target = encodeURI(decodeURI(url)).replaceAll('|', '%7C').replaceAll('>', '%3E');
  return `<${target.replaceAll('&', '&amp;')}|${escapeMrkdwn(label).replaceAll('|', '¦')}>`;
}

/** A moment in the reader's own time zone. */
export function when(at: string | Date, format = '{date_short_pretty} {time}'): string {
  const date = typeof at === 'string' ? new Date(at) : at;
  if (Number.isNaN(date.getTime())) return escapeMrkdwn(String(at));
  const fallback = `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return `<!date^${Math.floor(date.getTime() / 1000)}^${format}|${fallback}>`;
}

/**
 * At most `limit` code points, the cut made visible, between words where one ends near. For labels only: nothing that
 * matters may depend on the rest.
 */
export function clip(text: string, limit: number): string {
  if (lengthOf(text) <= limit) return text;
  const points = [...text];
  const kept = points.slice(0, limit - 1).join('');
  const blank = kept.lastIndexOf(' ');
  const isTorn = (points[limit - 1] ?? ' ') !== ' ' && blank > 0 && kept.length - blank <= LONGEST_WORD;
  const shown = (isTorn ? kept.slice(0, blank) : kept).trimEnd();
  return `${isTorn && /[,;:]$/.test(shown) ? shown.slice(0, -1) : shown}…`;
}

/** What is longer is cut where it is: a path, a name. */
const LONGEST_WORD = 20;

/** The same for words whose end says most, as a chain of errors does. */
export function clipStart(text: string, limit: number): string {
  const points = [...text];
  return points.length <= limit
    ? text
    : `…${points
        .slice(1 - limit)
        .join('')
        .trimStart()}`;
}

const FENCE = '```';

/** Finished mrkdwn, cut so that no entity, mention or link is left in two, and no code block or span open. */
export function clipMrkdwn(text: string, limit: number): string {
  if (lengthOf(text) <= limit) return text;
  const room = limit - 1 - `\n${FENCE}`.length;
  const kept = withoutTorn([...text].slice(0, room).join(''));
  const parts = kept.split(FENCE);
  if (parts.length % 2 === 0) return `${kept}…\n${FENCE}`;
  const outside = parts.filter((_, index) => index % 2 === 0).join('');
  const marks = [...outside.matchAll(/(?<!\u200b)`(?!\u200b)/g)].length;
  return `${kept}…${marks % 2 === 0 ? '' : '`'}`;
}

/** What was begun and is not ended: `<https://x|y`, `&am`. */
function withoutTorn(text: string): string {
  const tag = text.lastIndexOf('<');
  const whole = tag > text.lastIndexOf('>') ? text.slice(0, tag) : text;
  const entity = whole.lastIndexOf('&');
  return entity >= 0 && !whole.slice(entity).includes(';') ? whole.slice(0, entity) : whole;
}

/** In code points, as Slack counts. Most texts hold no character of two units, and are not taken apart. */
export const lengthOf = (text: string): number =>
  /[\ud800-\udbff]/.test(text) ? [...text].length : text.length;
