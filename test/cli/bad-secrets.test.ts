import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCli } from '../support/run-cli.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'acknet-secrets-'));
});
afterAll(() => rm(folder, { recursive: true }));

const good = { SLACK_BOT_TOKEN: 'xoxb-1-canary', SLACK_APP_TOKEN: 'xapp-1-canary' };
const http = '{inbound: {port: 0, slack: true}';
const board = '{http: {queueBoard: true}';
const spaced = 'canary with spaces in it';

/** What a terminal shows of `acknet start`, where everything is masked. */
async function printed(yaml: string, env: Readonly<Record<string, string>>): Promise<string> {
  const file = path.join(folder, 'acknet.yaml');
  await writeFile(file, `${yaml}, clusters: {}}`);
  const { code, stdout, stderr } = await runCli(['start'], { ...env, ACKNET_CONFIG: file });
  expect(code).not.toBe(0);
  return stdout + stderr;
}

describe('what a terminal says of a secret that will not do', () => {
  it.each<[string, string, Readonly<Record<string, string>>, string]>([
    [
      'the bot token is another one',
      '{',
      { ...good, SLACK_BOT_TOKEN: 'canary-1' },
      'expected SLACK_BOT_TOKEN to be a token that starts with xoxb-, found a text of 8 characters (masked)',
    ],
    [
      'there is no bot token',
      '{',
      { SLACK_APP_TOKEN: good.SLACK_APP_TOKEN },
      'expected SLACK_BOT_TOKEN to be a text, found nothing',
    ],
    [
      'the app token is another one',
      '{',
      { ...good, SLACK_APP_TOKEN: 'canary-1' },
      'expected SLACK_APP_TOKEN to be a token that starts with xapp-, found a text of 8 characters (masked)',
    ],
    [
      'there is no app token',
      '{',
      { SLACK_BOT_TOKEN: good.SLACK_BOT_TOKEN },
      'expected SLACK_APP_TOKEN to be a token that starts with xapp-, unless acknet.yaml has inbound.slack, found nothing',
    ],
    [
      'the signing secret has spaces',
      http,
      { ...good, SLACK_SIGNING_SECRET: spaced },
      'expected SLACK_SIGNING_SECRET to be 16 characters or more, without spaces, found a text of 24 characters (masked)',
    ],
    [
      'there is no signing secret',
      http,
      good,
      'expected SLACK_SIGNING_SECRET to be a secret, since acknet.yaml has inbound.slack, found nothing',
    ],
    [
      'the token of alerts is short',
      '{',
      { ...good, ACKNET_ALERTS_TOKEN: 'canary' },
      'expected ACKNET_ALERTS_TOKEN to be 16 characters or more, without spaces, found a text of 6 characters (masked)',
    ],
    [
      'the password of the board has spaces',
      board,
      { ...good, ACKNET_BOARD_PASSWORD: spaced },
      'expected ACKNET_BOARD_PASSWORD to be 16 characters or more, without spaces, found a text of 24 characters (masked)',
    ],
    [
      'the file of a token is not there',
      '{',
      { ...good, ACKNET_ALERTS_TOKEN_FILE: '/none/here' },
      'ACKNET_ALERTS_TOKEN_FILE: the file cannot be read (ENOENT)',
    ],
    [
      'the key of the audit log is short',
      '{',
      { ...good, ACKNET_AUDIT_KEY: 'canary' },
      'ACKNET_AUDIT_KEY: expected 16 characters or more a key',
    ],
    ['a token stands in the file', '{botToken: xoxb-canary', good, 'unknown key botToken'],
  ])('%s', async (_what, yaml, env, words) => {
    const text = await printed(yaml, env);
    expect(text).toContain(words);
    expect(text).not.toContain('canary');
    expect(text).not.toContain('<redacted>');
  });
});
