import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { SlackSimulator } from '../../sandbox/slack/slack-simulator.js';
import { runCommand } from '../../src/cli/run-command.js';
import { patience } from '../support/patience.js';
import { startSimulatedSlack } from '../support/start-simulated-slack.js';
import { waitFor } from '../support/wait-for.js';

const AWAY = 'redis://127.0.0.1:1';
let slack: SlackSimulator;
let folder: string;
let taken: Server;
interface Program {
  readonly lines: { level: string; msg: string; url?: string }[];
  readonly text: string[];
  said(part: string): readonly { msg: string; url?: string }[];
  stop(): Promise<number>;
}
let running: Program[] = [];
beforeAll(async () => {
  slack = await startSimulatedSlack();
  folder = await mkdtemp(path.join(tmpdir(), 'acknet-serve-'));
  await writeFile(path.join(folder, 'acknet.yaml'), 'clusters: {}\nhttp: {host: 127.0.0.1, port: 0}\n');
  taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  await writeFile(path.join(folder, TAKEN), `clusters: {}\nhttp: {host: 127.0.0.1, port: ${port}}\n`);
});
afterEach(async () => {
  for (const { stop } of running) await stop();
  running = [];
  slack.faults.clear();
});
afterAll(async () => {
  taken.close();
  await slack.close();
  await rm(folder, { recursive: true });
});

/** `acknet <role>` in this process, and what it logged. */
function start(role: string, redisUrl: string | undefined, file = 'acknet.yaml'): Program {
  const stopping = new AbortController();
  const lines: Program['lines'] = [];
  const text: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      text.push(String(chunk));
      for (const line of String(chunk).trim().split('\n')) lines.push(JSON.parse(line));
      done();
    },
  });
  const ended = runCommand([role], {
    env: {
      ACKNET_CONFIG: path.join(folder, file),
      ACKNET_REDIS_URL: redisUrl,
      ACKNET_AUDIT_KEY: 'a key for tests only and long enough',
      SLACK_API_URL: slack.apiUrl,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
    },
    ...{
      stdout: sink,
      stderr: sink,
      root: path.resolve('.'),
      stop: stopping.signal,
      now: () => new Date(),
      wait: async () => undefined,
    },
    lookEveryMs: 20,
  });
  const program = {
    lines,
    text,
    said: (part: string) => lines.filter(({ msg }) => msg.includes(part)),
    stop: async () => {
      stopping.abort();
      return ended;
    },
  };
  running.push(program);
  return program;
}

/** Says where its port is, since the one it is to have is taken. */
const TAKEN = 'taken.yaml';
const portOf = (program: Program): Promise<string> =>
  waitFor('its port', () => program.said('http.port is taken')[0]?.url);

const attempts = () => slack.calls.filter(({ method }) => method === 'auth.test').length;

describe('acknet start without Redis and Slack', () => {
  it('says so in one line each, goes on trying quietly, and ends at once', async () => {
    slack.faults.onMethod('auth.test', { status: 503 });
    const before = attempts();
    const program = start('start', AWAY);
    await waitFor('the line about Redis', () => program.said('Redis is not reachable').length > 0);
    await waitFor('the line about Slack', () => program.said('Slack is not reachable').length > 0);
    await waitFor('the fourth attempt at Slack', () => attempts() >= before + 4);
    expect(program.said('Redis is not reachable')).toHaveLength(1);
    expect(program.said('Slack is not reachable')).toHaveLength(1);
    expect(program.lines.filter(({ level }) => level !== 'info')).toHaveLength(2);
    expect(program.text.join('')).not.toMatch(/\bat .*\.[jt]s:\d+/);

    const asked = performance.now();
    expect(await program.stop()).toBe(0);
    expect(performance.now() - asked).toBeLessThan(patience(1000));
  });
});

