import { describe, expect, it } from '@jest/globals';
import { createClients } from '../../../../src/slack/wire/create-clients.js';
import { openSilentSlack } from '../../../../src/slack/wire/rehearsal/open-silent-slack.js';
import { quietLogger } from '../../../support/quiet-logger.js';

describe('a Slack for rehearsals', () => {
  it('takes messages for nowhere, from this machine alone, until it is closed', async () => {
    const { apiUrl, close } = await openSilentSlack();
    expect(new URL(apiUrl).hostname).toBe('127.0.0.1');
    const { posts } = createClients({ token: 'none', apiUrl, logger: quietLogger() });
    const post = () => posts.chat.postMessage({ channel: 'nowhere', text: 'an answer' });
    expect(await post()).toMatchObject({ ok: true, channel: 'nowhere', ts: '1.1' });
    close();
    await expect(post()).rejects.toThrow();
  });
});
