import { randomUUID } from 'node:crypto';
import type { App } from '@slack/bolt';
import { describe, expect, it } from '@jest/globals';
import { saidSchema } from '../../../../src/slack/questions/message-events.js';
import { rehearseMentions } from '../../../../src/slack/wire/rehearsal/rehearse-mentions.js';
import { quietLogger } from '../../../support/quiet-logger.js';

const texts = Array.from({ length: 20 }, (_, at) => `question ${at}`);

function setUp(hear: (type: string, text: unknown) => Promise<void>) {
  const stop = new AbortController();
  const logger = quietLogger();
  const rehearse = () =>
    rehearseMentions({
      // Nobody is there: whatever called Slack would fail, and be logged.
      connection: { apiUrl: 'http://127.0.0.1:1/api/', logger },
      listen: (app: App) =>
        app.use(async ({ body }) => {
          const { event } = saidSchema.parse(body);
          await hear(event.type, event.text);
        }),
      texts,
      newId: randomUUID,
      signal: stop.signal,
    });
  return { stop, logger, rehearse };
}

describe('a rehearsal of mentions', () => {
  it('brings each text to the listeners as both of its events, and calls nobody', async () => {
    const heard: string[] = [];
    const { logger, rehearse } = setUp(async (type, text) => void heard.push(`${type} ${text}`));
    await rehearse();
    const expected = texts.flatMap((text) =>
      ['app_mention', 'message'].map((type) => `${type} <@U0REHEARSAL> ${text}`),
    );
    expect(heard.sort()).toEqual(expected.sort());
    expect(logger.lines).toEqual([]);
  });

  it('ends where listeners fail', async () => {
    let heard = 0;
    const { rehearse } = setUp(async () => {
      heard += 1;
      throw new Error('broken');
    });
    await rehearse();
    expect(heard).toBe(2 * texts.length);
  });

  it('ends when it is to stop, and what hangs does not keep it', async () => {
    let heard = 0;
    const { stop, rehearse } = setUp(async () => {
      heard += 1;
      stop.abort();
      await new Promise(() => undefined);
    });
    await rehearse();
    expect(heard).toBeLessThan(2 * texts.length);
  });
});