describe('acknet bot', () => {
  const redisUrl = process.env.ACKNET_TEST_REDIS_URL;

  it('is unready, and says what for, until it is connected to Slack', async () => {
    const undo = slack.faults.onMethod('auth.test', { status: 503 });
    const program = start('bot', redisUrl, TAKEN);
    const url = await portOf(program);
    const ready = async () => (await fetch(`${url}/readyz`)).json();
    expect(await ready()).toMatchObject({
      ok: false,
      parts: { slack: expect.stringContaining('not connected') },
    });
    undo();
    await waitFor('the bot to be ready', () => program.said('ready').length > 0);
    expect(await ready()).toMatchObject({ ok: true, parts: { redis: 'ok', slack: 'ok' } });
  });

  it.each(['bot', 'worker', 'start'])(
    '%s ends at once where it is told to while it runs itself in',
    async (role) => {
      const program = start(role, redisUrl, TAKEN);
      await portOf(program);
      expect(await program.stop()).toBe(0);
      expect(program.said('ready')).toEqual([]);
    },
  );

  it('connects once Slack is back, and says so', async () => {
    const undo = slack.faults.onMethod('auth.test', { status: 503 });
    const program = start('bot', redisUrl);
    await waitFor('the line about Slack', () => program.said('Slack is not reachable').length > 0);
    undo();
    await waitFor('the bot to be ready', () => program.said('ready').length > 0);
    expect(program.said('connected to Slack again')).toHaveLength(1);
    expect(slack.sockets()).toBe(1);
  });

  it('stays while Slack is away later on, quietly, and comes back', async () => {
    const program = start('bot', redisUrl);
    await waitFor('the bot to be ready', () => program.said('ready').length > 0);
    const undo = slack.faults.onMethod('apps.connections.open', { status: 503 });
    slack.faults.dropSockets();
    await waitFor('the line about Slack', () => program.said('Slack is not reachable').length > 0);
    undo();
    await waitFor('the bot to be back', () => program.said('connected to Slack again').length > 0);
    await waitFor('its socket to stand', () => slack.sockets() === 1);
    expect(program.said('Slack is not reachable')).toHaveLength(1);
  });

  it('ends with what is wrong where Slack refuses its tokens', async () => {
    slack.faults.onMethod('auth.test', { error: 'invalid_auth' });
    const stopping = new AbortController();
    const err: string[] = [];
    const sink = new Writable({
      write(chunk, _encoding, done) {
        err.push(String(chunk));
        done();
      },
    });
    const code = await runCommand(['bot'], {
      env: {
        ACKNET_CONFIG: path.join(folder, 'acknet.yaml'),
        ACKNET_REDIS_URL: redisUrl,
        SLACK_API_URL: slack.apiUrl,
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_APP_TOKEN: slack.appToken,
      },
      ...{
        stdout: sink,
        stderr: sink,
        root: path.resolve('.'),
        stop: stopping.signal,
        now: () => new Date(),
        wait: async () => undefined,
      },
    });
    expect(code).toBe(1);
    expect(err.join('')).toContain('Check SLACK_BOT_TOKEN');
  });
});

describe('acknet start while its acknet.yaml changes', () => {
  const write = (clusters: string) =>
    writeFile(path.join(folder, 'acknet.yaml'), `${clusters}\nhttp: {host: 127.0.0.1, port: 0}\n`);
  afterAll(() => write('clusters: {}'));

  it('knows the new cluster in Slack at once, and keeps it when the next change is bad', async () => {
    const program = start('start', process.env.ACKNET_TEST_REDIS_URL);
    await waitFor('acknet to be ready', () => program.said('ready').length > 0);
    await write('clusters: {later: {}}');
    await waitFor('the reload', () => program.said('configuration reloaded').length > 0);
    await write('clusters: {later: {readonly: true}}');
    await waitFor('the refusal', () => program.said('configuration refused').length > 0);
    await slack.as('U0ANA').command({ channel: 'C0OPS', text: '/acknet clusters' });
    const answer = await slack.waitFor(() =>
      slack.messages({ channel: 'C0OPS', as: 'U0ANA' }).find(({ text }) => text.startsWith('Clusters')),
    );
    expect(JSON.stringify(answer.blocks)).toContain('`later`');
  });
});
