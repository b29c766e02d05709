import type { ContainerBlock } from '@slack/types';
import { limits, plainText, section } from './blocks.js';
import type { KnownBlock, SlackMessage } from './message.js';
import { bold, literal } from './mrkdwn.js';

/** What Slack's documentation and its validator both take inside a container; of `rich_text` only the first says so. */
export type FoldedBlock = Extract<
  KnownBlock,
  { type: 'actions' | 'context' | 'divider' | 'header' | 'section' }
>;

const CHILDREN = 10;

/** One line each that opens on a click; more blocks than one holds make a further one. */
export function folds(title: string, children: readonly FoldedBlock[]): ContainerBlock[] {
  const count = Math.ceil(children.length / CHILDREN);
  return Array.from({ length: count }, (_, index) => ({
    type: 'container',
    title: plainText(index === 0 ? title : `${title} (${index + 1} of ${count})`, limits.containerTitle),
    is_collapsible: true,
    default_collapsed: true,
    child_blocks: children.slice(index * CHILDREN, (index + 1) * CHILDREN),
  }));
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
