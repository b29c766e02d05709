import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { SlackSimulator } from '../../../sandbox/slack/slack-simulator.js';
import { examineChannels } from '../../../src/cli/doctor/examine-channels.js';
import { fileSchema } from '../../../src/config/file-schema.js';
import { startSimulatedSlack } from '../../support/start-simulated-slack.js';

let slack: SlackSimulator;
beforeAll(async () => {
  slack = await startSimulatedSlack();
});
afterAll(() => slack.close());

const alerts = { channel: 'C0OPS' };
const daily = (channel: string) => ({ daily: { cluster: 'all', when: 'daily 09:00', channel } });
it.each<[string, object, string[]]>([
  ['nothing, where nothing is posted unasked', {}, []],
  ['one it is in', { alerts }, ['ok Channel C0OPS: acknet is in it']],
  [
    'one that is not there, and one of a schedule, each once',
    { alerts: { ...alerts, channels: { x: 'C0NOWHERE' } }, schedules: daily('C0OPS') },
    [
      'ok Channel C0OPS: acknet is in it',
      'fault Channel C0NOWHERE: acknet is to post there unasked, and is not in it (channel_not_found)',
    ],
  ],
  [
    'one of a rule',
    { alerts: { ...alerts, rules: [{ alerts: ['A'], channel: 'C0NOWHERE' }] } },
    [
      'ok Channel C0OPS: acknet is in it',
      'fault Channel C0NOWHERE: acknet is to post there unasked, and is not in it (channel_not_found)',
    ],
  ],
])('doctor says of channels: %s', async (_title, file, said) => {
  const config = fileSchema.parse({ clusters: { x: {} }, ...file });
  const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
  const found = await examineChannels(client, config);
  expect(found.map(({ state, what }) => `${state} ${what}`)).toEqual(said);
});

it('doctor does not take a channel that could not be asked about for one it is in', async () => {
  const undo = slack.faults.onMethod('conversations.history', { error: 'missing_scope' });
  const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
  const [found] = await examineChannels(client, fileSchema.parse({ clusters: {}, alerts }));
  undo();
  expect(found).toMatchObject({ state: 'unread', what: 'Channel C0OPS: missing_scope' });
});
