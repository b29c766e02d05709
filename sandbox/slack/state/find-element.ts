import { optionsOf } from './element-state.js';
import { isJson, type Json, objects } from '../json.js';

/** An element a person can act on, with the block it stands in. */
export interface Placed {
  readonly element: Json;
  readonly block: Json;
  /** 1-based, where the block stands in an attachment. */
  readonly attachment?: number;
}

interface Wanted {
  readonly actionId: string;
  readonly blockId?: string | undefined;
  readonly value?: string | undefined;
}

export function elementsOf(blocks: readonly Json[]): Placed[] {
  return blocks.flatMap((block) => [
    ...[block.accessory, block.element, ...objects(block.elements), ...objects(block.actions)]
      .filter(isJson)
      .filter((element) => element.action_id !== undefined)
      .map((element) => ({ element, block })),
    ...elementsOf([
      ...objects(block.child_blocks),
      ...(block.type === 'carousel' ? objects(block.elements) : []),
    ]),
  ]);
}

export function messageElements(message: Json): Placed[] {
  return [
    ...elementsOf(objects(message.blocks)),
    ...objects(message.attachments).flatMap((attachment, index) =>
      elementsOf(objects(attachment.blocks)).map((placed) => ({ ...placed, attachment: index + 1 })),
    ),
  ];
}

export function findElement(placed: readonly Placed[], wanted: Wanted): Placed {
  const named = placed.filter(
    ({ element, block }) =>
      element.action_id === wanted.actionId &&
      (wanted.blockId === undefined || block.block_id === wanted.blockId),
  );
  const found = named.find(({ element }) => offers(element, wanted.value));
  if (found !== undefined) return found;
  const seen = placed.map(({ element }) => `${String(element.action_id)}=${String(element.value ?? '')}`);
  throw new TypeError(
    `no element ${wanted.actionId}${wanted.value === undefined ? '' : ` with value "${wanted.value}"`} is shown; shown: ${seen.join(', ') || 'none'}`,
  );
}

function offers(element: Json, value: string | undefined): boolean {
  if (value === undefined) return true;
  if (element.type === 'button' || element.type === 'icon_button') return element.value === value;
  if (element.type === 'feedback_buttons')
    return [element.positive_button, element.negative_button].some(
      (button) => isJson(button) && button.value === value,
    );
  const options = optionsOf(element);
  return options.length === 0 || options.some((option) => option.value === value);
}
