import { isJson, items, type Json, objects, str } from '../json.js';
import { invalidPayload, SlackApiError } from '../requests/slack-api-error.js';
import { blockLimits, checkBlocks, markdownLength, tableCount, textLength } from './check-blocks.js';
import { type Fault, lengthOf } from './shape.js';

/** `post`: longer text is cut; `update`: longer text is refused. */
export const textLimit = { post: 40_000, update: 4000 } as const;
const attachmentLimit = 100;

/** Throws Slack's error for content that no message may have. */
export function checkMessage(args: Json): void {
  checkMarkdown(args);
  const blocks = given(args.blocks, 'invalid_blocks_format');
  const attachments = given(args.attachments, 'invalid_attachments');
  if (blocks.length + attachments.length === 0 && !str(args.text) && !str(args.markdown_text))
    throw new SlackApiError('no_text');
  throwIf('invalid_blocks', checkBlocks(blocks, 'message'));
  if (attachments.length > attachmentLimit) throw new SlackApiError('too_many_attachments');
  throwIf('invalid_attachments', attachments.flatMap(checkAttachment));
  checkTotals([...objects(blocks), ...objects(attachments).flatMap((entry) => objects(entry.blocks))]);
}

function checkMarkdown({ markdown_text, text, blocks }: Json): void {
  const markdown = str(markdown_text);
  if (markdown === undefined) return;
  if (text || blocks) throw new SlackApiError('markdown_text_conflict');
  if (lengthOf(markdown) > blockLimits.markdown) throw new SlackApiError('msg_too_long');
}

function given(value: unknown, error: string): readonly unknown[] {
  if (value === undefined || value === null || value === '') return [];
  if (!Array.isArray(value)) throw new SlackApiError(error);
  return items(value);
}

function throwIf(error: string, faults: readonly Fault[]): void {
  if (faults.length > 0) throw invalidPayload(error, faults);
}

function checkAttachment(attachment: unknown, index: number): Fault[] {
  const pointer = `/attachments/${index}`;
  if (!isJson(attachment)) return [{ message: 'must be an object', pointer }];
  const { color, blocks } = attachment;
  const known =
    color === undefined || /^(good|warning|danger|#?[0-9a-f]{3}|#?[0-9a-f]{6})$/i.test(String(color));
  return [
    ...(known
      ? []
      : [{ message: 'must be good, warning, danger or a hex colour', pointer: `${pointer}/color` }]),
    ...(blocks === undefined ? [] : checkBlocks(blocks, 'message', `${pointer}/blocks`)),
  ];
}

function checkTotals(blocks: readonly Json[]): void {
  if (tableCount(blocks) > 1)
    throw new SlackApiError('invalid_attachments', { errors: ['only_one_table_allowed'] });
  if (markdownLength(blocks) > blockLimits.markdown) throw new SlackApiError('msg_blocks_too_long');
  if (textLength(blocks) >= blockLimits.allText) throw new SlackApiError('msg_blocks_too_long');
}
