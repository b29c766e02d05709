import { isJson, type Json, objects, str, textOf } from '../json.js';
import type { Wire } from './world.js';

/** A value a person gave to an element: one option, several, or text. */
export type Given = string | readonly string[];

const singles: Readonly<Record<string, string>> = {
  users_select: 'selected_user',
  channels_select: 'selected_channel',
  conversations_select: 'selected_conversation',
  datepicker: 'selected_date',
  timepicker: 'selected_time',
};
const lists: Readonly<Record<string, string>> = {
  multi_users_select: 'selected_users',
  multi_channels_select: 'selected_channels',
  multi_conversations_select: 'selected_conversations',
};

/** What Slack puts under `state.values[block][action]` (and into an action) for an element. */
export function elementState(element: Json, given: Given | undefined): Wire {
  const type = String(element.type);
  const one = Array.isArray(given) ? given[0] : given;
  const many = given === undefined ? [] : [given].flat();
  const single = singles[type];
  const list = lists[type];
  if (single !== undefined) return { type, [single]: one ?? null };
  if (list !== undefined) return { type, [list]: many };
  switch (type) {
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { type, selected_option: one === undefined ? null : optionOf(element, one) };
    case 'multi_static_select':
    case 'checkboxes':
      return { type, selected_options: many.map((value) => optionOf(element, value)) };
    case 'overflow':
      return { type, selected_option: optionOf(element, one ?? '') };
    case 'datetimepicker':
      return { type, selected_date_time: one === undefined ? null : Number(one) };
    default:
      return { type, value: one === undefined || one === '' ? null : one };
  }
}

/** What an element holds before anyone touches it. */
export function initialValue(element: Json): Given | undefined {
  const option = isJson(element.initial_option) ? str(element.initial_option.value) : undefined;
  const options = objects(element.initial_options).map(({ value }) => String(value));
  if (option !== undefined) return option;
  if (options.length > 0) return options;
  for (const key of ['initial_value', 'initial_user', 'initial_channel', 'initial_date', 'initial_time'])
    if (str(element[key]) !== undefined) return str(element[key]);
  return undefined;
}

export const optionsOf = (element: Json): readonly Json[] => [
  ...objects(element.options),
  ...objects(element.option_groups).flatMap(({ options }) => objects(options)),
];

/** The person can only choose what is offered; an external select's options are not in the block. */
function optionOf(element: Json, value: string): Wire {
  const option = optionsOf(element).find((candidate) => candidate.value === value);
  if (option !== undefined) return { ...option };
  if (element.type === 'external_select')
    return { text: { type: 'plain_text', text: value, emoji: true }, value };
  throw new TypeError(
    `"${value}" is not offered by ${String(element.action_id)} (${textOf(element.placeholder)})`,
  );
}
