import type { KnownBlock } from '../../src/slack/kit/message.js';

interface Drawing {
  /** Characters a line; a phone shows about 45. */
  readonly width?: number;
  /** Whether folds stand open. */
  readonly open?: boolean;
}

const WIDTH = 45;

/** A message as text, as wide as a phone shows it: what stands in folds is left out unless they are opened. */
export function drawMessage(blocks: readonly KnownBlock[], drawing: Drawing = {}): string {
  return `${linesOf(blocks, { width: WIDTH, open: false, ...drawing }).join('\n')}\n`;
}

type Bag = Readonly<Record<string, unknown>>;
type Full = Required<Drawing>;

const linesOf = (blocks: readonly unknown[], drawing: Full): string[] =>
  blocks.flatMap((block) => blockLines(block as Bag, drawing));

function blockLines(block: Bag, drawing: Full): string[] {
  const wrap = (text: string): string[] => text.split('\n').flatMap((line) => wrapped(line, drawing.width));
  switch (block.type) {
    case 'section':
      return wrap([shown(block.text), ...elementsOf(block.accessory)].join(' '));
    case 'header':
      return wrap(shown(block.text).toUpperCase());
    case 'context':
      return list(block.elements).flatMap((element) => wrap(shown(element)));
    case 'actions':
    case 'context_actions':
      return wrap(list(block.elements).flatMap(elementsOf).join(' '));
    case 'divider':
      return ['-'.repeat(drawing.width)];
    case 'container':
      return foldLines(block, drawing);
    case 'plan':
      return [
        shown(block.title),
        ...list(block.tasks).map((task) => `${task.status}: ${shown(task.title)}`),
      ].flatMap(wrap);
    default:
      return wrap(shown(block));
  }
}

function foldLines(block: Bag, drawing: Full): string[] {
  const title = wrapped(`${drawing.open ? '▾' : '▸'} ${shown(block.title)}`, drawing.width);
  if (!drawing.open) return title;
  const inner = linesOf(list(block.child_blocks), { ...drawing, width: drawing.width - 2 });
  return [...title, ...inner.map((line) => `  ${line}`)];
}

function elementsOf(element: unknown): string[] {
  if (element === undefined) return [];
  const { type, text, placeholder, positive_button: good, negative_button: bad } = element as Bag;
  if (type === 'feedback_buttons') return [good, bad].map((choice) => `[${shown((choice as Bag).text)}]`);
  return [type === 'button' ? `[${shown(text)}]` : `[${shown(placeholder ?? text)} ▾]`];
}

const list = (value: unknown): readonly Bag[] => (Array.isArray(value) ? value : []);

/** Text as its reader sees it: mentions named, links by their label, marks of formatting gone. */
function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(shown).join('');
  if (typeof value !== 'object' || value === null) return '';
  const { type, text, elements } = value as Bag;
  if (type === 'mrkdwn') return unmarked(String(text));
  if (text !== undefined) return shown(text);
  return list(elements)
    .map(shown)
    .join(type === 'rich_text' ? '\n' : '');
}

const unmarked = (text: string): string =>
  text
    .replace(/<!date\^\d+\^([^|>]*)\|([^>]*)>/g, (_, format, at) =>
      format === '{time}' ? at.slice(11, 16) : at.replace(' UTC', ''),
    )
    .replace(/<!subteam\^(\w+)>/g, '@$1')
    .replace(/<@(\w+)>/g, '@$1')
    .replace(/<[^|>]+\|([^>]*)>/g, '$1')
    .replace(/:[a-z_]+:/g, '●')
    .replace(/\u200b/g, '')
    .replace(/(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|`/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** At spaces where it can, as a client does. */
function wrapped(line: string, width: number): string[] {
  const lines: string[] = [];
  let rest = [...line];
  while (rest.length > width) {
    const space = rest.slice(0, width + 1).lastIndexOf(' ');
    const end = space > 0 ? space : width;
    lines.push(rest.slice(0, end).join(''));
    rest = rest.slice(space > 0 ? end + 1 : end);
  }
  return [...lines, rest.join('')];
}
