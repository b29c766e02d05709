import { charactersOf, messageBudget } from './blocks.js';
import { plainForm } from './fold.js';
import type { KnownBlock, SlackMessage } from './message.js';

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
