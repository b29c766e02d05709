import { type Json, objects } from '../json.js';
import { invalidPayload, SlackApiError } from '../requests/slack-api-error.js';
import { checkBlocks } from './check-blocks.js';
import { id, plainText } from './composition.js';
import { anything, bool, type Fault, oneOf, type Rule, shape, string } from './shape.js';

const largestBytes = 250_000;
const blocks: Rule = anything;
const common = {
  blocks,
  'callback_id?': id,
  'private_metadata?': string(3000, 0),
  'external_id?': string(255, 0),
};

const rules: Readonly<Record<'modal' | 'home', Rule>> = {
  modal: shape({
    type: oneOf('modal'),
    title: plainText(24),
    'submit?': plainText(24),
    'close?': plainText(24),
    'clear_on_close?': bool,
    'notify_on_close?': bool,
    'submit_disabled?': bool,
    ...common,
  }),
  home: shape({ type: oneOf('home'), ...common }),
};

/** Throws Slack's error for a view that no client would show. */
export function checkView(view: Json, type: 'modal' | 'home'): void {
  if (Buffer.byteLength(JSON.stringify(view)) > largestBytes) throw new SlackApiError('view_too_large');
  const faults = viewFaults(view, type);
  if (faults.length > 0) throw invalidPayload('invalid_arguments', faults);
}

export function viewFaults(view: Json, type: 'modal' | 'home'): Fault[] {
  const whole = rules[type](view, '/view');
  if (whole.length > 0) return whole;
  const needsSubmit = type === 'modal' && view.submit === undefined;
  const hasInput = objects(view.blocks).some((block) => block.type === 'input');
  return [
    ...checkBlocks(view.blocks, type, '/view/blocks'),
    ...(needsSubmit && hasInput
      ? [{ message: 'missing required field: submit (needed with input blocks)', pointer: '/view' }]
      : []),
  ];
}
