import { expect, it } from '@jest/globals';
import { examineInbound } from '../../../src/cli/doctor/examine-inbound.js';
import { fileSchema } from '../../../src/config/file-schema.js';

const shut = { clusters: { x: { askers: { users: ['U1'] } } } };
it.each<[string, object, string[]]>([
  ['nothing', { clusters: {} }, ['ok Inbound: no port, Slack is reached over Socket Mode']],
  [
    'HTTP mode and alerts',
    { clusters: {}, inbound: { slack: true }, alerts: { channel: 'C1' } },
    ['ok Inbound: the bot takes /slack/events and /alerts on port 8081'],
  ],
  [
    'the port of health',
    { clusters: {}, inbound: { slack: true, port: 8080 } },
    [
      'ok Inbound: the bot takes /slack/events on port 8080',
      'fault Inbound: port 8080 is that of http.port too',
    ],
  ],
  [
    'alerts of a cluster that only some may see',
    { ...shut, alerts: { channel: 'C1' } },
    [
      'ok Inbound: the bot takes /alerts on port 8081',
      'fault Alerts: those of x are not looked at, since only some may ask about it',
    ],
  ],
  [
    'the same with a channel of its own',
    { ...shut, alerts: { channel: 'C1', channels: { x: 'C2' } } },
    ['ok Inbound: the bot takes /alerts on port 8081'],
  ],
])('doctor says of %s what the inbound port takes', (_title, file, said) => {
  expect(examineInbound(fileSchema.parse(file)).map(({ state, what }) => `${state} ${what}`)).toEqual(said);
});
