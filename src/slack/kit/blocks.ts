import type {
  ActionsBlock,
  Button,
  ContextBlock,
  HeaderBlock,
  KnownBlock,
  RichTextBlock,
  RichTextElement,
  RichTextPreformatted,
  RichTextSection,
  SectionBlock,
  StaticSelect,
} from '@slack/types';
import { mask } from '../../masking/mask.js';
import { kitTexts } from '../../texts/kit.js';
import { chunkText } from './writing/chunk-text.js';
import { clip, clipMrkdwn, lengthOf } from './writing/mrkdwn.js';

/** Slack's limits, in code points; source: Block Kit reference. */
export const limits = {
  sectionText: 3000,
  header: 150,
  buttonText: 75,
  buttonValue: 2000,
  optionText: 75,
  optionValue: 150,
  contextElements: 10,
  actionsElements: 25,
  modalTitle: 24,
  confirmTitle: 100,
  confirmText: 300,
  placeholder: 150,
  containerTitle: 150,
} as const;

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
        ? lengthOf(item)
        : charactersOf(item)),
    0,
  );
}

/** One piece of preformatted text or of a section; below Slack's limit so that what wraps it fits too. */
export const PIECE = 2800;

type ButtonStyle = 'primary' | 'danger';

interface ButtonOptions {
  readonly action: string;
  readonly value: string;
  readonly style?: ButtonStyle | undefined;
  /** Opened by the client at a click. */
  readonly url?: string | undefined;
  /** Read out instead of the label where that says too little. */
  readonly label?: string | undefined;
  readonly confirm?: { readonly title: string; readonly text: string; readonly yes: string } | undefined;
}

export function button(text: string, options: ButtonOptions): Button {
  if (lengthOf(options.value) > limits.buttonValue)
    throw new RangeError(`button ${options.action}: its value is longer than Slack takes`);
  return {
    type: 'button',
    text: plainText(text, limits.buttonText),
    action_id: options.action,
    value: options.value,
    ...(options.style && { style: options.style }),
    ...(options.url !== undefined && { url: options.url }),
    ...(options.label !== undefined && { accessibility_label: clip(options.label, limits.buttonText) }),
    ...(options.confirm && {
      confirm: {
        title: plainText(options.confirm.title, limits.confirmTitle),
        text: plainText(options.confirm.text, limits.confirmText),
        confirm: plainText(options.confirm.yes, 30),
        deny: plainText(kitTexts.notNow, 30),
        ...(options.style && { style: options.style }),
      },
    }),
  };
}

export const plainText = (text: string, limit: number) => ({
  type: 'plain_text' as const,
  text: clip(text === '' ? '-' : text, limit),
  emoji: true,
});

export const header = (text: string): HeaderBlock => ({
  type: 'header',
  text: plainText(text, limits.header),
});

/** Trusted mrkdwn, as many sections as it needs. */
export const sections = (mrkdwn: string): SectionBlock[] =>
  chunkText(mrkdwn, PIECE).map((text) => ({ type: 'section', text: { type: 'mrkdwn', text } }));

/** One section of trusted mrkdwn that the caller knows to be short. */
export const section = (mrkdwn: string, accessory?: Button | StaticSelect): SectionBlock => ({
  type: 'section',
  text: { type: 'mrkdwn', text: clipMrkdwn(mrkdwn, limits.sectionText) },
  ...(accessory && { accessory }),
});

export function context(...mrkdwn: readonly string[]): ContextBlock {
  return {
    type: 'context',
    elements: mrkdwn
      .flatMap((text) => chunkText(text, PIECE))
      .slice(0, limits.contextElements)
      .map((text) => ({ type: 'mrkdwn', text })),
  };
}

/** Buttons and menus in rows; none at all = no block. */
export function actions(blockId: string, elements: ActionsBlock['elements']): ActionsBlock[] {
  return elements.length === 0
    ? []
    : [{ type: 'actions', block_id: blockId, elements: elements.slice(0, limits.actionsElements) }];
}

export const richText = (...elements: readonly RichTextBlockPart[]): RichTextBlock => ({
  type: 'rich_text',
  elements: [...elements],
});
export type RichTextBlockPart = RichTextBlock['elements'][number];

export const paragraph = (...elements: readonly RichTextElement[]): RichTextSection => ({
  type: 'rich_text_section',
  elements: [...elements],
});

export const preformatted = (text: string): RichTextPreformatted => ({
  type: 'rich_text_preformatted',
  elements: [{ type: 'text', text: text === '' ? ' ' : text }],
});

/** Text shown literally in a code block, split at line ends where it is long. Nothing in it is markup to Slack. */
export const verbatim = (text: string): RichTextBlock[] =>
  chunkText(mask(text), PIECE).map((piece) => richText(preformatted(piece)));

export const blocksOf = (
  ...groups: readonly (KnownBlock | readonly KnownBlock[] | undefined)[]
): KnownBlock[] =>
  groups.flatMap((group) =>
    group === undefined ? [] : Array.isArray(group) ? [...group] : [group as KnownBlock],
  );
