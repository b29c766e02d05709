import { describe, expect, it } from '@jest/globals';
import { slackFault } from '../../../src/slack/wire/slack-error.js';

const refusal = (error: string): Error =>
  Object.assign(new Error(`An API error occurred: ${error}`), { data: { error } });

describe('what Slack refuses', () => {
  it.each([
    ['not_in_channel', 'acknet could not post a message: it is not in that channel.'],
    ['channel_not_found', 'acknet could not post a message: it cannot see that channel.'],
    ['is_archived', 'acknet could not post a message: that channel is archived.'],
    [
      'missing_scope',
      'acknet could not post a message: its Slack app lacks a scope, which acknet doctor names.',
    ],
    ['constructor', 'acknet could not post a message: Slack answers constructor.'],
    ['some_new_code', 'acknet could not post a message: Slack answers some_new_code.'],
  ])('is said in words: %s', (code, message) => {
    expect(slackFault(refusal(code), 'post a message')).toMatchObject({ code: 'slack.rejected', message });
  });

  it('comes with what to do, where inviting the bot helps', () => {
    expect(slackFault(refusal('not_in_channel'), 'post a message').hint).toMatch(/\/invite @acknet/);
  });
});
