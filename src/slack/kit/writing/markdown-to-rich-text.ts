import type { RichTextBlock, RichTextElement } from '@slack/types';
import { lexer, type Token, type Tokens } from 'marked';
import { paragraph, preformatted, type RichTextBlockPart, richText, verbatim } from '../blocks.js';
import { lengthOf } from './mrkdwn.js';

type Style = { bold?: true; italic?: true; code?: true };

/** Room for one block; an entry's paragraph or list item never comes near it. */
const BLOCK = 2600;

/**
 * The Markdown of entries (docs/writing-intents.md) as rich_text, in which nothing is markup to Slack: `net_filter`
 * and `*` in a command stay what they are.
 */
export function markdownToRichText(markdown: string): RichTextBlock[] {
  const blocks: RichTextBlock[] = [];
  let parts: RichTextBlockPart[] = [];
  let size = 0;
  const close = () => {
    if (parts.length > 0) blocks.push(richText(...parts));
    parts = [];
    size = 0;
  };
  for (const part of spaced(partsOf(lexer(markdown)))) {
    const length = lengthOf(JSON.stringify(part));
    if (size + length > BLOCK) close();
    if (length > BLOCK && part.type === 'rich_text_preformatted') {
      blocks.push(
        ...verbatim(part.elements.map((element) => ('text' in element ? element.text : '')).join('')),
      );
    } else {
      parts.push(part);
      size += length;
    }
  }
  close();
  return blocks;
}

/** Paragraphs and list items are only apart where a line break stands between them. */
function spaced(parts: readonly RichTextBlockPart[]): RichTextBlockPart[] {
  return parts.map((part, index) => {
    const next = parts[index + 1];
    if (part.type !== 'rich_text_section' || next === undefined) return part;
    const gap = next.type === 'rich_text_section' ? '\n\n' : '\n';
    return { ...part, elements: [...part.elements, { type: 'text', text: gap }] };
  });
}

function partsOf(tokens: readonly Token[]): RichTextBlockPart[] {
  return tokens.flatMap((token): RichTextBlockPart[] => {
    switch (token.type) {
      case 'code':
        return [preformatted((token as Tokens.Code).text)];
      case 'list':
        return listParts(token as Tokens.List);
      case 'blockquote':
        return [{ type: 'rich_text_quote', elements: joined((token as Tokens.Blockquote).tokens) }];
      case 'space':
        return [];
      default:
        return [paragraph(...inline([token], {}))];
    }
  });
}

/**
 * Slack's lists hold no code blocks, and an ordered one starts at 1 again after an interruption: such lists become
 * numbered paragraphs with what belongs to an item below it.
 */
function listParts(list: Tokens.List): RichTextBlockPart[] {
  const plain = list.items.every(({ tokens }) =>
    tokens.every(({ type }) => type !== 'code' && !(list.ordered && type === 'list')),
  );
  if (plain) return plainList(list, 0);
  const first = typeof list.start === 'number' ? list.start : 1;
  return list.items.flatMap((item, index) => {
    const mark: RichTextElement = list.ordered
      ? { type: 'text', text: `${first + index}. `, style: { bold: true } }
      : { type: 'text', text: '• ' };
    const [head, ...rest] = partsOf(item.tokens);
    if (head?.type !== 'rich_text_section') return [paragraph(mark), ...(head ? [head] : []), ...rest];
    return [paragraph(mark, ...head.elements), ...rest];
  });
}

function plainList(list: Tokens.List, indent: number): RichTextBlockPart[] {
  const style = list.ordered ? ('ordered' as const) : ('bullet' as const);
  const runs: RichTextBlockPart[] = [];
  let items: ReturnType<typeof paragraph>[] = [];
  const close = () => {
    if (items.length > 0)
      runs.push({ type: 'rich_text_list', style, elements: items, ...(indent > 0 && { indent }) });
    items = [];
  };
  for (const item of list.items) {
    items.push(paragraph(...joined(item.tokens.filter(({ type }) => type !== 'list'))));
    const nested = item.tokens.filter((token): token is Tokens.List => token.type === 'list');
    if (nested.length > 0) {
      close();
      runs.push(...nested.flatMap((inner) => plainList(inner, indent + 1)));
    }
  }
  close();
  return runs;
}

const joined = (tokens: readonly Token[]): RichTextElement[] =>
  tokens
    .filter(({ type }) => type !== 'space')
    .flatMap((token, index) => [...(index > 0 ? [text('\n', {})] : []), ...inline([token], {})]);

function inline(tokens: readonly Token[], style: Style): RichTextElement[] {
  return tokens.flatMap((token): RichTextElement[] => {
    switch (token.type) {
      case 'strong':
        return inline((token as Tokens.Strong).tokens, { ...style, bold: true });
      case 'em':
        return inline((token as Tokens.Em).tokens, { ...style, italic: true });
      case 'codespan':
        return [text((token as Tokens.Codespan).text, { ...style, code: true })];
      case 'link': {
        const { href, text: label } = token as Tokens.Link;
        return [{ type: 'link', url: href, text: label }];
      }
      case 'br':
        return [text('\n', {})];
      default: {
        const { tokens: inner, text: plain = token.raw } = token as Tokens.Text;
        return inner ? inline(inner, style) : [text(plain.replace(/\n$/, ''), style)];
      }
    }
  });
}

const text = (value: string, style: Style): RichTextElement => ({
  type: 'text',
  text: value === '' ? ' ' : value,
  ...(Object.keys(style).length > 0 && { style }),
});
