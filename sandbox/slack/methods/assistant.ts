import { isJson, items, objects, str } from '../json.js';
import { SlackApiError } from '../requests/slack-api-error.js';
import { joinedChannel, required } from './arguments.js';
import type { Methods } from './method.js';

const mostPrompts = 4;
const mostLoadingMessages = 10;

export const assistantMethods: Methods = {
  'assistant.threads.setStatus': {
    tier: 'special',
    args: ['channel_id', 'thread_ts', 'status', 'loading_messages'],
    run: (world, args) => {
      const channel = joinedChannel(world, args, 'channel_id');
      const ts = required(args, 'thread_ts');
      if (items(args.loading_messages).length > mostLoadingMessages)
        throw new SlackApiError('invalid_arguments');
      const status = str(args.status) ?? '';
      if (status === '') channel.statuses.delete(ts);
      else channel.statuses.set(ts, status);
      world.changed();
      return { ok: true };
    },
  },
  'assistant.threads.setSuggestedPrompts': {
    tier: 'tier4',
    args: ['channel_id', 'thread_ts', 'title', 'prompts'],
    run: (world, args) => {
      const channel = joinedChannel(world, args, 'channel_id');
      const prompts = objects(args.prompts);
      const whole = prompts.every((prompt) => isJson(prompt) && prompt.title && prompt.message);
      if (prompts.length === 0 || prompts.length > mostPrompts || !whole)
        throw new SlackApiError('invalid_arguments');
      channel.prompts = prompts.map(({ title, message }) => ({
        title: String(title),
        message: String(message),
      }));
      world.changed();
      return { ok: true };
    },
  },
  'assistant.threads.setTitle': {
    tier: 'tier4',
    args: ['channel_id', 'thread_ts', 'title'],
    run: (world, args) => {
      joinedChannel(world, args, 'channel_id');
      required(args, 'title');
      return { ok: true };
    },
  },
};
