import { messageAt } from '../state/messages.js';
import { SlackApiError } from '../requests/slack-api-error.js';
import { joinedChannel, required } from './arguments.js';
import type { Methods } from './method.js';

export const reactionMethods: Methods = {
  'reactions.add': {
    tier: 'tier3',
    args: ['channel', 'timestamp', 'name'],
    run: (world, args) => {
      const message = messageAt(joinedChannel(world, args), required(args, 'timestamp', 'no_item_specified'));
      const name = required(args, 'name', 'invalid_name').replaceAll(':', '');
      if (message === undefined) throw new SlackApiError('message_not_found');
      message.reactions ??= [];
      const { botUser } = world.seed.app;
      const known = message.reactions.find((reaction) => reaction.name === name);
      if (known?.users.includes(botUser)) throw new SlackApiError('already_reacted');
      if (known === undefined) message.reactions.push({ name, users: [botUser], count: 1 });
      else known.count = known.users.push(botUser);
      world.changed();
      return { ok: true };
    },
  },
};
