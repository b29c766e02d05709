import { randomUUID } from 'node:crypto';
import { stringify } from 'node:querystring';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signedHeaders } from '../../../sandbox/slack/http/signed-headers.js';
import { createInboundServer } from '../../../src/intake/create-inbound-server.js';
import { type Sandbox, startSandbox } from '../../support/start-sandbox.js';
import { waitFor } from '../../support/wait-for.js';

/** One request as it was on the wire: body, signature, time. */
interface Taken {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The servers' clock stands: while a request is on its way, a time ahead of it would come nearer. */
const now = new Date();

let sandbox: Sandbox;
let servers: ReturnType<typeof createInboundServer>[];
let urls: string[];
beforeAll(async () => {
  sandbox = await startSandbox({ replicas: 2, slack: { transport: 'http' } });
  servers = sandbox.apps.map(({ inbound }) =>
    createInboundServer({ ...inbound, slack: inbound.slack && { ...inbound.slack, now: () => now } }),
  );
  urls = await Promise.all(servers.map((server) => server.listen({ port: 0, host: '127.0.0.1' })));
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  await sandbox.close();
});

const taken = (fields: Readonly<Record<string, string>>, secondsAgo = 0): Taken => {
  const body = stringify(fields);
  const at = new Date(now.getTime() - secondsAgo * 1000);
  const signed = signedHeaders({ secret: sandbox.world.slack.signingSecret, body, at });
  return { body, headers: { ...signed, 'content-type': 'application/x-www-form-urlencoded' } };
};
const send = async ({ headers, body }: Taken, replica: number): Promise<number> =>
  (
    await fetch(`${urls[replica]}/slack/events`, {
      method: 'POST',
      headers: { ...headers, connection: 'close' },
      body,
    })
  ).status;
/** To both replicas at once, and to both again. */
const replay = async (request: Taken): Promise<readonly number[]> => [
  ...(await Promise.all([send(request, 0), send(request, 1)])),
  ...(await Promise.all([send(request, 1), send(request, 0)])),
];
const idle = () =>
  waitFor('idle queues', async () => {
    const counts = Object.values((await sandbox.apps[0]?.queues.counts()) ?? {});
    return counts.length > 0 && counts.every(({ waiting, active }) => waiting + active === 0);
  });
const posted = (text: RegExp) =>
  sandbox.slack.calls.filter(
    ({ method, args }) => method.startsWith('chat.post') && text.test(String(args.text)),
  );

const command = (text: string): Readonly<Record<string, string>> => ({
  command: '/acknet',
  text,
  user_id: 'U0ANA',
  team_id: 'T0ACK',
  channel_id: 'C0OPS',
  trigger_id: randomUUID(),
  response_url: 'http://127.0.0.1:1/nowhere',
});

describe('a request of Slack that somebody took and sends again', () => {
  it('as often as they like, to whichever replica, within five minutes: it is carried out once', async () => {
    const statuses = await replay(taken(command('check cluster-x')));
    expect(new Set(statuses)).toEqual(new Set([200]));
    await sandbox.message(/^cluster-x: \d+ causes?/);
    await idle();
    expect(posted(/^Checking cluster-x/)).toHaveLength(1);
    expect(posted(/under way/)).toEqual([]);
  });

  it.each([-301, 301])('dated %s s from now: nothing of it is done', async (seconds) => {
    const before = sandbox.slack.calls.length;
    const statuses = await replay(taken(command('status'), -seconds));
    expect(new Set(statuses)).toEqual(new Set([401]));
    await idle();
    expect(sandbox.slack.calls).toHaveLength(before);
  });

  it('with its time made younger: the signature is over the time', async () => {
    const old = taken(command('status'), 600);
    const younger = String(Math.floor(now.getTime() / 1000));
    const forged = { ...old, headers: { ...old.headers, 'x-slack-request-timestamp': younger } };
    expect(new Set(await replay(forged))).toEqual(new Set([401]));
  });
});
