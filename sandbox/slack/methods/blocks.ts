import { isJson } from '../json.js';
import { checkMessage } from '../limits/check-message.js';
import { checkView } from '../limits/check-view.js';
import { SlackApiError } from '../requests/slack-api-error.js';
import type { Args, Methods } from './method.js';

export const blockMethods: Methods = {
  'blocks.validate': {
    tier: 'tier3',
    token: 'none',
    args: ['blocks', 'message', 'view'],
    run: (_world, args) => {
      const given = ['blocks', 'message', 'view'].filter((name) => args[name] !== undefined);
      if (given.length !== 1) throw new SlackApiError('invalid_arguments');
      validate(args);
      return { ok: true };
    },
  },
};

function validate({ blocks, message, view }: Args): void {
  if (blocks !== undefined) checkMessage({ blocks });
  if (isJson(message)) checkMessage(message);
  if (isJson(view)) checkView(view, view.type === 'home' ? 'home' : 'modal');
}
