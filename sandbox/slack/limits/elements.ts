import {
  anyText,
  confirm,
  dispatchConfig,
  id,
  imageElement,
  option,
  options,
  plainText,
  url,
} from './composition.js';
import { selects } from './selects.js';
import { anything, bool, byType, list, number, oneOf, type Rule, shape, string } from './shape.js';

const placeholder = plainText(150);
const date = string(10, 10);
const base = { 'action_id?': id, 'confirm?': confirm };
const focus = { 'focus_on_load?': bool };

const button = shape({
  type: oneOf('button'),
  ...base,
  text: plainText(75),
  'value?': string(2000),
  'url?': url,
  'style?': oneOf('primary', 'danger'),
  'accessibility_label?': string(75),
});

const choices: Readonly<Record<string, Rule>> = {
  overflow: shape({ type: anything, ...base, options: options(5) }),
  radio_buttons: shape({
    type: anything,
    ...base,
    ...focus,
    options: options(10),
    'initial_option?': option,
  }),
  checkboxes: shape({
    type: anything,
    ...base,
    ...focus,
    options: options(10),
    'initial_options?': options(10),
  }),
  datepicker: shape({
    type: anything,
    ...base,
    ...focus,
    'initial_date?': date,
    'placeholder?': placeholder,
  }),
  timepicker: shape({
    type: anything,
    ...base,
    ...focus,
    'initial_time?': string(5, 5),
    'placeholder?': placeholder,
    'timezone?': string(100),
  }),
  datetimepicker: shape({ type: anything, ...base, ...focus, 'initial_date_time?': number(0, 1e10) }),
};

const typed = (max: number): Rule =>
  shape({
    type: anything,
    'action_id?': id,
    'initial_value?': string(max, 0),
    'placeholder?': placeholder,
    'dispatch_action_config?': dispatchConfig,
    ...focus,
  });

const inputs: Readonly<Record<string, Rule>> = {
  plain_text_input: shape({
    type: anything,
    'action_id?': id,
    'initial_value?': string(3000, 0),
    'multiline?': bool,
    'min_length?': number(0, 3000),
    'max_length?': number(1, 3000),
    'placeholder?': placeholder,
    'dispatch_action_config?': dispatchConfig,
    ...focus,
  }),
  rich_text_input: shape({ type: anything, 'action_id?': id, 'initial_value?': anything, ...focus }),
};

/** Inputs that only modals may hold. */
export const modalInputs: Readonly<Record<string, Rule>> = {
  email_text_input: typed(3000),
  url_text_input: typed(3000),
  number_input: shape({
    type: anything,
    'action_id?': id,
    is_decimal_allowed: bool,
    'initial_value?': string(100, 0),
    'min_value?': string(100),
    'max_value?': string(100),
    'placeholder?': placeholder,
    'dispatch_action_config?': dispatchConfig,
    ...focus,
  }),
  file_input: shape({
    type: anything,
    'action_id?': id,
    'filetypes?': list(string(20), { max: 100 }),
    'max_files?': number(1, 10),
  }),
};

const feedbackButton = shape({
  text: plainText(75),
  value: string(2000),
  'accessibility_label?': string(75),
});

export const accessory: Rule = byType({ button, image: imageElement, ...selects, ...choices });
export const actionElement: Rule = byType({ button, ...selects, ...choices, ...inputs });
export const inputElement: Rule = byType({ ...selects, ...choices, ...inputs, ...modalInputs });
export const contextElement: Rule = byType({
  image: imageElement,
  plain_text: anyText(),
  mrkdwn: anyText(),
});
export const buttonElement: Rule = byType({ button });
export const contextAction: Rule = byType({
  feedback_buttons: shape({
    type: anything,
    'action_id?': id,
    positive_button: feedbackButton,
    negative_button: feedbackButton,
  }),
  icon_button: shape({
    type: anything,
    ...base,
    icon: oneOf('trash'),
    text: plainText(75),
    'value?': string(2000),
    'accessibility_label?': string(75),
    'visible_to_user_ids?': list(id, { max: 10 }),
  }),
});
