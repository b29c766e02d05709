import { confirm, id, option, optionGroups, options, plainText } from './composition.js';
import { anything, bool, both, list, number, type Rule, shape, when } from './shape.js';

const placeholder = plainText(150);
const base = { 'action_id?': id, 'confirm?': confirm };
const focus = { 'focus_on_load?': bool };

const staticOptions = when(
  (select) => (select.options === undefined) === (select.option_groups === undefined),
  'must provide either options or option_groups',
);
const select = { ...base, ...focus, 'placeholder?': placeholder };
const multi = { ...select, 'max_selected_items?': number(1, 1000) };

export const selects: Readonly<Record<string, Rule>> = {
  static_select: both(
    shape({
      type: anything,
      ...select,
      'options?': options(100),
      'option_groups?': optionGroups,
      'initial_option?': option,
    }),
    staticOptions,
  ),
  multi_static_select: both(
    shape({
      type: anything,
      ...multi,
      'options?': options(100),
      'option_groups?': optionGroups,
      'initial_options?': options(100),
    }),
    staticOptions,
  ),
  external_select: shape({
    type: anything,
    ...select,
    'min_query_length?': number(0, 100),
    'initial_option?': option,
  }),
  multi_external_select: shape({
    type: anything,
    ...multi,
    'min_query_length?': number(0, 100),
    'initial_options?': options(100),
  }),
  users_select: shape({ type: anything, ...select, 'initial_user?': id }),
  multi_users_select: shape({ type: anything, ...multi, 'initial_users?': list(id, { max: 100 }) }),
  channels_select: shape({
    type: anything,
    ...select,
    'initial_channel?': id,
    'response_url_enabled?': bool,
  }),
  multi_channels_select: shape({ type: anything, ...multi, 'initial_channels?': list(id, { max: 100 }) }),
  conversations_select: shape({
    type: anything,
    ...select,
    'initial_conversation?': id,
    'default_to_current_conversation?': bool,
    'response_url_enabled?': bool,
    'filter?': anything,
  }),
  multi_conversations_select: shape({
    type: anything,
    ...multi,
    'initial_conversations?': list(id, { max: 100 }),
    'default_to_current_conversation?': bool,
    'filter?': anything,
  }),
};
