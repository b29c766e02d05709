import { plainForm } from './fold.js';
import type { KnownBlock, SlackMessage } from './message.js';

/** Slack refuses messages from about 11,000 characters of block text on, and more than 50 blocks. */
export const messageBudget = { characters: 9000, blocks: 45 } as const;

/** The characters that count: every `text`, however deep. */
export function charactersOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + charactersOf(item), 0);
  return Object.entries(value).reduce(
    (sum, [key, item]) =>
      sum +
      (typeof item === 'string' && (key === 'text' || key === 'title' || key === 'url')
        ? [...item].length
        : charactersOf(item)),
    0,
  );
}

/** A fold counts as what it opens to: the same message must be fit to be sent without folds. */
const countOf = (blocks: readonly KnownBlock[]): number => plainForm({ text: '', blocks }).blocks.length;

/**
 * Puts blocks into as few messages as hold them, in order. Blocks of one group stay together where a message can
 * hold the whole group.
 */
export function paginate(text: string, groups: readonly (readonly KnownBlock[])[]): SlackMessage[] {
  const pages: KnownBlock[][] = [];
  let page: KnownBlock[] = [];
  let size = 0;
  const close = () => {
    if (page.length > 0) pages.push(page);
    page = [];
    size = 0;
  };
  const fits = (blocks: readonly KnownBlock[], characters: number) =>
    size + characters <= messageBudget.characters && countOf(page) + countOf(blocks) <= messageBudget.blocks;

  for (const group of groups) {
    if (!fits(group, charactersOf(group))) close();
    for (const block of group) {
      const characters = charactersOf(block);
      if (!fits([block], characters)) close();
      page.push(block);
      size += characters;
    }
  }
  close();
  return pages.map((blocks, index) => ({
    text: pages.length === 1 ? text : `${text} (${index + 1} of ${pages.length})`,
    blocks,
  }));
}

/** Whether these blocks can stand in one message. */
export const fitsOneMessage = (blocks: readonly KnownBlock[]): boolean =>
  countOf(blocks) <= messageBudget.blocks && charactersOf(blocks) <= messageBudget.characters;

/** Joins messages that follow each other while one message can hold them: Slack takes about one a second. */
export function packMessages(messages: readonly SlackMessage[]): SlackMessage[] {
  const packed: SlackMessage[] = [];
  for (const message of messages) {
    const last = packed.at(-1);
    const blocks: KnownBlock[] = [...(last?.blocks ?? []), { type: 'divider' }, ...message.blocks];
    if (last !== undefined && fitsOneMessage(blocks))
      packed.splice(-1, 1, { text: `${last.text} ${message.text}`, blocks });
    else packed.push(message);
  }
  return packed;
}
