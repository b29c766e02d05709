import type { ContainerBlock } from '@slack/types';
import { charactersOf, limits, messageBudget, plainText, section } from './blocks.js';
import type { KnownBlock, SlackMessage } from './message.js';
import { bold, literal } from './writing/mrkdwn.js';

/** What Slack's documentation and its validator both take inside a container; of `rich_text` only the first says so. */
export type FoldedBlock = Extract<
  KnownBlock,
  { type: 'actions' | 'context' | 'divider' | 'header' | 'section' }
>;

const CHILDREN = 10;

/** One line each that opens on a click; more than one holds, or than one message takes, makes a further one. */
export function folds(title: string, children: readonly FoldedBlock[]): ContainerBlock[] {
  const parts = partsOf(children);
  return parts.map((part, index) => ({
    type: 'container',
    title: plainText(
      index === 0 ? title : `${title} (${index + 1} of ${parts.length})`,
      limits.containerTitle,
    ),
    is_collapsible: true,
    default_collapsed: true,
    child_blocks: [...part],
  }));
}

/** Beside its children a fold has a title, and in its plain form that once more. */
const ROOM = messageBudget.characters - 2 * limits.containerTitle;

function partsOf(children: readonly FoldedBlock[]): readonly (readonly FoldedBlock[])[] {
  const parts: FoldedBlock[][] = [];
  let size = 0;
  for (const child of children) {
    const characters = charactersOf(child);
    const last = parts.at(-1);
    if (last === undefined || last.length === CHILDREN || size + characters > ROOM) {
      parts.push([child]);
      size = characters;
    } else {
      last.push(child);
      size += characters;
    }
  }
  return parts;
}

const isFold = (block: KnownBlock): block is ContainerBlock => block.type === 'container';

export const hasFolds = ({ blocks }: SlackMessage): boolean => blocks.some(isFold);

/** The message for a Slack that takes no containers. */
export const plainForm = (message: SlackMessage): SlackMessage => ({
  ...message,
  blocks: message.plain ?? message.blocks.flatMap((block) => (isFold(block) ? opened(block) : [block])),
});

const opened = ({ title, child_blocks }: ContainerBlock): KnownBlock[] => [
  section(bold(literal(title?.text ?? ''))),
  ...child_blocks,
];
