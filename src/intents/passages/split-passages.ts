import { lexer, type Token, type Tokens } from 'marked';
import type { Passage, SectionName } from '../intent.js';
import { splitWhenBlocks } from '../when-blocks.js';
import { atMarks, leadingKinds, withoutMarks } from './passage-marks.js';

interface Draft {
  readonly kinds: readonly string[];
  /** Whether the text says its kinds itself. */
  readonly marked: boolean;
  markdown: string;
}

/**
 * The passages of one section in file order. A block is one, and so is each list item and each sentence that carries a
 * mark; code belongs to what stands before it, and so does a list after a colon.
 */
export function splitPassages(section: SectionName, markdown: string, fallback: string): readonly Passage[] {
  let before: readonly string[] = [fallback];
  return splitWhenBlocks(markdown, () => {}).flatMap((block) => {
    const tokens = lexer(dedent(block.markdown, block.indent));
    const drafts = draftsOf(tokens, { fallback: [fallback], before });
    before = drafts.at(-1)?.kinds ?? before;
    return drafts.map(({ kinds, markdown: text }) => ({
      kinds,
      section,
      conditions: block.conditions,
      markdown: text,
    }));
  });
}

interface Inherited {
  readonly fallback: readonly string[];
  /** What code that nothing precedes is about. */
  readonly before: readonly string[];
}

function draftsOf(tokens: readonly Token[], inherited: Inherited): Draft[] {
  const drafts: Draft[] = [];
  /** What code and lists are added to; a caution between it and its code does not take the code away. */
  let open: Draft | undefined;
  for (const token of tokens) {
    if (token.type === 'space') continue;
    const joins = token.type === 'code' || (token.type === 'list' && open !== undefined && endsOpen(open));
    if (joins && open !== undefined) {
      open.markdown += `\n\n${withoutMarks(token.raw.trimEnd())}`;
      if (token.type === 'list')
        drafts.push(...listDrafts(token, inherited).items.filter(({ marked }) => marked));
      continue;
    }
    const made = blockDrafts(token, inherited);
    drafts.push(...made.items);
    open = token.type === 'blockquote' ? (open ?? made.open) : made.open;
  }
  return drafts;
}

const endsOpen = ({ markdown }: Draft): boolean => /:(\*\*)?$/.test(markdown);

interface Made {
  readonly items: readonly Draft[];
  /** The one that code after it belongs to. */
  readonly open: Draft | undefined;
}

function blockDrafts(token: Token, inherited: Inherited): Made {
  if (token.type === 'list') return listDrafts(token, inherited);
  if (token.type === 'code') return only(draft(undefined, token.raw, inherited.before));
  if (token.type === 'blockquote') {
    return only(draft(leadingKinds((token as Tokens.Blockquote).text), token.raw, inherited.fallback));
  }
  const items = atMarks(token.raw).map(({ kinds, text }) => draft(kinds, text, inherited.fallback));
  const last = items.at(-1);
  return { items, open: last !== undefined && endsOpen(last) ? last : items[0] };
}

const only = (one: Draft): Made => ({ items: [one], open: one });

function listDrafts(token: Token, inherited: Inherited): Made {
  const list = token as Tokens.List;
  const made = list.items.map((item) => {
    const kinds = leadingKinds(item.text);
    const own = draft(kinds, list.ordered ? item.raw : item.text, inherited.fallback);
    const inner = draftsOf(item.tokens, { ...inherited, before: own.kinds });
    return [own, ...inner.slice(kinds === undefined ? 0 : 1).filter(({ marked }) => marked)];
  });
  return { items: made.flat(), open: made.at(-1)?.[0] };
}

function draft(kinds: readonly string[] | undefined, text: string, fallback: readonly string[]): Draft {
  return {
    kinds: kinds ?? fallback,
    marked: kinds !== undefined,
    markdown: withoutMarks(text).trim(),
  };
}

function dedent(text: string, indent: string): string {
  return text
    .split('\n')
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
    .join('\n');
}
