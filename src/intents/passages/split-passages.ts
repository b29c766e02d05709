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
  /** The block that code and lists are added to; marked items inside it stand in `drafts` after it. */
  let open: Draft | undefined;
  for (const token of tokens) {
    if (token.type === 'space') continue;
    const joins = token.type === 'code' || (token.type === 'list' && open?.markdown.endsWith(':') === true);
    if (joins && open !== undefined) {
      open.markdown += `\n\n${withoutMarks(token.raw.trimEnd())}`;
      if (token.type === 'list') drafts.push(...listDrafts(token, inherited).filter(({ marked }) => marked));
      continue;
    }
    const made = blockDrafts(token, inherited);
    drafts.push(...made);
    open = token.type === 'list' ? undefined : made.at(-1);
  }
  return drafts;
}

function blockDrafts(token: Token, inherited: Inherited): Draft[] {
  if (token.type === 'list') return listDrafts(token, inherited);
  if (token.type === 'code') return [draft(undefined, token.raw, inherited.before)];
  if (token.type === 'blockquote') {
    return [draft(leadingKinds((token as Tokens.Blockquote).text), token.raw, inherited.fallback)];
  }
  return atMarks(token.raw).map(({ kinds, text }) => draft(kinds, text, inherited.fallback));
}

function listDrafts(token: Token, inherited: Inherited): Draft[] {
  const list = token as Tokens.List;
  return list.items.flatMap((item) => {
    const kinds = leadingKinds(item.text);
    const own = draft(kinds, list.ordered ? item.raw : item.text, inherited.fallback);
    const inner = draftsOf(item.tokens, { ...inherited, before: own.kinds });
    return [own, ...inner.slice(kinds === undefined ? 0 : 1).filter(({ marked }) => marked)];
  });
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
